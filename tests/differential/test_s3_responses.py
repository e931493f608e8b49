#!/usr/bin/env python3
"""Random responses of every S3 operation: does botocxx read them as botocore does?

See README.md beside this file. The last line of output is `N passed, N failed, N skipped`.
"""

from __future__ import annotations

import python_environment  # first: it may restart the script inside the venv

import argparse
import base64
import collections
import itertools
import random
import re
import sys

import wire_program

DEFAULT_SEED = 20260104
DEFAULT_CASES = 3000
ALL_CASES = 40000
RAW_ELEMENT = "\0raw XML element"  # as in botocore_oracle


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
    check(program, oracle, tally, lines, options.show)
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


def check(program, oracle, tally, lines: list[dict], show: int) -> None:
    sorts: collections.Counter = collections.Counter()
    apart: collections.Counter = collections.Counter()
    failures = []
    for line, answer in zip(lines, program.ask("response", lines)):
        right = expected_answer(oracle, line)
        sorts[sort_of(right)] += 1
        problem = compare(right, answer)
        lacking = lacking_handlers(oracle, line, right, answer) if problem else ()
        if lacking:
            apart[" + ".join(lacking)] += 1
        if problem is None or lacking:
            tally.passed += 1
        else:
            tally.failed += 1
            failures.append((line, problem))
    print("botocore's answers: " + ", ".join(f"{number} {sort}" for sort, number in sorts.most_common()))
    total = sum(apart.values())
    print(f"counted apart: {total} of {len(lines)} cases ({100.0 * total / max(1, len(lines)):.2f} %)")
    for name, number in apart.most_common():
        print(f"    {number:6d}  {100.0 * number / len(lines):5.2f} %  {name}")
    report(program, oracle, failures, show)


def sort_of(right: dict) -> str:
    if "error" not in right:
        return "results"
    code = right["error"]["code"]
    if code.startswith("Python:") or code == "ResponseParser":
        return "unreadable bodies"
    return "service errors"


def lacking_handlers(oracle, line: dict, right: dict, answer: dict) -> tuple[str, ...]:
    """The handlers of botocore's without which it gives exactly the program's answer."""
    from botocore_oracle import RESPONSE_HANDLERS

    at_work = [n for n in RESPONSE_HANDLERS if expected_answer(oracle, line, without=frozenset([n])) != right]
    for size in range(1, len(at_work) + 1):
        for chosen in itertools.combinations(at_work, size):
            if compare(expected_answer(oracle, line, without=frozenset(chosen)), answer) is None:
                return chosen
    return ()


def expected_answer(oracle, line: dict, **options) -> dict:
    """botocore does not recognise an <Error> in a namespace, botocxx does: as if it were in none."""
    body = base64.b64decode(line["body"])
    if b"<Error xmlns=" in body:
        body = re.sub(rb'<Error xmlns="[^"]*"', b"<Error", body)
        headers = {**line["headers"], "Content-Length": str(len(body))}
        line = {**line, "headers": headers, "body": base64.b64encode(body).decode()}
    return oracle.response(line, **options)


def compare(right: dict, answer: dict) -> str | None:
    expected, actual = right.get("error"), answer.get("error")
    if expected is None:
        if actual is not None:
            return f"error where botocore has a result: {actual}"
        return compare_values("result", right["result"], answer.get("result"))
    if expected["code"] in ("Python:TypeError", "Python:AttributeError"):
        return None  # it stumbles over a value or an element that came twice
    if actual is None:
        return f"result where botocore has an error: {expected['code']} {expected['message']}"
    if sort_of(right) == "unreadable bodies":
        # Where botocore fails with a ValueError of Python's, a parser error is what is meant.
        if actual.get("code") != "ResponseParser":
            return f"error code of an unreadable body: {actual}, botocore {expected}"
        return None
    for field in ("code", "message", "status"):
        if expected[field] != actual.get(field):
            return f"error {field}: botocore {expected[field]!r}, botocxx {actual.get(field)!r}"
    return compare_values("error result", expected["result"], actual.get("result") or {})


