#!/usr/bin/env python3
"""Random valid calls of every S3 operation: is the request the one that botocore makes?

See README.md beside this file for what is compared and what is counted apart. The last line of output is
`N passed, N failed, N skipped`.
"""

from __future__ import annotations

import python_environment  # first: it may restart the script inside the venv

import argparse
import collections
import os
import random
import sys
import time

import compare_requests
import wire_program
from comparison import RequestComparison

DEFAULT_SEED = 20260102
DEFAULT_CASES = 2600
ALL_CASES = 20000
MODELS = os.path.join(python_environment.ROOT, "models")
BROKEN_EXTRAS = os.path.join(python_environment.ROOT, "tests", "data", "extras")

WHEN_REQUIRED = {"request_checksum_calculation": "when_required", "response_checksum_validation": "when_required"}

REGIONS = ["us-east-1", "us-west-2", "eu-central-1", "ap-southeast-2", "eu-north-1", "sa-east-1"]
ENDPOINTS = [
    "http://localhost:9000", "https://s3.example.com", "http://127.0.0.1:9020", "https://obj.example.com:8443",
    "https://obj.example.com/base/path", "http://[::1]:9021", "https://store.example.com/tail/",
    "http://store.example.com:80", "https://store.example.com:443", "http://HOST.Example.COM",
]
CREDENTIALS = [
    {"access_key": "AKIDEXAMPLE", "secret_key": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"},
    {"access_key": "AKIDEXAMPLE", "secret_key": "SECRET", "token": "token/with+signs=="},
    {"access_key": "user@namespace", "secret_key": "a/b+c/d+e=="},
]
MOMENTS = ["2026-01-02T03:04:05Z", "2015-08-30T12:36:00Z", "2024-02-29T23:59:59Z"]
TOKEN = "01234567-89ab-4cde-8f01-23456789abcd"
ARN_BUCKETS = [
    "arn:aws:s3:us-west-2:123456789012:accesspoint/my-point",
    "arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/banner",
    "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01234567890123456/accesspoint/reports",
    "arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap",
]


def main() -> int:
    options = parse_arguments()
    tally = wire_program.Tally()
    program = wire_program.Program(options.program)
    wire_program.stop_if_impossible(program, tally, "s3 requests against botocore")
    import botocore_oracle

    seed = options.seed if options.seed is not None else DEFAULT_SEED
    count = options.cases or (ALL_CASES if options.all or wire_program.RUN_ALL else DEFAULT_CASES)
    print(f"s3 requests: seed {seed}, {count} cases, program {options.program}")
    run = Run(S3Comparison(program, botocore_oracle.Oracle(), options.strict), tally, options)
    run.check_named_cases()
    run.check_filter()
    run.check_broken_extras()
    run.run(draw_cases(run.oracle, random.Random(seed), count, options.operation))
    return tally.finish()


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, help=f"default {DEFAULT_SEED}")
    parser.add_argument("--cases", type=int, help=f"random cases; default {DEFAULT_CASES}")
    parser.add_argument("--all", action="store_true", help=f"{ALL_CASES} random cases")
    parser.add_argument("--program", default=wire_program.DEFAULT_PROGRAM, help="command line of botocxx")
    parser.add_argument("--operation", help="draw cases of this operation only")
    parser.add_argument("--show", type=int, default=8, help="failures to shrink and print; default 8")
    parser.add_argument("--strict", action="store_true", help="count nothing apart: every difference fails")
    return parser.parse_args()


# -- drawing


def draw_cases(oracle, source: random.Random, count: int, only: str | None) -> list[dict]:
    from draw_params import Draw

    model = oracle.service_model("s3")
    operations = [only] if only else list(model.operation_names)
    settings = [draw_settings(source) for _ in range(96)]
    lines = []
    for number in range(count):
        operation = operations[number % len(operations)]
        params = Draw(source).params(model.operation_model(operation).input_shape)
        line = {"id": number, "service": "s3", "operation": operation, "params": params, **source.choice(settings)}
        # For a name in front of an IPv6 address botocore signs another host than it calls.
        bare_host = "[" in line.get("endpoint_url", "")
        if operation == "WriteGetObjectResponse" and bare_host:
            del line["endpoint_url"]
        if "Bucket" in params and line["region"] == "us-west-2" and source.random() < 0.04 and not bare_host:
            params["Bucket"] = source.choice(ARN_BUCKETS + ["bkt--usw2-az1--x-s3"])
        lines.append(line)
    return lines


