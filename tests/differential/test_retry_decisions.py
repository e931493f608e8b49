#!/usr/bin/env python3
"""Random ends of attempts: does botocxx decide about retries as botocore's handlers do?

Each case is a client of some service, in some mode, and a few calls of it: what the attempts end with is drawn, the
random number and the clock are given. Compared are the delay, what the caller is told (`MaxAttemptsReached`,
`RetryQuotaReached`), the error that takes an answer's place, and the number of attempts that the next request names.

The last line of output is `N passed, N failed, N skipped`.
"""

from __future__ import annotations

import python_environment  # first: it may restart the script inside the venv

import argparse
import binascii
import copy
import json
import os
import random
import subprocess
import sys
import unittest.mock

import wire_program

DEFAULT_SEED = 20260523
DEFAULT_CASES = 1500
ALL_CASES = 20000
DRIVER = os.path.join(wire_program.BUILD, "tests", "drivers", "retry_driver")

SERVICES = ["dynamodb", "dynamodbstreams", "s3", "sqs", "sts", "ec2", "stepfunctions", "swf", "kinesis", "glacier", "route53", "organizations",
            "cloudsearch", "cloudsearchdomain", "iam", "lambda", "cloudfront", "athena", "codecommit", "timestream-query", "transcribe", "bedrock-runtime"]
LONG_POLLING = {"sqs": "ReceiveMessage", "stepfunctions": "GetActivityTask", "swf": "PollForDecisionTask"}
CODES = ["Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException", "TooManyRequestsException",
         "ProvisionedThroughputExceededException", "TransactionInProgressException", "RequestLimitExceeded", "BandwidthLimitExceeded",
         "LimitExceededException", "RequestThrottled", "SlowDown", "PriorRequestNotComplete", "EC2ThrottledException", "RequestTimeout",
         "RequestTimeoutException", "ReplicatedWriteConflictException", "BadDigest", "IDPCommunicationError", "InternalServerError", "AccessDenied",
         "throttling", "503", "500"]
STATUSES = [200, 200, 204, 301, 400, 400, 400, 403, 404, 408, 409, 429, 500, 500, 501, 502, 503, 503, 504, 509, 599]
FAILURES = ["EndpointConnection", "ProxyConnection", "SSL", "ConnectTimeout", "ConnectionClosed", "ReadTimeout", "HTTPClient", "ResponseStreaming", "NoCredentials"]
RETRY_AFTER = ["0", "1500", "10000", "5", "invalid", "-100", " 700 ", "1.5", ""]


# --- drawing -----------------------------------------------------------------------------------------------------


def draw_outcome(source: random.Random, operation, bad: float) -> dict:
    """What an attempt ends with; `bad` is how likely it is no success."""
    if source.random() > bad:
        return {"status": 200, "code": None, "headers": {}, "body": "{}"}
    if source.random() < 0.25:
        return {"failure": source.choice(FAILURES)}
    codes = CODES + [shape.name for shape in operation.error_shapes] * 2
    codes += [shape.metadata.get("error", {}).get("code", shape.name) for shape in operation.error_shapes]
    outcome = {"status": source.choice(STATUSES), "code": None, "headers": {}, "body": source.choice(["", "{}", "foo"])}
    if outcome["status"] >= 300 and source.random() < 0.8:
        outcome["code"] = source.choice(codes)
    if source.random() < 0.3:
        right = binascii.crc32(outcome["body"].encode())
        outcome["headers"]["x-amz-crc32"] = str(right if source.random() < 0.4 else right ^ 1)
    if source.random() < 0.3:
        outcome["headers"]["x-amz-retry-after"] = source.choice(RETRY_AFTER)
    return outcome


def in_steps(time: float) -> float:
    """The time in 64ths of a second, which binary fractions and microseconds say alike."""
    return int(time * 64) / 64


