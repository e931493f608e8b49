#!/usr/bin/env python3
"""Objects of any key: the path that is sent is the path that was signed, and the store keeps exactly that key.

Random keys are made into requests by `wire request`, sent octet for octet to objectscale-local, which verifies
signatures, and listed. The last line of output is `N passed, N failed, N skipped`.
"""

from __future__ import annotations

import argparse
import base64
import http.client
import os
import random
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "differential"))
import local_endpoint  # noqa: E402
import wire_program  # noqa: E402

DEFAULT_SEED = 20260131
SAMPLE, ALL = 1500, 100_000
BATCH = 5000
PIECES = ["a", "B", "7", "/", "//", ".", "..", "/./", "/../", "?", "%", "%2F", "%20", "+", "=", "&", "#", " ", "  ", ";", ":", "@", "\\", "~",
          "*", "'", '"', "<", ">", "|", "\t", "\n", "\r", "\x01", "\x1f", "\x7f", "\u0085", "é", "e\u0301", "日本", "😀", "\u202e", "\ufeff", "\U0010fffd"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--keys", type=int)
    parser.add_argument("--all", action="store_true", help=f"{ALL} keys instead of {SAMPLE}")
    options = parser.parse_args()
    tally = wire_program.Tally()
    for needed in (wire_program.DEFAULT_PROGRAM, local_endpoint.PROGRAM):
        if not os.path.exists(needed):
            tally.skip("keys", f"{needed} is not built")
            return tally.finish()
    count = options.keys or (ALL if options.all or wire_program.RUN_ALL else SAMPLE)
    print(f"keys: seed {options.seed}, {count} keys")
    source = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder, local_endpoint.LocalEndpoint(os.path.join(folder, "data")) as server:
        check(tally, wire_program.Program(wire_program.DEFAULT_PROGRAM), server, source, count)
    return tally.finish()


def check(tally, program, server, source: random.Random, count: int) -> None:
    lines = Lines(program, server)
    status, _ = lines.send([lines.line("CreateBucket", {"Bucket": "keys"})])[0]
    tally.record("the bucket is made", None if status == 200 else f"status {status}")
    wanted: set[str] = set()
    while len(wanted) < count:
        keys = {draw_key(source) for _ in range(min(BATCH, count - len(wanted)))} - wanted
        wanted |= keys
        forms = [None, {"expires_in": 600}]
        sent = [(key, lines.line("PutObject", {"Bucket": "keys", "Key": key}, presign=source.choice(forms))) for key in sorted(keys)]
        for (key, line), (status, body) in zip(sent, lines.send([line for _, line in sent])):
            tally.record(f"{key!r} is taken", None if status == 200 else f"{line}\nstatus {status}: {body[:500]}")
    stored = lines.list_keys()
    tally.record("all that was taken is listed, and nothing else", None if stored == wanted else
                 f"missing {sorted(wanted - stored)[:5]!r}, besides {sorted(stored - wanted)[:5]!r}")


def draw_key(source: random.Random) -> str:
    while True:
        key = "".join(source.choice(PIECES) if source.random() < 0.8 else chr(source.choice([source.randrange(1, 0xD800), source.randrange(0xE000, 0x110000)]))
                      for _ in range(source.randint(1, 14)))
        if len(key.encode()) <= 1024:
            return key


class Lines:
    """Requests made by the program and sent as they are, over one connection."""

    def __init__(self, program, server) -> None:
        self.program, self.server = program, server
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)

    def line(self, operation: str, params: dict, presign: dict | None = None) -> dict:
        made = {"service": "s3", "operation": operation, "params": params, "region": "us-east-1", "endpoint_url": self.server.url,
                "credentials": {"access_key": local_endpoint.ACCESS_KEY, "secret_key": local_endpoint.SECRET_KEY},
                "config": {"signature_version": "s3v4", "request_checksum_calculation": "when_required"}}
        return {**made, "presign": presign} if presign else made

    def send(self, lines: list[dict]) -> list[tuple[int, bytes]]:
        answers = []
        for request in self.program.ask("request", lines):
            if "error" in request:
                answers.append((0, str(request["error"]).encode()))
                continue
            answers.append(self._send(request))
        return answers

    def _send(self, request: dict) -> tuple[int, bytes]:
        target = request["url"].split("/", 3)[3]
        body = base64.b64decode(request["body"])
        self.connection.putrequest(request["method"], "/" + target, skip_accept_encoding=True)
        for name, value in request["headers"].items():
            self.connection.putheader(name, value.encode())
        if not any(name.lower() == "content-length" for name in request["headers"]):
            self.connection.putheader("Content-Length", str(len(body)))
        self.connection.endheaders(body)
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def list_keys(self) -> set[str]:
        keys: set[str] = set()
        token = None
        while True:
            params = {"Bucket": "keys", "EncodingType": "url", **({"ContinuationToken": token} if token else {})}
            status, body = self.send([self.line("ListObjectsV2", params)])[0]
            if status != 200:
                raise RuntimeError(f"listing: status {status}: {body[:500]}")
            root = xml.etree.ElementTree.fromstring(body)
            text = {element.tag.rpartition("}")[2]: element for element in root}
            for contents in root.iter():
                if contents.tag.rpartition("}")[2] == "Key":
                    keys.add(urllib.parse.unquote_plus(contents.text or ""))
            if "NextContinuationToken" not in text:
                return keys
            token = text["NextContinuationToken"].text


if __name__ == "__main__":
    sys.exit(main())
