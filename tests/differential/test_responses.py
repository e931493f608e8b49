#!/usr/bin/env python3
"""Random responses and errors of every operation of every service: does botocxx read them as botocore does?

See README.md beside this file. The last line of output is `N passed, N failed, N skipped`.
"""

from __future__ import annotations

import python_environment  # first: it may restart the script inside the venv

import argparse
import base64
import random
import sys

import compare_responses
import every_service
import wire_program

DEFAULT_SEED = 20260106
# How full the results of a case are in one try after another, until the serializer encodes them; None: drawn, too.
FULLNESS = [None, None, 0.3, 0.0]
CODES = ["Throttling", "InvalidInstanceID.NotFound", "AccessDenied", "Odd Code"]
MESSAGES = ["Try again", "", "é <&>", "a\nb", "None"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    every_service.add_options(parser, DEFAULT_SEED)
    options = parser.parse_args()
    tally = wire_program.Tally()
    wire_program.stop_if_impossible(wire_program.Program(options.program), tally, "responses against botocore")
    import comparison

    count = len(every_service.case_numbers(options))
    print(f"responses: seed {options.seed}, {count} results and errors of each operation, program {options.program}")
    total = every_service.run(check_unit, options, tally, "responses")
    every_service.show_failures(total, options, comparison.ResponseComparison)
    return tally.finish()


def check_unit(oracle, program, options, service: str, version: str) -> every_service.UnitReport:
    from comparison import ResponseComparison
    from encode_response import Encoder

    report = every_service.UnitReport(service, version)
    comparing = ResponseComparison(program, oracle, options.strict)
    model = oracle.service_model(service, version)
    encoder = Encoder(oracle.description(service, version), service, model.resolved_protocol)
    cases = []
    for operation in every_service.operations_of(options, model):
        report.operations += 1
        drawn = draw_operation(options, model, encoder, operation, report)
        report.compared += bool(drawn)
        cases += drawn
    answers = comparing.ask([line for line, _ in cases])
    for (line, number), answer in zip(cases, answers):
        right = comparing.expected(line)
        report.cases += 1
        report.sorts[compare_responses.sort_of(right)] += 1
        problem = comparing.judge(line, right, answer)
        if problem is not None:
            report.fail(comparing.kind_of(problem), line, every_service.reproduction("test_responses.py", options, line, number))
    report.apart = comparing.apart
    return report


def draw_operation(options, model, encoder, operation: str, report) -> list[tuple[dict, int]]:
    cases = []
    for number in every_service.case_numbers(options):
        for draw in (draw_success, draw_error):
            line = draw(options, model, encoder, operation, number, report)
            if line is not None:
                cases.append((line, number))
    return cases


def draw_success(options, model, encoder, operation: str, number: int, report) -> dict | None:
    from draw_output import DrawOutput
    from encode_response import CannotEncode
    from mutate_response import Mutator

    shape = model.operation_model(operation)
    reason = ""
    for attempt, fullness in enumerate(FULLNESS):
        source = every_service.case_source(options, model, operation, number, attempt)
        try:
            encoded = encoder.result(operation, DrawOutput(source, fullness).output(shape.output_shape), source)
        except CannotEncode as error:
            reason = str(error)
            continue
        status, headers, body = Mutator(source, model.resolved_protocol).success(*encoded, is_opaque(shape))
        return line_of(model, shape, f"{number}", status, headers, body)
    report.left_out[operation] = f"the serializer fails ({reason[:80]})"
    return None


def draw_error(options, model, encoder, operation: str, number: int, report) -> dict | None:
    from draw_output import DrawOutput
    from encode_response import CannotEncode
    from mutate_response import Mutator

    shape = model.operation_model(operation)
    for attempt in range(3):
        source = every_service.case_source(options, model, operation, number, 100 + attempt)
        known = shape.error_shapes if source.random() < 0.8 else model.error_shapes
        mutator = Mutator(source, model.resolved_protocol)
        if not known or source.random() < 0.1:
            encoded = encoder.unmodelled_error(source.choice(CODES), source.choice(MESSAGES))
        else:
            error = source.choice(known)
            try:
                encoded = encoder.error(operation, error.name, DrawOutput(source).members(error), source.choice(MESSAGES), source)
            except CannotEncode:
                continue
        return line_of(model, shape, f"{number}e", *mutator.error(*encoded))
    return None


def is_opaque(shape) -> bool:
    """Whether the body of a result is octets or text, or a stream of events, and not a document."""
    output = shape.output_shape
    payload = output.serialization.get("payload") if output else None
    opaque = payload is not None and output.members[payload].type_name in ("blob", "string")
    return opaque or shape.has_event_stream_output


def line_of(model, shape, name: str, status: int, headers: dict, body: bytes) -> dict:
    if shape.http.get("method") == "HEAD":
        body = b""
    headers = {n: t for n, t in headers.items() if n.lower() != "content-length"}
    headers["Content-Length"] = str(len(body))
    return {"id": f"{shape.name}/{name}", "service": model.service_name, "api_version": model.api_version, "operation": shape.name,
            "status": status, "headers": headers, "body": base64.b64encode(body).decode()}


if __name__ == "__main__":
    sys.exit(main())
