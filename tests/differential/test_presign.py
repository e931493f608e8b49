#!/usr/bin/env python3
"""Signed URLs of every operation, S3's in depth, and S3's forms: are they those that botocore makes?

See README.md beside this file for what is compared and what is counted apart. The last line of output is
`N passed, N failed, N skipped`.
"""

from __future__ import annotations

import python_environment  # first: it may restart the script inside the venv

import argparse
import collections
import json
import os
import random
import subprocess
import sys

import every_service
import test_requests
import test_s3_requests
import wire_program

DEFAULT_SEED = 20260121
S3_CASES, ALL_S3_CASES = 1600, 12000
FORM_CASES, ALL_FORM_CASES = 400, 4000
DRIVER = os.path.join(wire_program.BUILD, "tests", "drivers", "presign_driver")

VERSIONS = [None, None, None, "s3", "s3v4", "v4", "s3-query", "v2", "bearer"]
REGIONS = test_s3_requests.REGIONS + ["us-west-1", "eu-west-1", "ap-northeast-1", "us-gov-west-1", "cn-north-1", "aws-global",
                                      "eu-south-2", "moon-north-1", "s3-external-1", "us-iso-east-1", None]
BUCKETS = ["bucket", "my.dotted.bucket", "UPPER", "under_score", *test_s3_requests.ARN_BUCKETS, "a" * 63]
FIELDS = [("acl", "public-read"), ("Content-Type", "image/jpeg"), ("x-amz-meta-name", "é"), ("success_action_status", "201")]
CONDITIONS = [{"acl": "public-read"}, ["starts-with", "$Content-Type", "image/"], ["content-length-range", 1, 1048576],
              {"x-amz-meta-name": "é"}, ["eq", "$success_action_status", "201"]]