def draw_case(source: random.Random, session) -> dict:
    service = source.choice(SERVICES)
    mode = source.choice(["legacy", "standard", "standard", "adaptive", "adaptive"])
    model = session.get_service_model(service)
    names = sorted(model.operation_names)
    case = {"service": service, "mode": mode, "new_rules": source.random() < 0.4, "fraction": source.randrange(2**20) / 2**20, "now": in_steps(1_700_000_000 + source.random() * 10)}
    case["total_max_attempts"] = source.choice([None, None, 1, 2, 3, 5, 10])
    case["steps"], now = [], case["now"]
    long_calls = source.random() < 0.2  # so that the quota runs dry
    for _ in range(40 if long_calls else source.randrange(1, 6)):
        name = source.choice(names)
        if service in LONG_POLLING and source.random() < 0.6:
            name = LONG_POLLING[service]
        operation = model.operation_model(name)
        case["steps"].append({"kind": "begin"})
        for attempt in range(1, source.randrange(2, 13 if long_calls else 6)):
            now = in_steps(now + source.choice([0, 0.1, 0.3, 0.5, 1, 7]) * source.random())
            case["steps"].append({"kind": "send", "now": now})
            now = in_steps(now + source.choice([0, 0.05, 0.5]) * source.random())
            outcome = draw_outcome(source, operation, 0.95 if long_calls else 0.8)
            case["steps"].append({"kind": "attempt", "operation": name, "attempt": attempt, "now": now, **outcome})
        if "failure" not in outcome:
            case["steps"].append({"kind": "end", "operation": name, "status": outcome["status"]})
    return case


# --- botocore ----------------------------------------------------------------------------------------------------


def keep_rules_apart(session) -> None:
    """Gives each client rules of its own: docs/differences.md says what one client's do to another's otherwise."""
    loader = session.get_component("data_loader")
    load = loader.load_data
    loader.load_data = lambda name: copy.deepcopy(load(name)) if name == "_retry" else load(name)


class Botocore:
    """A client's handlers, called as its endpoint would call them."""

    def __init__(self, session, case: dict) -> None:
        from botocore.config import Config
        from botocore.retries import adaptive, standard

        self._case, self.now = case, case["now"]
        standard.NEW_RETRIES_ENABLED = case["new_rules"]
        retries = {"mode": case["mode"]}
        if case["total_max_attempts"] is not None:
            retries["total_max_attempts"] = case["total_max_attempts"]
        limiters = []
        with unittest.mock.patch("botocore.retries.bucket.Clock.current_time", lambda _: self.now), \
                unittest.mock.patch.object(adaptive, "ClientRateLimiter", self._keep(limiters, adaptive.ClientRateLimiter)):
            self.client = session.create_client(case["service"], "us-east-1", aws_access_key_id="a", aws_secret_access_key="b", config=Config(retries=retries))
        self.limiter = limiters[0] if limiters else None
        self.model = self.client.meta.service_model
        self.context: dict = {}

    @staticmethod
    def _keep(kept: list, wrapped):
        def make(*arguments, **options):
            kept.append(wrapped(*arguments, **options))
            return kept[-1]

        return make

    def step(self, step: dict):
        with unittest.mock.patch("random.random", lambda: self._case["fraction"]), \
                unittest.mock.patch("botocore.retries.bucket.Clock.current_time", lambda _: self.now):
            return getattr(self, "_" + step["kind"])(step)

    def _begin(self, _step: dict) -> int:
        from botocore.awsrequest import AWSRequest

        self.context = {"retries": {"attempt": 1, "invocation-id": "x"}}
        request = AWSRequest(method="GET", url="https://example.com/")
        request.context.update(self.context)
        for handler in self._handlers("request-created", "MaxAttemptsSeeder"):
            handler(request=request)
        return self.context["retries"].get("max", 0)

    def _send(self, step: dict) -> float:
        from botocore.exceptions import CapacityNotAvailableError

        self.now = step["now"]
        if not self.limiter or not self.limiter._enabled:
            return 0
        bucket = self.limiter._token_bucket
        try:
            bucket.acquire(block=False)
        except CapacityNotAvailableError:
            return bucket._sleep_amount(1)
        return 0

    def _handlers(self, event: str, *owners: str) -> list:
        """The client's handlers of that event that belong to these classes, in order."""
        service_id = self.model.service_id.hyphenize()
        found = self.client.meta.events._emitter._handlers.prefix_search(f"{event}.{service_id}.Any")
        return [h for h in found if type(getattr(h, "__self__", h)).__name__ in owners]

    def _attempt(self, step: dict) -> dict:
        from botocore.awsrequest import AWSResponse

        self.now = step["now"]
        exception = http = parsed = None
        if "failure" in step:
            exception = failure(step["failure"])
        else:
            http = AWSResponse("https://example.com/", step["status"], step["headers"], None)
            http._content = step["body"].encode()
            parsed = {"ResponseMetadata": {}}
            if step["code"] is not None:
                parsed["Error"] = {"Code": step["code"]}
        result = {"delay": None, "pause": 0, "failure": None}
        pauses = []
        operation = self.model.operation_model(step["operation"])
        for handler in self._handlers("needs-retry", "RetryHandler", "ClientRateLimiter"):
            owner = getattr(handler, "__self__", handler)
            if hasattr(owner, "_sleep"):
                owner._sleep = pauses.append
                owner._retry_policy._retry_backoff._random = lambda: self._case["fraction"]
            try:
                answer = handler(response=None if exception else (http, parsed), endpoint=None, operation=operation,
                                 attempts=step["attempt"], caught_exception=exception, request_dict={"context": self.context})
            except Exception as error:
                answer = None
                if error is not exception:
                    result["failure"] = type(error).__name__.removesuffix("Error").removesuffix("Exception")
            if answer is not None and answer is not False and result["delay"] is None:
                result["delay"] = answer
        metadata = (parsed or {}).get("ResponseMetadata", {})
        result["pause"] = sum(pauses)
        # Of a failure there is no metadata.
        result["max_attempts_reached"] = metadata.get("MaxAttemptsReached", False)
        result["quota_reached"] = metadata.get("RetryQuotaReached", False)
        result["max"] = self.context["retries"].get("max", 0)
        return result

    def _end(self, step: dict) -> None:
        from botocore.awsrequest import AWSResponse

        http = AWSResponse("https://example.com/", step["status"], {}, None)
        for handler in self._handlers("after-call", "RetryQuotaChecker"):
            handler(context=self.context, http_response=http)