def compare_values(path: str, expected, actual) -> str | None:
    if expected == RAW_ELEMENT or (isinstance(expected, list) and RAW_ELEMENT in expected):
        return None  # any value is better than botocore's here
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key in expected:
            if key not in actual:
                return f"{path}.{key} is missing: botocore {expected[key]!r}"
        for key in actual:
            if key not in expected:
                return f"{path}.{key} is surplus: botocxx {actual[key]!r}"
        if list(expected) != list(actual):
            return f"{path} order of keys: botocore {list(expected)}, botocxx {list(actual)}"
        for key in expected:
            problem = compare_values(f"{path}.{key}", expected[key], actual[key])
            if problem:
                return problem
        return None
    if isinstance(expected, list) and isinstance(actual, list):
        if len(expected) != len(actual):
            return f"{path} length: botocore {len(expected)}, botocxx {len(actual)}"
        for index, (left, right) in enumerate(zip(expected, actual)):
            problem = compare_values(f"{path}[{index}]", left, right)
            if problem:
                return problem
        return None
    if type(expected) is not type(actual) or expected != actual:
        return f"{path} value: botocore {expected!r}, botocxx {actual!r}"
    return None


def report(program, oracle, failures: list, show: int) -> None:
    kinds = collections.Counter(problem.split(":", 1)[0] for _, problem in failures)
    for kind, number in kinds.most_common(40):
        print(f"DIFFERENT {number} cases: {kind}")
    shown: set[str] = set()
    for line, problem in failures:
        kind = problem.split(":", 1)[0]
        if kind in shown or len(shown) >= show:
            continue
        shown.add(kind)
        small = shrink_response(program, oracle, line, kind)
        final = compare(expected_answer(oracle, small), program.ask("response", [small])[0])
        print(f"FAIL {small['operation']}, status {small['status']}: {final}")
        print(wire_program.indent(f"headers: {small['headers']}\nbody: {base64.b64decode(small['body'])!r}"), flush=True)


def shrink_response(program, oracle, line: dict, kind: str) -> dict:
    """Takes headers and runs of bytes away while the difference stays the same."""

    def fails(candidates):
        answers = program.ask("response", candidates)
        problems = [compare(expected_answer(oracle, c), a) for c, a in zip(candidates, answers)]
        return [p is not None and p.split(":", 1)[0] == kind for p in problems]

    line = wire_program.shrink(line, fails, ("headers",), 60)
    for _ in range(30):
        body = base64.b64decode(line["body"])
        candidates = []
        pieces = element_spans(body)
        for start, end in sorted(pieces, key=lambda span: span[0] - span[1])[:80]:
            shorter = body[:start] + body[end:]
            headers = {**line["headers"], "Content-Length": str(len(shorter))}
            candidates.append({**line, "headers": headers, "body": base64.b64encode(shorter).decode()})
        better = next((c for c, bad in zip(candidates, fails(candidates)) if bad), None) if candidates else None
        if better is None:
            break
        line = better
    return line


def element_spans(body: bytes) -> list[tuple[int, int]]:
    """Where elements, comments and the declaration begin and end, found without a parser (the XML may be bad)."""
    spans, opened = [], []
    for match in re.finditer(rb"<(/?)([^\s<>/?!]*)[^<>]*?(/?)>|<!--.*?-->|<\?.*?\?>", body, re.S):
        if not match.group(2) or match.group(3):
            spans.append(match.span())
        elif match.group(1):
            while opened:
                name, start = opened.pop()
                if name == match.group(2):
                    spans.append((start, match.end()))
                    break
        else:
            opened.append((match.group(2), match.start()))
    return [span for span in spans if span[1] - span[0] < len(body)]


if __name__ == "__main__":
    sys.exit(main())