def draw_settings(source: random.Random) -> dict:
    """Everything about a call that is not its parameters. Few per run: each is one botocore client."""
    s3 = {}
    style = source.choice(["path", "virtual", "auto", None])
    if style:
        s3["addressing_style"] = style
    if source.random() < 0.2:
        s3["payload_signing_enabled"] = source.random() < 0.5
    config = dict(WHEN_REQUIRED) if source.random() < 0.2 else {}
    settings = {"region": source.choice(REGIONS), "time": source.choice(MOMENTS), "uuid": TOKEN}
    credentials = source.choice(CREDENTIALS + [None])
    settings["credentials"] = credentials
    if source.random() < 0.5:
        settings["endpoint_url"] = source.choice(ENDPOINTS)
        if "[" in settings["endpoint_url"] and style == "virtual":
            s3["addressing_style"] = "path"  # botocore puts a dotted bucket in front of the bracket
    elif source.random() < 0.15:
        what = source.choice(["dualstack", "fips", "accelerate", "partition"])
        if what == "dualstack":
            config["use_dualstack_endpoint"] = True
        elif what == "fips":
            config["use_fips_endpoint"] = True
        elif what == "accelerate":
            s3["use_accelerate_endpoint"] = True
        else:
            settings["region"] = source.choice(["cn-north-1", "us-gov-west-1", "aws-global", "us-iso-east-1"])
    if s3:
        config["s3"] = s3
    settings["config"] = config
    return settings


# -- what is known of the cases


def rule_set_feature(line: dict) -> str | None:
    """The part of S3's endpoint rule set beyond regional and custom endpoints that a call depends on."""
    config = line.get("config") or {}
    s3 = config.get("s3") or {}
    bucket = line["params"].get("Bucket") if isinstance(line["params"], dict) else None
    if config.get("use_dualstack_endpoint"):
        return "dualstack"
    if config.get("use_fips_endpoint"):
        return "fips"
    if s3.get("use_accelerate_endpoint"):
        return "accelerate"
    if isinstance(bucket, str) and bucket.startswith("arn:"):
        return "ARN as bucket"
    if isinstance(bucket, str) and bucket.endswith("--x-s3"):
        return "S3 Express bucket"
    if line["operation"] == "ListDirectoryBuckets":
        return "S3 Express control"
    if line["operation"] == "WriteGetObjectResponse":
        return "Object Lambda and host prefix"
    if line.get("region", "").split("-")[0] in ("cn", "aws") or "-gov-" in line["region"] or "-iso" in line["region"]:
        return "other partitions"
    return None


class S3Comparison(RequestComparison):
    """Counts, beside what botocore's handlers add, which calls depend on rules for hosts."""

    def __init__(self, program, oracle, strict: bool = False) -> None:
        super().__init__(program, oracle, strict)
        self.concerned: collections.Counter = collections.Counter()

    def judge(self, line: dict, right: dict, answer: dict) -> str | None:
        feature = rule_set_feature(line)
        if feature:
            self.concerned[feature] += 1
        without_library = right.get("error", {}).get("code") == "MissingDependency"
        if without_library and answer.get("headers", {}).get("Authorization", "").startswith("AWS4-ECDSA-P256-SHA256 "):
            return None  # botocore signs with Version 4a only where AWS's C library is installed
        return super().judge(line, right, answer)


