#!/usr/bin/env python3
"""Where requests go: random parameters for every rule set, and random settings for clients of every service.

See README.md beside this file for what is compared. The last line of output is `N passed, N failed, N skipped`.
"""

from __future__ import annotations

import argparse
import collections
import random
import sys
import urllib.parse

import python_environment  # first: it may restart the script inside the venv
import wire_program

DEFAULT_SEED = 20260107
DEFAULT_CASES = 4
ALL_CASES = 40
REGIONS = ["us-east-1", "us-west-2", "eu-central-1", "ap-southeast-2", "cn-north-1", "us-gov-west-1", "us-iso-east-1",
           "us-isob-east-1", "eu-isoe-west-1", "us-isof-south-1", "eusc-de-east-1", "aws-global", "aws-cn-global", "mars-1",
           "us-new-7", "a.b", "x y", ""]
CLIENT_REGIONS = REGIONS[:15] + ["fips-us-east-1", "us-gov-west-1-fips", None]
URLS = ["https://example.com", "http://localhost:4566", "https://example.com:8443/base/path", "http://[::1]:9000",
        "https://10.0.0.1/a", "https://user@example.com", "ftp://example.com", "example.com", "https://example.com?x=1",
        "https://example.com/a;b/c;d", "http://example.com/a/../b//c%20"]
CLIENT_URLS = URLS[:3]
TEXTS = ["a", "bucket-name", "dotted.name.x", "UPPER", "ab", "x" * 63, "x" * 64, "1.2.3.4", "under_score", "-dash", "", "*",
         "bkt--usw2-az1--x-s3", "bkt--use1-az4--xa-s3", "key/with slash", "é", "123456789012", "required", "disabled",
         "preferred", "control", "data", "op-0123", "abc.456def"]
ARNS = ["arn:aws:s3:us-west-2:123456789012:accesspoint/name", "arn:aws:s3:us-west-2:123456789012:accesspoint:name",
        "arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap",
        "arn:aws:s3-object-lambda:us-east-1:123456789012:accesspoint/banner",
        "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01/accesspoint/reports",
        "arn:aws:s3-outposts:us-west-2:123456789012:outpost:op-01:bucket:mine",
        "arn:aws:dynamodb:us-west-2:123456789012:table/music", "arn:aws:kinesis:us-east-1:123456789012:stream/s",
        "arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/name", "arn:aws:x", "arn:", "arn:aws:a:b:c:d/e/f/g/h"]
CREDENTIALS = {"access_key": "AKIDEXAMPLE", "secret_key": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}
# botocore refuses to make such a client; the rules decide at the call.
REFUSED_WITH_THE_CLIENT = {"EndpointVariant", "NoRegion"}
# Handlers that change labels of paths, not where requests go; test_requests.py counts their work.
CHANGES_LABELS = frozenset({"fix_route53_ids"})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help=f"default {DEFAULT_SEED}")
    parser.add_argument("--cases", type=int, help=f"of each kind for a service; default {DEFAULT_CASES}, with --all {ALL_CASES}")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--service", action="append", help="this service only; may repeat")
    parser.add_argument("--program", default=wire_program.DEFAULT_PROGRAM, help="command line of botocxx")
    parser.add_argument("--show", type=int, default=10, help="failures to print; default 10")
    options = parser.parse_args()
    tally = wire_program.Tally()
    program = wire_program.Program(options.program)
    wire_program.stop_if_impossible(program, tally, "endpoints against botocore")
    from botocore_oracle import Oracle

    count = options.cases or (ALL_CASES if options.all or wire_program.RUN_ALL else DEFAULT_CASES)
    print(f"endpoints: seed {options.seed}, {count} cases a service, program {options.program}")
    oracle = Oracle()
    services = options.service or oracle.services()
    Rules(program, tally, options).run(services, count)
    Clients(program, oracle, tally, options).run(services, count)
    return tally.finish()


