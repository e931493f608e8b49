#!/usr/bin/env python3
"""Random responses of every S3 operation: does botocxx read them as botocore does?

See README.md beside this file. The last line of output is `N passed, N failed, N skipped`.
"""

from __future__ import annotations

import python_environment  # first: it may restart the script inside the venv

import argparse
import base64
import collections
import random
import sys

import compare_responses
import wire_program
from comparison import ResponseComparison

DEFAULT_SEED = 20260104
DEFAULT_CASES = 3000
ALL_CASES = 40000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--cases", type=int, help=f"default {DEFAULT_CASES}")
    parser.add_argument("--all", action="store_true", help=f"{ALL_CASES} cases")
    parser.add_argument("--program", default=wire_program.DEFAULT_PROGRAM, help="command line of botocxx")
    parser.add_argument("--operation", help="responses of this operation only")
    parser.add_argument("--show", type=int, default=8, help="failures to print; default 8")
    options = parser.parse_args()
    tally = wire_program.Tally()
    program = wire_program.Program(options.program)
    wire_program.stop_if_impossible(program, tally, "s3 responses against botocore")
    import botocore_oracle

    count = options.cases or (ALL_CASES if options.all or wire_program.RUN_ALL else DEFAULT_CASES)
    print(f"s3 responses: seed {options.seed}, {count} cases, program {options.program}")
    oracle = botocore_oracle.Oracle()
    lines = draw_cases(oracle, random.Random(options.seed), count, options.operation)
    check(ResponseComparison(program, oracle), tally, lines, options.show)
    return tally.finish()


def draw_cases(oracle, source: random.Random, count: int, only: str | None) -> list[dict]:
    from draw_response import DrawResponse

    model = oracle.service_model("s3")
    names = [n for n in model.operation_names if not model.operation_model(n).has_event_stream_output]
    names = [only] if only else names
    lines = []
    for number in range(count):
        operation = model.operation_model(names[number % len(names)])
        draw = DrawResponse(source)
        if source.random() < 0.3:
            status, headers, body = draw.error(model, operation)
        else:
            status, headers, body = draw.success(operation)
            if source.random() < 0.02:
                body = b"<Error><Code>InternalError</Code><Message>Try again</Message></Error>"
        if operation.http["method"] == "HEAD":
            body = b""
        else:
            headers = {n: v for n, v in headers.items() if n.lower() != "content-length"}
            headers["Content-Length"] = str(len(body))
        lines.append({"id": number, "service": "s3", "operation": operation.name, "status": status,
                      "headers": headers, "body": base64.b64encode(body).decode()})
    return lines


def check(comparing, tally, lines: list[dict], show: int) -> None:
    sorts: collections.Counter = collections.Counter()
    failures = []
    for line, answer in zip(lines, comparing.ask(lines)):
        right = comparing.expected(line)
        sorts[compare_responses.sort_of(right)] += 1
        problem = comparing.judge(line, right, answer)
        if problem is None:
            tally.passed += 1
        else:
            tally.failed += 1
            failures.append((line, problem))
    print("botocore's answers: " + ", ".join(f"{number} {sort}" for sort, number in sorts.most_common()))
    comparing.report_apart(len(lines))
    report(comparing, failures, show)


def report(comparing, failures: list, show: int) -> None:
    kinds = collections.Counter(comparing.kind_of(problem) for _, problem in failures)
    for kind, number in kinds.most_common(40):
        print(f"DIFFERENT {number} cases: {kind}")
    first = {comparing.kind_of(problem): line for line, problem in reversed(failures)}
    for kind, line in list(first.items())[:show]:
        print("FAIL " + comparing.describe_shrunk(line, kind), flush=True)


if __name__ == "__main__":
    sys.exit(main())
