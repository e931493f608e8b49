#!/usr/bin/env python3
"""Random valid calls of every operation of every service: is the request the one that botocore makes?

See README.md beside this file for what is compared and what is counted apart. The last line of output is
`N passed, N failed, N skipped`.
"""

from __future__ import annotations

import python_environment  # first: it may restart the script inside the venv

import argparse
import sys

import every_service
import wire_program

DEFAULT_SEED = 20260105
CONFIGS = [
    {}, {}, {"request_min_compression_size_bytes": 1},
    {"request_checksum_calculation": "when_required", "response_checksum_validation": "when_required",
     "disable_request_compression": True},
]
REGIONS = ["us-east-1", "us-west-2", "eu-central-1", "ap-southeast-2"]
# Most calls go to an endpoint that is given, so that what is compared does not depend on the rules for hosts.
ENDPOINTS = ["https://service.example.com", "http://localhost:4566", "https://example.com:8443/base/path"]
CREDENTIALS = {"access_key": "AKIDEXAMPLE", "secret_key": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}
TOKEN = "01234567-89ab-4cde-8f01-23456789abcd"
# How full the parameters of a case are in one try after another, until botocore sends them; None: drawn, too.
FULLNESS = [None, None, 0.3, 0.1, 0.0, 0.0, 1.0]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    every_service.add_options(parser, DEFAULT_SEED)
    options = parser.parse_args()
    tally = wire_program.Tally()
    wire_program.stop_if_impossible(wire_program.Program(options.program), tally, "requests against botocore")
    import comparison

    print(f"requests: seed {options.seed}, {len(every_service.case_numbers(options))} cases of each operation, program {options.program}")
    total = every_service.run(check_unit, options, tally, "requests")
    every_service.show_failures(total, options, comparison.RequestComparison)
    return tally.finish()


def check_unit(oracle, program, options, service: str, version: str) -> every_service.UnitReport:
    from comparison import RequestComparison

    report = every_service.UnitReport(service, version)
    comparing = RequestComparison(program, oracle, options.strict)
    model = oracle.service_model(service, version)
    settings = draw_settings(every_service.unit_source(options, model), model)
    cases = []
    for operation in every_service.operations_of(options, model):
        report.operations += 1
        drawn = draw_operation(comparing, options, model, operation, settings, report)
        report.compared += bool(drawn)
        cases += drawn
    answers = comparing.ask([line for line, _, _ in cases])
    for (line, right, number), answer in zip(cases, answers):
        report.cases += 1
        problem = comparing.judge(line, right, answer)
        if problem is not None:
            report.fail(comparing.kind_of(problem), line, every_service.reproduction("test_requests.py", options, line, number))
    report.apart = comparing.apart
    return report


def draw_settings(source, model) -> list[dict]:
    """Everything about a call that is not its parameters: each is one client of botocore's, which is what takes time."""
    given = {"region": source.choice(REGIONS), "endpoint_url": source.choice(ENDPOINTS), "credentials": CREDENTIALS,
             "config": source.choice(CONFIGS), "time": "2026-01-02T03:04:05Z", "uuid": TOKEN}
    if source.random() < 0.3:
        given["credentials"] = {**CREDENTIALS, "token": "token/with+signs=="}
    if model.signature_version == "bearer":
        given["credentials"] = {**given["credentials"], "bearer_token": "token-1"}
    return [given]


def draw_operation(comparing, options, model, operation: str, settings: list[dict], report) -> list[tuple]:
    """Cases of one operation that botocore sends: (line, its request, number)."""
    shape = model.operation_model(operation)
    if shape.has_event_stream_input:
        report.left_out[operation] = "its input is an event stream"
        report.sorts["left out"] += 1
        return []
    cases = []
    reason = ""
    for number in every_service.case_numbers(options):
        case = draw_case(comparing, options, model, shape, number, settings)
        report.sorts[sort_of(case[1])] += 1
        if "error" in case[1]:
            reason = case[1]["error"]["code"] + ": " + case[1]["error"]["message"]
        if not is_own_failure(case[1]):
            cases.append(case)
    if all("error" in right for _, right, _ in cases):
        report.left_out[operation] = f"botocore cannot send it ({reason})"
        return []
    return cases


def draw_case(comparing, options, model, shape, number: int, settings: list[dict]) -> tuple:
    from draw_params import Draw

    line: dict = {}
    right: dict = {}
    for attempt, fullness in enumerate(FULLNESS):
        source = every_service.case_source(options, model, shape.name, number, attempt)
        line = {"id": f"{shape.name}/{number}", "service": model.service_name, "api_version": model.api_version,
                "operation": shape.name, "params": Draw(source, fullness).params(shape.input_shape),
                **settings[number % len(settings)]}
        right = comparing.expected(line)
        if right.get("error", {}).get("code") == "MissingDependency":  # a signer that botocore leaves to a native library
            line["config"] = {**line["config"], "signature_version": "v4"}
            right = comparing.expected(line)
        if "error" not in right:
            break
    return line, right, number


def is_own_failure(right: dict) -> bool:
    """Whether botocore fails where it should not: there is nothing to compare with."""
    return right.get("error", {}).get("code", "").startswith("Python:")


def sort_of(right: dict) -> str:
    if "error" not in right:
        return "requests"
    return "failures of its own" if is_own_failure(right) else f"errors {right['error']['code']}"


if __name__ == "__main__":
    sys.exit(main())
