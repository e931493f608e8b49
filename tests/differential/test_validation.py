#!/usr/bin/env python3
"""Random invalid parameters for every operation: does botocxx report the problems that botocore reports, word for word?

See README.md beside this file. The last line of output is `N passed, N failed, N skipped`.
"""

from __future__ import annotations

import python_environment  # first: it may restart the script inside the venv

import argparse
import json
import sys

import every_service
import wire_program

DEFAULT_SEED = 20260103


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    every_service.add_options(parser, DEFAULT_SEED)
    options = parser.parse_args()
    tally = wire_program.Tally()
    wire_program.stop_if_impossible(wire_program.Program(options.program), tally, "parameter validation against botocore")
    count = len(every_service.case_numbers(options))
    print(f"parameter validation: seed {options.seed}, {count} cases of each operation, program {options.program}")
    total = every_service.run(check_unit, options, tally, "parameter validation")
    every_service.show_failures(total, options, lambda program, oracle, strict: ValidationComparison(program, oracle))
    return tally.finish()


def check_unit(oracle, program, options, service: str, version: str) -> every_service.UnitReport:
    report = every_service.UnitReport(service, version)
    comparing = ValidationComparison(program, oracle)
    model = oracle.service_model(service, version)
    lines = []
    for operation in every_service.operations_of(options, model):
        report.operations += 1
        if model.operation_model(operation).input_shape is None:
            report.left_out[operation] = "it takes no parameters"
            continue
        if model.operation_model(operation).has_event_stream_input:
            report.left_out[operation] = "its input is an event stream"
            continue
        report.compared += 1
        lines += [(draw_line(options, model, operation, n), n) for n in every_service.case_numbers(options)]
    answers = comparing.ask([line for line, _ in lines])
    for (line, number), answer in zip(lines, answers):
        sort, reports = comparing.expected_reports(line)
        report.cases += 1
        report.sorts[sort] += 1
        problem = compare(reports, answer)
        if problem is not None:
            report.fail(kind_of(problem), line, every_service.reproduction("test_validation.py", options, line, number))
    return report


def draw_line(options, model, operation: str, number: int) -> dict:
    from draw_params import Draw, break_params

    source = every_service.case_source(options, model, operation, number)
    shape = model.operation_model(operation).input_shape
    params = break_params(source, Draw(source).params(shape), shape, source.choice([1, 1, 2, 3, 6]))
    if source.random() < 0.02:
        params = {}
    return {
        "id": f"{operation}/{number}", "service": model.service_name, "api_version": model.api_version, "operation": operation,
        "params": params, "region": "us-east-1", "endpoint_url": "https://service.example.com",
        "credentials": {"access_key": "AKID", "secret_key": "SECRET", "bearer_token": "token"},
        "config": {"request_checksum_calculation": "when_required"}, "uuid": "00000000-0000-4000-8000-000000000000",
    }


class ValidationComparison:
    """Texts of `ParamValidation` on both sides."""

    def __init__(self, program, oracle) -> None:
        self.program = program
        self.oracle = oracle

    def ask(self, lines: list[dict]) -> list[dict]:
        return self.program.ask("request", lines)

    def expected_reports(self, line: dict) -> tuple[str, list]:
        """What may be answered: texts of ParamValidation, None for no such error."""
        alone = self.oracle.validation_report(line)
        error = self.oracle.request(line).get("error", {"code": ""})
        if error["code"] == "ParamValidation" and error["message"] == alone:
            return "reported by the validator", [alone]
        if error["code"] == "ParamValidation":
            return "reported by a handler or the endpoint rules, which botocore asks first", [error["message"], alone]
        if error["code"].startswith("Python:"):
            return "reported by the validator, after a handler that fails", [alone]
        if error["code"] and alone is not None:
            return "refused by the endpoint rules, which botocore asks first", [alone, None]
        return "valid after all", [alone if error["code"] else None]  # handlers may have filled in what is missing

    def describe_shrunk(self, line: dict, kind: str) -> str:
        def still_fails(candidates):
            problems = [compare(self.expected_reports(c)[1], a) for c, a in zip(candidates, self.ask(candidates))]
            return [p is not None and kind_of(p) == kind for p in problems]

        small = wire_program.shrink(line, still_fails)
        problem = compare(self.expected_reports(small)[1], self.ask([small])[0])
        facts = wire_program.indent("params: " + json.dumps(small["params"], ensure_ascii=False))
        return f"{small['service']} {small['operation']}: {problem}\n{facts}"


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


if __name__ == "__main__":
    sys.exit(main())
