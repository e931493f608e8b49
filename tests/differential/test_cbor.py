#!/usr/bin/env python3
"""Random calls over smithy-rpc-v2-cbor: are requests botocore's octet for octet, and results the same?

Nearly every service that speaks this protocol speaks another one too, which botocore and botocxx prefer. Extras that
leave only this one force it on both. The last line of output is `N passed, N failed, N skipped`.
"""

from __future__ import annotations

import python_environment  # first: it may restart the script inside the venv

import argparse
import base64
import collections
import json
import os
import random
import sys
import tempfile

import wire_program

PROTOCOL = "smithy-rpc-v2-cbor"
DEFAULT_SEED = 20260102
UNSIGNED_HEADERS = ("user-agent", "amz-sdk-invocation-id", "amz-sdk-request", "host")
SETTINGS = {
    "region": "us-east-1", "endpoint_url": "https://cbor.example.com", "time": "2026-01-02T03:04:05Z",
    "credentials": {"access_key": "AKIDEXAMPLE", "secret_key": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"},
    "uuid": "01234567-89ab-4cde-8f01-23456789abcd",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help=f"default {DEFAULT_SEED}")
    parser.add_argument("--cases", type=int, help="requests and answers of each operation; default 1, with --all 20")
    parser.add_argument("--all", action="store_true", help="20 of each operation")
    parser.add_argument("--program", default=wire_program.DEFAULT_PROGRAM, help="command line of botocxx")
    parser.add_argument("--show", type=int, default=8, help="failures to shrink and print; default 8")
    options = parser.parse_args()
    tally = wire_program.Tally()
    wire_program.stop_if_impossible(wire_program.Program(options.program), tally, "cbor against botocore")
    with tempfile.TemporaryDirectory() as root:
        count = options.cases or (20 if options.all or wire_program.RUN_ALL else 1)
        print(f"cbor: seed {options.seed}, {count} cases of each operation, program {options.program}")
        run(options, tally, root, count)
    return tally.finish()


def run(options, tally, root: str, count: int) -> None:
    import botocore_oracle

    services = force_protocol(root)
    oracle = botocore_oracle.Oracle([root])
    program = wire_program.Program(options.program, {"AWS_DATA_PATH": root})
    failures = []
    for mode, draw, compare in (("request", draw_request, compare_requests), ("response", draw_response, compare_results)):
        source = random.Random(f"{options.seed} {mode}")
        lines = [line for name, version in services for line in draw_lines(oracle, name, version, draw, source, count)]
        for number, line in enumerate(lines):
            line["id"] = number
        answers = program.ask(mode, lines)
        expected = getattr(oracle, mode)
        different = 0
        for line, answer in zip(lines, answers):
            problem = compare(expected(line), answer)
            if problem:
                different += 1
                failures.append((mode, compare, expected, line, problem))
        tally.passed += len(lines) - different
        tally.failed += different
        print(f"{mode}s: {len(lines) - different} of {len(lines)} equal, {len(services)} services")
    report(failures, options.show, program)


def force_protocol(root: str) -> list[tuple[str, str]]:
    """Writes extras for every service that can speak the protocol; gives names and versions."""
    import botocore.loaders

    found = []
    loader = botocore.loaders.Loader()
    for name in loader.list_available_services("service-2"):
        version = loader.determine_latest_version(name, "service-2")
        metadata = loader.load_service_model(name, "service-2", version)["metadata"]
        if PROTOCOL not in metadata.get("protocols", [metadata.get("protocol")]):
            continue
        folder = os.path.join(root, name, version)
        os.makedirs(folder)
        with open(os.path.join(folder, "service-2.sdk-extras.json"), "w", encoding="utf-8") as file:
            json.dump({"version": 1.0, "merge": {"metadata": {"protocol": PROTOCOL, "protocols": [PROTOCOL]}}}, file)
        found.append((name, version))
    return found


def draw_lines(oracle, name: str, version: str, draw, source, count: int):
    model = oracle.service_model(name, version)
    for operation in model.operation_names:
        for _ in range(count):
            line = {"service": name, "api_version": version, "operation": operation, **SETTINGS}
            yield draw(source, model.operation_model(operation), line)


def draw_request(source, operation, line: dict) -> dict:
    from draw_params import Draw

    return {**line, "params": Draw(source).params(operation.input_shape)}


def draw_response(source, operation, line: dict) -> dict:
    from draw_cbor import DrawCbor

    drawn = DrawCbor(source)
    status, headers, body = (drawn.success if source.random() < 0.75 else drawn.failure)(operation)
    return {**line, "status": status, "headers": headers, "body": base64.b64encode(body).decode()}


# -- comparing: what differs, or None; what stands before ":" is the kind


def compare_requests(right: dict, answer: dict) -> str | None:
    if "error" in right or "error" in answer:
        same = "error" in right and "error" in answer and right["error"]["code"] == answer["error"]["code"]
        return None if same else f"error: botocore {right.get('error')}, botocxx {answer.get('error')}"
    for part in ("method", "url"):
        if right[part] != answer.get(part):
            return f"{part}: botocore {right[part]}, botocxx {answer.get(part)}"
    expected, actual = base64.b64decode(right["body"]), base64.b64decode(answer["body"])
    if expected != actual:
        return f"body:\nbotocore {expected.hex()}\nbotocxx  {actual.hex()}"
    left, got = ({n.lower(): v for n, v in side["headers"].items() if n.lower() not in UNSIGNED_HEADERS}
                 for side in (right, answer))
    names = [name for name in sorted({*left, *got}) if left.get(name) != got.get(name)]
    return None if not names else f"headers {', '.join(names)}:\nbotocore {left}\nbotocxx  {got}"


def compare_results(right: dict, answer: dict) -> str | None:
    problem = right.get("error")
    if problem and problem["code"].startswith("Python:"):
        # botocore's parser fails with an exception of Python's own. Anything but a crash will do.
        return None if answer.get("error", {}).get("code") not in ("Crash", "Harness") else str(answer)
    if problem and problem["code"] == "ResponseParser":
        got = answer.get("error", {}).get("code")
        return None if got == "ResponseParser" else f"no parse error: botocore {problem['message']}"
    left, got = (json.dumps(comparable(side.get("error", side.get("result")))) for side in (right, answer))
    return None if left == got and ("error" in right) == ("error" in answer) else f"result:\nbotocore {left}\nbotocxx  {got}"


def comparable(value):
    """Numbers out of 64 bits are doubles in botocxx; whole doubles may be printed as integers."""
    if isinstance(value, dict):
        return {key: comparable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [comparable(inner) for inner in value]
    if isinstance(value, float) or (isinstance(value, int) and not -(2**63) <= value < 2**63):
        return float(value)
    return value


def report(failures: list, show: int, program) -> None:
    kinds = collections.Counter(f"{mode} {problem.split(':', 1)[0]}" for mode, *_, problem in failures)
    for kind, number in kinds.most_common():
        print(f"DIFFERENT {number} cases: {kind}")
    shown: set[str] = set()
    for mode, compare, expected, line, problem in failures:
        kind = problem.split(":", 1)[0]
        if (mode, kind) in shown or len(shown) >= show:
            continue
        shown.add((mode, kind))

        def still_fails(candidates, mode=mode, compare=compare, expected=expected, kind=kind):
            answers = program.ask(mode, candidates)
            problems = [compare(expected(c), answer) for c, answer in zip(candidates, answers)]
            return [problem is not None and problem.split(":", 1)[0] == kind for problem in problems]

        small = wire_program.shrink(line, still_fails) if mode == "request" else line
        print(f"FAIL {mode} {small['service']} {small['operation']}: {compare(expected(small), program.ask(mode, [small])[0])}")
        print(wire_program.indent("line: " + json.dumps(small, ensure_ascii=False)), flush=True)


if __name__ == "__main__":
    sys.exit(main())
