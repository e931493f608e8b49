#!/usr/bin/env python3
"""Answers with checksums, right and wrong: does the program take and refuse the bodies that botocore does?

A server on a loopback port answers GetObject; botocore's client and the program (`call`) both ask it. The last line of output is
`N passed, N failed, N skipped`.
"""

from __future__ import annotations

import python_environment  # first: it may restart the script inside the venv

import argparse
import base64
import hashlib
import http.server
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import zlib

import wire_program

DEFAULT_SEED = 20260102
DEFAULT_CASES = 80
ALL_CASES = 1000
ALGORITHMS = ["crc32", "crc32c", "crc64nvme", "sha1", "sha256", "sha512", "md5", "xxhash64", "xxhash3", "xxhash128"]


class Case:
    """One answer, and what is asked for."""

    def __init__(self, number: int, source: random.Random, checksum_of) -> None:
        self.number = number
        self.body = source.randbytes(source.choice([0, 1, 5, 1000, 65536, 200000]))
        self.headers: dict[str, str] = {}
        self.kinds: list[str] = []
        self.validation = source.choice([None, None, "when_supported", "when_required"])
        self.mode = source.choice([None, None, "ENABLED"])
        for algorithm in source.sample(ALGORITHMS, source.choice([0, 1, 1, 1, 2, 3])):
            kind = source.choice(["right", "right", "right", "wrong", "parts", "cut", "blanks"])
            right = checksum_of(algorithm, self.body)
            value = {
                "right": right,
                "wrong": checksum_of(algorithm, self.body + b"!"),
                "parts": right + "-" + str(source.randrange(1, 10000)),
                "cut": base64.b64encode(base64.b64decode(right)[:-1]).decode(),
                "blanks": " " + right + " ",
            }[kind]
            self.headers["x-amz-checksum-" + algorithm] = value
            self.kinds.append(f"{algorithm} {kind}")

    def describe(self) -> str:
        return f"{len(self.body)} octets, {', '.join(self.kinds) or 'no checksum'}, validation {self.validation}, mode {self.mode}"


class Answers(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    cases: dict[int, Case] = {}

    def do_GET(self) -> None:
        case = self.cases[int(self.path.split("?")[0].rsplit("/", 1)[1])]
        self.send_response(200)
        for name, value in case.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(case.body)))
        self.end_headers()
        self.wfile.write(case.body)

    def log_message(self, *arguments) -> None:
        pass


def outcome_of_botocore(case: Case, url: str) -> tuple:
    import botocore.config
    import botocore.exceptions
    import botocore.session

    options = {"response_checksum_validation": case.validation} if case.validation else {}
    client = botocore.session.Session().create_client(
        "s3", region_name="us-east-1", endpoint_url=url, aws_access_key_id="A", aws_secret_access_key="S",
        config=botocore.config.Config(s3={"addressing_style": "path"}, **options),
    )
    try:
        answer = client.get_object(**params_of(case))
        return "body", hashlib.sha256(answer["Body"].read()).hexdigest()
    except botocore.exceptions.FlexibleChecksumError as error:
        return "refused", str(error)


def params_of(case: Case) -> dict:
    params = {"Bucket": "b", "Key": str(case.number)}
    return {**params, "ChecksumMode": case.mode} if case.mode else params


def outcome_of_program(case: Case, url: str, command: str, folder: str) -> tuple:
    path = os.path.join(folder, str(case.number))
    environment = {**os.environ, "AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "S"}
    if case.validation:
        environment["AWS_RESPONSE_CHECKSUM_VALIDATION"] = case.validation
    words = [command, "call", "s3", "GetObject", "--params", json.dumps(params_of(case)), "--endpoint-url", url, "--region",
             "us-east-1", path]
    done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, env=environment, check=False)
    if done.returncode == 0:
        with open(path, "rb") as file:
            return "body", hashlib.sha256(file.read()).hexdigest()
    if os.path.exists(path):
        return "refused, but a file was left behind", ""
    return "refused", done.stderr.decode("utf-8", "replace")


def problem_of(expected: tuple, got: tuple) -> str | None:
    same = expected[0] == got[0] and (expected[1] == got[1] if expected[0] == "body" else expected[1] in got[1])
    return None if same else f"botocore: {expected}\nbotocxx: {got}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help=f"default {DEFAULT_SEED}")
    parser.add_argument("--cases", type=int, help=f"default {DEFAULT_CASES}")
    parser.add_argument("--all", action="store_true", help=f"{ALL_CASES} cases")
    parser.add_argument("--program", default=wire_program.DEFAULT_PROGRAM, help="path of botocxx")
    options = parser.parse_args()
    tally = wire_program.Tally()
    wire_program.stop_if_impossible(wire_program.Program(options.program), tally, "checksums of answers against botocore")
    import botocore_oracle  # gives botocore all algorithms
    import botocore.httpchecksum

    def checksum_of(algorithm: str, body: bytes) -> str:
        return botocore.httpchecksum._CHECKSUM_CLS[algorithm]().handle(body)

    known = set(botocore.httpchecksum._CHECKSUM_CLS)
    if not known.issuperset(ALGORITHMS):
        tally.skip("checksums of answers against botocore", "awscrt is not installed")
        return tally.finish()
    assert checksum_of("crc32", b"hello") == base64.b64encode(zlib.crc32(b"hello").to_bytes(4, "big")).decode()
    count = options.cases or (ALL_CASES if options.all or wire_program.RUN_ALL else DEFAULT_CASES)
    print(f"checksums of answers: seed {options.seed}, {count} cases, program {options.program}")
    Answers.cases = {n: Case(n, random.Random(f"{options.seed}/{n}"), checksum_of) for n in range(count)}
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}"
    refused = 0
    with tempfile.TemporaryDirectory(prefix="botocxx-checksums-") as folder:
        for case in Answers.cases.values():
            expected = outcome_of_botocore(case, url)
            refused += expected[0] == "refused"
            got = outcome_of_program(case, url, options.program, folder)
            tally.record(f"case {case.number}: {case.describe()}", problem_of(expected, got))
    server.shutdown()
    print(f"botocore refused {refused} of {count}")
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