class Kind:
    """One way to compare; counts and prints."""

    name = ""

    def __init__(self, program, tally, options) -> None:
        self.program = program
        self.tally = tally
        self.options = options
        self.sorts: collections.Counter = collections.Counter()
        self.shown = 0

    def note(self, line: dict, problem: str | None) -> None:
        if problem is None:
            self.tally.passed += 1
            return
        self.tally.failed += 1
        self.shown += 1
        if self.shown <= self.options.show:
            print(f"FAIL {self.name} {line['service']}\n" + wire_program.indent(f"line: {line}\n{problem}"), flush=True)

    def report(self) -> None:
        print(f"{self.name}: " + ", ".join(f"{name} {number}" for name, number in sorted(self.sorts.items())))


class Rules(Kind):
    """`wire endpoint` and botocore's EndpointProvider."""

    name = "rules"

    def run(self, services: list[str], count: int) -> None:
        import botocore.loaders
        from botocore_oracle import MODELS

        loader = botocore.loaders.Loader(extra_search_paths=[MODELS])
        partitions = loader.load_data("partitions")
        cases = []
        for service in services:
            rules = loader.load_service_model(service, "endpoint-rule-set-1")
            source = random.Random(f"{self.options.seed}/rules/{service}")
            # The more parameters, the more there is to find.
            for number in range(count * max(1, len(rules["parameters"]) - 3)):
                params = draw_rule_params(source, rules["parameters"])
                line = {"id": f"{service}/{number}", "service": service, "params": params}
                cases.append((line, expected_endpoint(rules, partitions, params)))
        answers = self.program.ask("endpoint", [line for line, _ in cases])
        for (line, right), answer in zip(cases, answers):
            if right is None:
                self.sorts["failures of botocore's own"] += 1
                continue
            self.sorts["errors" if "error" in right else "endpoints"] += 1
            self.note(line, endpoint_problem(right, answer))
        self.report()


def draw_rule_params(source: random.Random, definitions: dict) -> dict:
    params = {}
    for name, definition in definitions.items():
        kind = definition["type"].lower()
        present = 0.95 if name == "Region" else 0.15 if name == "Endpoint" else 0.5
        if source.random() > present:
            continue
        if kind == "boolean":
            params[name] = source.random() < 0.3
        elif kind == "stringarray":
            params[name] = [source.choice(TEXTS + ARNS) for _ in range(source.randrange(3))]
        elif name == "Region":
            params[name] = source.choice(REGIONS)
        elif name == "Endpoint":
            params[name] = source.choice(URLS)
        else:
            params[name] = source.choice(ARNS if source.random() < 0.3 else TEXTS)
    return params


def expected_endpoint(rules: dict, partitions: dict, params: dict) -> dict | None:
    """None where botocore fails with a Python exception."""
    from botocore.endpoint_provider import EndpointProvider
    from botocore.exceptions import EndpointResolutionError

    given = {name: tuple(value) if isinstance(value, list) else value for name, value in params.items()}
    try:
        found = EndpointProvider(rules, partitions).resolve_endpoint(**given)
    except EndpointResolutionError as error:
        return {"error": {"code": "EndpointResolution", "message": str(error)}}
    except Exception:
        return None
    return {"endpoint": {"url": found.url, "properties": found.properties, "headers": found.headers}}


def endpoint_problem(right: dict, answer: dict) -> str | None:
    got = {name: value for name, value in answer.items() if name != "id"}
    return None if got == right else f"botocore {right}\nbotocxx  {got}"


