#!/usr/bin/env python3
"""Random invalid parameters: does botocxx report the problems that botocore reports, word for word?

See README.md beside this file. The last line of output is `N passed, N failed, N skipped`.
"""

from __future__ import annotations

import python_environment  # first: it may restart the script inside the venv

import argparse
import collections
import random
import sys

import wire_program

DEFAULT_SEED = 20260103
DEFAULT_CASES = 2600
ALL_CASES = 40000
# S3 first; the others share its protocol and bring unions, numbers with a least value and deeper nesting.
SERVICES = ["s3", "s3", "s3", "s3control", "cloudfront", "route53"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--cases", type=int, help=f"default {DEFAULT_CASES}")
    parser.add_argument("--all", action="store_true", help=f"{ALL_CASES} cases")
    parser.add_argument("--program", default=wire_program.DEFAULT_PROGRAM, help="command line of botocxx")
    parser.add_argument("--show", type=int, default=8, help="failures to shrink and print; default 8")
    options = parser.parse_args()
    tally = wire_program.Tally()
    program = wire_program.Program(options.program)
    wire_program.stop_if_impossible(program, tally, "parameter validation against botocore")
    import botocore_oracle

    count = options.cases or (ALL_CASES if options.all or wire_program.RUN_ALL else DEFAULT_CASES)
    print(f"parameter validation: seed {options.seed}, {count} cases, program {options.program}")
    oracle = botocore_oracle.Oracle()
    lines = draw_cases(oracle, random.Random(options.seed), count)
    check(program, oracle, tally, lines, options.show)
    return tally.finish()


def draw_cases(oracle, source: random.Random, count: int) -> list[dict]:
    from draw_params import Draw, break_params

    models = {name: oracle.service_model(name) for name in SERVICES}
    operations = {
        name: [o for o in model.operation_names if model.operation_model(o).input_shape is not None]
        for name, model in models.items()
    }
    lines = []
    turn: collections.Counter = collections.Counter()
    for number in range(count):
        service = SERVICES[number % len(SERVICES)]
        operation = operations[service][turn[service] % len(operations[service])]
        turn[service] += 1
        shape = models[service].operation_model(operation).input_shape
        params = break_params(source, Draw(source).params(shape), shape, source.choice([1, 1, 2, 3, 6]))
        if source.random() < 0.01:
            params = {}
        lines.append({
            "id": number, "service": service, "operation": operation, "params": params, "region": "us-east-1",
            "credentials": {"access_key": "AKID", "secret_key": "SECRET"},
            "config": {"request_checksum_calculation": "when_required"},
        })
    return lines


def check(program, oracle, tally, lines: list[dict], show: int) -> None:
    kinds: collections.Counter = collections.Counter()
    shown: set[str] = set()
    answers = program.ask("request", lines)
    for line, answer in zip(lines, answers):
        kind, reports = expected_reports(oracle, line)
        kinds[kind] += 1
        problem = compare(reports, answer)
        if problem is None:
            tally.passed += 1
            continue
        tally.failed += 1
        name = kind_of(problem)
        if name not in shown and len(shown) < show:
            shown.add(name)
            show_shrunk(program, oracle, line, name)
    print("drawn: " + ", ".join(f"{number} {kind}" for kind, number in kinds.most_common()))


def expected_reports(oracle, line: dict) -> tuple[str, list]:
    """What may be answered: texts of ParamValidation, None for no such error."""
    error = oracle.request(line).get("error", {"code": ""})
    alone = oracle.validation_report(line)
    if error["code"] == "ParamValidation" and error["message"] == alone:
        return "reported by the validator", [alone]
    if error["code"] == "ParamValidation":
        return "reported by a handler or the endpoint rules, which botocore asks first", [error["message"], alone]
    if error["code"].startswith("Python:"):
        return "reported by the validator, after a handler that fails", [alone]
    if error["code"] and alone is not None:
        return "refused by the endpoint rules, which botocore asks first", [alone, None]
    return "valid after all", [alone]


def compare(reports: list, answer: dict) -> str | None:
    error = answer.get("error") or {}
    text = error.get("message") if error.get("code") == "ParamValidation" else None
    if text in reports:
        return None
    if text is None:
        return f"not refused as invalid: answer {error or 'is a request'}\n{reports[0]}"
    if reports[0] is None:
        return f"refused though valid: {text}"
    return first_difference(reports[0], text)


def first_difference(expected: str, actual: str) -> str:
    right, got = expected.splitlines(), actual.splitlines()
    if sorted(right) == sorted(got):
        return "order of problems:\n" + "\n".join([f"  botocore {r}" for r in right] + [f"  botocxx  {g}" for g in got])
    for left, other in zip(right + [None] * len(got), got + [None] * len(right)):
        if left != other:
            sort = (left or other).split(" ")[:2]
            return f"message of {' '.join(sort)}: \n  botocore {left}\n  botocxx  {other}"
    return "line ends: differ"


def kind_of(problem: str) -> str:
    return problem.split(":", 1)[0]


def show_shrunk(program, oracle, line: dict, kind: str) -> None:
    def still_fails(candidates):
        answers = program.ask("request", candidates)
        problems = [compare(expected_reports(oracle, c)[1], a) for c, a in zip(candidates, answers)]
        return [p is not None and kind_of(p) == kind for p in problems]

    small = wire_program.shrink(line, still_fails)
    answer = program.ask("request", [small])[0]
    problem = compare(expected_reports(oracle, small)[1], answer)
    print(f"FAIL {small['service']} {small['operation']}: {problem}")
    print(wire_program.indent("params: " + wire_program.json.dumps(small["params"], ensure_ascii=False)), flush=True)


if __name__ == "__main__":
    sys.exit(main())