class Run:
    def __init__(self, comparing: S3Comparison, tally, options) -> None:
        self.comparing = comparing
        self.program = comparing.program
        self.oracle = comparing.oracle
        self.tally = tally
        self.options = options

    # -- random cases

    def run(self, lines: list[dict]) -> None:
        started = time.monotonic()
        expected = [self.comparing.expected(line) for line in lines]
        asked = time.monotonic()
        answers = self.comparing.ask(lines)
        print(f"botocore took {asked - started:.1f} s, the program {time.monotonic() - asked:.1f} s")
        failures = []
        per_operation: collections.Counter = collections.Counter()
        errors = 0
        for line, right, answer in zip(lines, expected, answers):
            per_operation[line["operation"]] += 1
            errors += "error" in right
            problem = self.comparing.judge(line, right, answer)
            if problem is None:
                self.tally.passed += 1
            else:
                failures.append((line, problem))
        self.comparing.report_apart(len(lines))
        if self.comparing.concerned:
            print("rule-set features drawn: " + ", ".join(f"{n} {c}" for n, c in sorted(self.comparing.concerned.items())))
        self.report_failures(failures)
        least = min(per_operation.values(), default=0)
        if not self.options.operation:
            operations = len(self.oracle.service_model("s3").operation_names)
            print(f"{operations} operations, each at least {least} times; botocore refused {errors} of {len(lines)}")
            enough = len(lines) // operations
            seen_all = len(per_operation) == operations and least >= enough
            self.tally.record("every operation is drawn", None if seen_all else f"only {per_operation}")

    def report_failures(self, failures: list) -> None:
        self.tally.failed += len(failures)
        kinds = collections.Counter(self.comparing.kind_of(problem) for _, problem in failures)
        for kind, number in kinds.most_common():
            print(f"DIFFERENT {number} cases: {kind}")
        shown: set[str] = set()
        for line, problem in failures:
            kind = self.comparing.kind_of(problem)
            if kind in shown or len(shown) >= self.options.show:
                continue
            shown.add(kind)
            print("FAIL " + self.comparing.describe_shrunk(line, kind), flush=True)

    # -- what is always tried

    def check_named_cases(self) -> None:
        base = {"service": "s3", "region": "us-east-1", "credentials": CREDENTIALS[0], "config": {},
                "time": MOMENTS[0], "uuid": TOKEN}
        key = {"Bucket": "bucket", "Key": "k"}
        cases = {
            "no credentials": {**{k: v for k, v in base.items() if k != "credentials"}, "operation": "GetObject",
                               "params": key},
            "no region": {**{k: v for k, v in base.items() if k != "region"}, "operation": "GetObject",
                          "params": key},
            "no region, custom endpoint": {**{k: v for k, v in base.items() if k != "region"}, "params": key,
                                           "operation": "GetObject", "endpoint_url": "http://localhost:9000"},
            "dotted bucket": {**base, "operation": "GetObject", "params": {"Bucket": "a.b.c", "Key": "k"}},
            "parameter validation off": {**base, "operation": "GetObject", "params": {**key, "Range": "bytes=0-1"},
                                         "config": {"parameter_validation": False}},
        }
        lines = [{"id": number, **line} for number, line in enumerate(cases.values())]
        answers = self.program.ask("request", lines)
        for name, line, answer in zip(cases, lines, answers):
            right = self.comparing.expected(line)
            self.tally.record(f"named case: {name}", compare_requests.compare(right, answer))
        unknown = {**base, "id": 1, "operation": "GetObjet", "params": {}}
        absent = {**base, "id": 2, "service": "s33", "operation": "GetObject", "params": {}}
        for line, code in ((unknown, "UnknownOperation"), (absent, "UnknownService")):
            got = self.program.ask("request", [line])[0].get("error", {}).get("code")
            self.tally.record(f"named case: {code}", None if got == code else f"error.code is {got}, not {code}")

    def check_filter(self) -> None:
        """`wire request` as a filter: a bad line costs an answer, never the run; order is kept."""
        good = {"service": "s3", "operation": "HeadBucket", "params": {"Bucket": "bucket"}, "region": "us-east-1",
                "credentials": CREDENTIALS[0]}
        text = wire_program.json.dumps(good)
        bad = {
            "not JSON": b"hello", "half an object": text[:40].encode(), "an array": b"[]", "a number": b"7",
            "no fields": b"{}", "no service": b'{"operation": "ListBuckets", "params": {}}',
            "params no object": b'{"service": "s3", "operation": "ListBuckets", "params": []}',
            "service no string": b'{"service": 7, "operation": "ListBuckets", "params": {}}',
            "not UTF-8": b'{"service": "s3", "operation": "ListBuckets", "params": {"Prefix": "\xff\xfe"}}',
            "100,000 brackets": b"[" * 100000, "empty service": b'{"service": "", "operation": "X", "params": {}}',
            "path as service": b'{"service": "../../s3", "operation": "ListBuckets", "params": {}}',
            "time no time": text[:-1].encode() + b', "time": "noon"}',
            "credentials no object": text.replace('"credentials": {', '"credentials": 5, "x": {').encode(),
            "config no object": text[:-1].encode() + b', "config": "x"}',
            "region no string": text[:-1].encode() + b', "region": {}}',
            "endpoint_url no URL": text[:-1].encode() + b', "endpoint_url": "no url"}',
        }
        for name, line in bad.items():
            lines = [text.encode(), line, text.encode()]
            self.tally.record(f"bad line: {name}", self.filter_problem(lines, []))
        self.tally.record("an empty input has no answers", self.filter_problem([], []))
        many = [{**good, "id": n, "params": {"Bucket": f"bucket-{n}"}} for n in range(500)]
        lines = [wire_program.json.dumps(line).encode() for line in many]
        status, answers, _ = self.program.raw("request", b"\n".join(lines) + b"\n", ["--jobs", "4"])
        order = [answer.get("id") for answer in answers] == list(range(500)) and status == 0
        self.tally.record("--jobs keeps the order", None if order else f"exit status {status}, {len(answers)} answers")

    def filter_problem(self, lines: list[bytes], arguments: list[str]) -> str | None:
        status, answers, stderr = self.program.raw("request", b"".join(line + b"\n" for line in lines), arguments)
        if status != 0:
            return f"exit status {status}: {stderr[:300]}"
        if len(answers) != len(lines):
            return f"{len(answers)} answers to {len(lines)} lines: {stderr[:300]}"
        if not lines:
            return None
        if "error" in answers[0] or "error" in answers[2]:
            return f"a good line is refused: {answers[0]} {answers[2]}"
        error = answers[1].get("error")
        return None if error and error.get("code") and error.get("message") else f"no error for the bad line: {answers[1]}"

    def check_broken_extras(self) -> None:
        """Public extras files make mistakes that lead botocore itself astray; the URL must be right here."""
        names = sorted(os.listdir(BROKEN_EXTRAS)) if os.path.isdir(BROKEN_EXTRAS) else []
        for name in names:
            with open(os.path.join(BROKEN_EXTRAS, name, "expected.json"), encoding="utf-8") as file:
                cases = wire_program.json.load(file)
            root = os.path.join(BROKEN_EXTRAS, name, "models")
            program = wire_program.Program(self.options.program, {"AWS_DATA_PATH": root})
            lines = [
                {"id": number, "service": "s3", "region": "eu-west-1", "credentials": CREDENTIALS[0],
                 "operation": case["operation"], "params": case["params"], "endpoint_url": case["endpoint_url"],
                 "config": {"s3": {"addressing_style": case["style"]}}}
                for number, case in enumerate(cases)
            ]
            for case, answer in zip(cases, program.ask("request", lines)):
                title = f"broken extras {name}: {case['operation']} {case['style']} {case['endpoint_url'] or ''}"
                self.tally.record(title, url_problem(case, answer))


def url_problem(case: dict, answer: dict) -> str | None:
    """Where a URL may rightly be written in two ways, the case lists both. The signature must fit the URL."""
    if "url" not in answer:
        return f"expected {case['request'][0]}\ngot      {answer.get('error')}"
    got = f"{answer['method']} {answer['url']}"
    if got not in case["request"]:
        return f"expected {case['request'][0]}\ngot      {got}"
    from botocore_oracle import signature_of

    signature = signature_of(answer, CREDENTIALS[0], "eu-west-1")
    sent = compare_requests.comparable_headers(answer["headers"]).get("authorization", ("", ""))[1]
    return None if sent == signature else f"signature\nexpected {signature}\ngot      {sent}"


if __name__ == "__main__":
    sys.exit(main())