class Clients(Kind):
    """`wire request` and botocore's client: URL and what is signed for."""

    name = "clients"

    def __init__(self, program, oracle, tally, options) -> None:
        super().__init__(program, tally, options)
        self.oracle = oracle

    def run(self, services: list[str], count: int) -> None:
        lines = []
        for service in services:
            source = random.Random(f"{self.options.seed}/clients/{service}")
            for number in range(count):
                line = self.draw_line(source, service, number)
                if line:
                    lines.append(line)
        answers = self.program.ask("request", lines)
        for line, answer in zip(lines, answers):
            right = self.oracle.request(line, CHANGES_LABELS)
            if right.get("error", {}).get("code", "").startswith("Python:"):
                self.sorts["failures of botocore's own"] += 1
                continue
            if answer.get("error", {}).get("code") == "NeedsConnection" and self.asks_for_its_endpoint(line):
                self.sorts["calls that ask for their endpoint first"] += 1
                continue
            self.sorts["errors" if "error" in right else "requests"] += 1
            self.note(line, request_problem(right, answer))
        self.report()

    def asks_for_its_endpoint(self, line: dict) -> bool:
        operation = self.oracle.service_model(line["service"]).operation_model(line["operation"])
        return bool((operation.endpoint_discovery or {}).get("required"))

    def draw_line(self, source: random.Random, service: str, number: int) -> dict | None:
        from draw_params import Draw

        model = self.oracle.service_model(service)
        operations = [n for n in model.operation_names if not model.operation_model(n).has_event_stream_input]
        # An operation that needs little is refused for little.
        drawn = source.sample(operations, min(6, len(operations)))
        operation = min(drawn, key=lambda n: len(required_members(model.operation_model(n))))
        shape = model.operation_model(operation)
        if shape.auth_type == "none":
            return None  # docs/differences.md: the model wins over the endpoint's schemes
        line = {"id": f"{service}/{number}", "service": service, "operation": operation,
                "params": Draw(source, 0.0).params(shape.input_shape), "credentials": CREDENTIALS,
                "time": "2026-01-02T03:04:05Z", "config": draw_config(source)}
        region = source.choice(CLIENT_REGIONS)
        if region is not None:
            line["region"] = region
        if source.random() < 0.2:
            line["endpoint_url"] = source.choice(CLIENT_URLS)
        return line


def required_members(shape) -> list[str]:
    return list(shape.input_shape.required_members) if shape.input_shape is not None else []


def draw_config(source: random.Random) -> dict:
    config: dict = {"request_checksum_calculation": "when_required", "response_checksum_validation": "when_required"}
    for name in ("use_fips_endpoint", "use_dualstack_endpoint"):
        if source.random() < 0.25:
            config[name] = source.random() < 0.7
    if source.random() < 0.2:
        config["account_id_endpoint_mode"] = source.choice(["preferred", "disabled", "required"])
    s3 = {}
    if source.random() < 0.3:
        s3["addressing_style"] = source.choice(["path", "virtual", "auto"])
    for name in ("use_accelerate_endpoint", "use_arn_region", "use_dualstack_endpoint"):
        if source.random() < 0.1:
            s3[name] = source.random() < 0.5
    if source.random() < 0.2:
        s3["us_east_1_regional_endpoint"] = source.choice(["legacy", "regional"])
    if s3:
        config["s3"] = s3
    return config


def request_problem(right: dict, answer: dict) -> str | None:
    if "error" in right or "error" in answer:
        return error_problem(right, answer)
    wanted, got = place_of(right), place_of(answer)
    if not wanted[-1]:  # signed in a way that has no scope
        wanted, got = wanted[:-1], got[:-1]
    return None if wanted == got else f"botocore {wanted}\nbotocxx  {got}"


def error_problem(right: dict, answer: dict) -> str | None:
    wanted, got = right.get("error", {}).get("code"), answer.get("error", {}).get("code")
    if wanted == got or wanted in REFUSED_WITH_THE_CLIENT:
        return None
    if wanted in ("MissingDependency", "NoAuthToken") and got is None:
        return None  # signers that botocore has no library or no token for here
    if got in ("NotSupported", "UnsupportedSignatureVersion", "UnknownSignatureVersion"):
        return None  # another signer than Version 4
    return f"botocore {right.get('error', 'no error')}\nbotocxx  {answer.get('error', answer.get('url'))}"


def place_of(request: dict) -> tuple:
    """URL without its query, region and service of the signature."""
    url = urllib.parse.urlsplit(request["url"])
    authorization = {n.lower(): v for n, v in request["headers"].items()}.get("authorization", "")
    scope = authorization.partition("Credential=")[2].partition(",")[0].split("/")[-3:-1]
    return url.scheme, url.netloc, url.path, scope


if __name__ == "__main__":
    sys.exit(main())