KEYS = ["k", "user/${filename}", "${filename}", "a b+c/é", "${filename}x", "//x/../y"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    every_service.add_options(parser, DEFAULT_SEED)
    parser.add_argument("--part", choices=["services", "s3", "forms"], help="only this part")
    parser.add_argument("--s3-cases", type=int, help=f"default {S3_CASES}, with --all {ALL_S3_CASES}")
    options = parser.parse_args()
    tally = wire_program.Tally()
    wire_program.stop_if_impossible(wire_program.Program(options.program), tally, "signed URLs against botocore")
    import comparison

    everything = options.all or wire_program.RUN_ALL
    print(f"signed URLs: seed {options.seed}, program {options.program}")
    if options.part in (None, "services"):
        total = every_service.run(check_unit, options, tally, "signed URLs")
        every_service.show_failures(total, options, comparison.RequestComparison)
    if options.service is None and options.part in (None, "s3"):
        check_s3(options, tally, options.s3_cases or (ALL_S3_CASES if everything else S3_CASES))
    if options.service is None and options.part in (None, "forms"):
        check_forms(options, tally, ALL_FORM_CASES if everything else FORM_CASES)
    return tally.finish()


# -- every operation


def check_unit(oracle, program, options, service: str, version: str) -> every_service.UnitReport:
    from comparison import RequestComparison

    report = every_service.UnitReport(service, version)
    comparing = RequestComparison(program, oracle, options.strict)
    model = oracle.service_model(service, version)
    source = every_service.unit_source(options, model)
    settings = [{**given, "presign": draw_presign(source)} for given in test_requests.draw_settings(source, model)]
    # A rule for hosts and signers is used where no endpoint is given.
    if source.random() < 0.5:
        settings = [{k: v for k, v in given.items() if k != "endpoint_url"} for given in settings]
    cases = []
    for operation in every_service.operations_of(options, model):
        report.operations += 1
        drawn = test_requests.draw_operation(comparing, options, model, operation, settings, report)
        report.compared += bool(drawn)
        cases += drawn
    answers = comparing.ask([line for line, _, _ in cases])
    for (line, right, number), answer in zip(cases, answers):
        report.cases += 1
        problem = comparing.judge(line, right, answer)
        if problem is not None:
            report.fail(comparing.kind_of(problem), line, every_service.reproduction("test_presign.py", options, line, number))
    report.apart = comparing.apart
    return report


def draw_presign(source: random.Random) -> dict:
    presign: dict = {}
    if source.random() < 0.6:
        presign["expires_in"] = source.choice([1, 60, 900, 604800])
    if source.random() < 0.3:
        presign["http_method"] = source.choice(["GET", "PUT", "POST", "HEAD"])
    return presign or {"expires_in": 3600}


# -- S3


def check_s3(options, tally, count: int) -> None:
    import botocore_oracle
    from comparison import RequestComparison
    from draw_params import Draw

    oracle = botocore_oracle.Oracle()
    comparing = RequestComparison(wire_program.Program(options.program), oracle, options.strict)
    source = random.Random(f"{options.seed}/s3")
    settings = [draw_s3_settings(source) for _ in range(120)]
    model = oracle.service_model("s3")
    names = [n for n in model.operation_names if not model.operation_model(n).has_event_stream_input]
    lines, expected = [], []
    own: collections.Counter = collections.Counter()
    for number in range(count):
        # Objects are what URLs are made of.
        operation = source.choice(["GetObject", "PutObject", "HeadObject", "ListObjectsV2", "UploadPart", source.choice(names), source.choice(names)])
        params = Draw(source, source.choice([0.0, 0.1, 0.4])).params(model.operation_model(operation).input_shape)
        params.pop("Body", None)
        if "Bucket" in params and source.random() < 0.25:
            params["Bucket"] = source.choice(BUCKETS)
        line = {"id": number, "service": "s3", "operation": operation, "params": params, **source.choice(settings)}
        right = comparing.expected(line)
        if test_requests.is_own_failure(right):
            own[operation, right["error"]["code"] + ": " + right["error"]["message"][:90]] += 1
            continue
        lines.append(line)
        expected.append(right)
    answers = comparing.ask(lines)
    shown = set()
    versions = {"X-Amz-Signature": 0, "Signature": 0, "unsigned": 0, "errors": 0}
    for line, right, answer in zip(lines, expected, answers):
        versions[form_of(right)] += 1
        problem = asymmetric_problem(right, answer) if needs_library(right) else comparing.judge(line, right, answer)
        if problem is None:
            tally.passed += 1
            continue
        tally.failed += 1
        kind = comparing.kind_of(problem)
        if kind not in shown and len(shown) < options.show:
            shown.add(kind)
            print("FAIL " + comparing.describe_shrunk(line, kind), flush=True)
    print(f"S3: {len(lines)} URLs ({versions}), {sum(own.values())} where botocore itself fails")
    print_failures_of_botocore(own)
    comparing.report_apart(len(lines))


def draw_s3_settings(source: random.Random) -> dict:
    given = test_s3_requests.draw_settings(source)
    given["region"] = source.choice(REGIONS)
    given["presign"] = draw_presign(source)
    config = given["config"]
    version = source.choice(VERSIONS)
    if version:
        config["signature_version"] = version
    if source.random() < 0.2:
        config.setdefault("s3", {})["us_east_1_regional_endpoint"] = source.choice(["regional", "legacy"])
    if source.random() < 0.1:
        config.setdefault("s3", {})["use_dualstack_endpoint"] = True
    if source.random() < 0.1:
        config["auth_scheme_preference"] = source.choice(["sigv4", "sigv4,sigv4a"])
    # For a name in front of an IPv6 address botocore signs another host than it calls.
    if "[" in given.get("endpoint_url", ""):
        config.setdefault("s3", {})["addressing_style"] = "path"
    return given


def form_of(right: dict) -> str:
    if "error" in right:
        return "errors"
    return next((name for name in ("X-Amz-Signature", "Signature") if f"&{name}=" in right["url"]), "unsigned")


def print_failures_of_botocore(own: collections.Counter) -> None:
    for (operation, message), number in own.most_common(6):
        print(f"    botocore itself fails {number} times at {operation}: {message}")


def needs_library(right: dict) -> bool:
    error = right.get("error", {})
    return error.get("code") == "MissingDependency" or error.get("message", "").endswith("not supported: sigv4a")


def asymmetric_problem(right: dict, answer: dict) -> str | None:
    """botocore signs with Version 4a only where AWS's C library is installed."""
    if "X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256" in answer.get("url", ""):
        return None
    if answer.get("error", {}).get("code") == "UnsupportedBody":
        return None  # botocore looks for its library before it looks at the body
    return f"Version 4a: not signed with it: {answer}"


# -- forms


def check_forms(options, tally, count: int) -> None:
    import botocore_oracle

    if not os.path.exists(DRIVER):
        tally.skip("forms", f"{DRIVER} is not built")
        return
    oracle = botocore_oracle.Oracle()
    source = random.Random(f"{options.seed}/forms")
    settings = [draw_s3_settings(source) for _ in range(60)]
    lines = []
    for number in range(count):
        form = {"bucket": source.choice(BUCKETS), "key": source.choice(KEYS)}
        if source.random() < 0.6:
            form["fields"] = source.sample(FIELDS, source.randint(0, len(FIELDS)))
            form["conditions"] = source.sample(CONDITIONS, source.randint(0, len(CONDITIONS)))
        if source.random() < 0.5:
            form["expires_in"] = source.choice([1, 900, 86400])
        lines.append({"id": number, "service": "s3", "operation": "CreateBucket", "params": {}, "form": form, **source.choice(settings)})
        del lines[-1]["presign"]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    done = subprocess.run([DRIVER], input=text, capture_output=True, text=True, check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    for line, answer in zip(lines, answers, strict=True):
        right = oracle.request(line)
        if test_requests.is_own_failure(right):
            continue
        tally.record(f"form {line['id']}", form_problem(line, right, answer))


def form_problem(line: dict, right: dict, answer: dict) -> str | None:
    if "error" in right or "error" in answer:
        code, got = right.get("error", {}).get("code"), answer.get("error", {}).get("code")
        same = code == got or (code == "MissingDependency" and got == "UnsupportedSignatureVersion")
        return None if same else f"{json.dumps(line)}\nbotocore {right}\nbotocxx  {answer}"
    same = (right["url"], right["fields"]) == (answer["url"], answer["fields"])
    return None if same else f"{json.dumps(line)}\nbotocore {right}\nbotocxx  {answer}"


if __name__ == "__main__":
    sys.exit(main())