def failure(name: str) -> Exception:
    from botocore import exceptions

    options = {"endpoint_url": "https://example.com/", "error": "x", "proxy_url": "x", "request": None}
    kind = getattr(exceptions, f"{name}Error")
    return kind(**options)


# --- comparing ---------------------------------------------------------------------------------------------------


def difference(case: dict, ours: list, session) -> str | None:
    botocore = Botocore(session, case)
    for number, (step, answer) in enumerate(zip(case["steps"], ours)):
        expected = botocore.step(step)
        if isinstance(answer, dict) and "failure" in step:
            answer = {**answer, "max_attempts_reached": False, "quota_reached": False}
        if expected != answer:
            facts = {k: v for k, v in case.items() if k != "steps"}
            return f"{json.dumps(facts)}\nstep {number} {json.dumps(step)}\nours   {answer}\ntheirs {expected}"
    return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--cases", type=int, help=f"default {DEFAULT_CASES}")
    parser.add_argument("--all", action="store_true", help=f"{ALL_CASES} cases")
    parser.add_argument("--driver", default=DRIVER, help="the program that decides")
    parser.add_argument("--show", type=int, default=4, help="failures to print; default 4")
    options = parser.parse_args()
    tally = wire_program.Tally()
    program = wire_program.Program(options.driver)
    wire_program.stop_if_impossible(program, tally, "decisions about retries against botocore")
    count = options.cases or (ALL_CASES if options.all or wire_program.RUN_ALL else DEFAULT_CASES)
    print(f"decisions about retries: seed {options.seed}, {count} cases")
    import botocore.session

    session = botocore.session.get_session()
    keep_rules_apart(session)
    source = random.Random(options.seed)
    cases = [draw_case(source, session) for _ in range(count)]
    text = "".join(json.dumps(case) + "\n" for case in cases)
    done = subprocess.run([options.driver], input=text.encode(), capture_output=True, check=False)
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    if len(answers) != len(cases):
        raise SystemExit(f"the driver ended after {len(answers)} of {len(cases)} cases: {done.stderr.decode()[-500:]}")
    attempts = retried = 0
    for number, (case, ours) in enumerate(zip(cases, answers)):
        found = difference(case, ours, session)
        attempts += sum(step["kind"] == "attempt" for step in case["steps"])
        retried += sum(isinstance(answer, dict) and answer["delay"] is not None for answer in ours)
        if found is None or tally.failed < options.show:
            tally.record(f"case {number}", found)
        else:
            tally.failed += 1
    print(f"{attempts} attempts, of which {retried} were worth another")
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
