#!/usr/bin/env python3
"""The same calls through a server that fails as it is told to: does botocxx try again when botocore does?

Each case is a client, its settings, and a few calls of it with a script of what the server does to their requests.
Compared are the number of requests, what `amz-sdk-request` says in each, that bodies and invocation ids are the same in
all attempts of a call, how long was waited before each, and how the call ends. Both sides wait in no time, on a clock
that only waiting moves, and draw the same random number. What botocxx does beyond botocore is switched off.

The last line of output is `N passed, N failed, N skipped`.
"""

from __future__ import annotations

import python_environment  # first: it may restart the script inside the venv

import argparse
import contextlib
import io
import json
import os
import random
import subprocess
import sys
import threading
import types
import unittest.mock

import wire_program

sys.path.insert(0, os.path.join(python_environment.ROOT, "tests", "support"))
import fault_server

DEFAULT_SEED = 20260608
DEFAULT_CASES = 150
ALL_CASES = 1500
DRIVER = os.path.join(wire_program.BUILD, "tests", "drivers", "call_driver")
NOW = 1000  # early, so that binary fractions of seconds are exact enough
DATE = "Thu, 28 May 2026 20:26:40 GMT"

JSON_ERROR = {"headers": {"x-amzn-RequestId": "r", "Content-Type": "application/x-amz-json-1.0"}}
SERVICES = {
    "dynamodb": {"operation": "ListTables", "params": {}, "ok": "{}", "error": '{{"__type": "{}", "message": "m"}}'},
    "sqs": {"operation": "ReceiveMessage", "params": {"QueueUrl": "http://127.0.0.1/1/q"}, "ok": "{}", "error": '{{"__type": "{}", "message": "m"}}'},
    "sts": {"operation": "GetCallerIdentity", "params": {}, "ok": "<R><GetCallerIdentityResult/></R>",
            "error": "<ErrorResponse><Error><Code>{}</Code><Message>m</Message></Error></ErrorResponse>"},
    "ec2": {"operation": "DescribeRegions", "params": {}, "ok": "<R/>", "error": "<Response><Errors><Error><Code>{}</Code><Message>m</Message></Error></Errors></Response>"},
    "lambda": {"operation": "GetAccountSettings", "params": {}, "ok": "{}", "error": '{{"code": "{}", "message": "m"}}'},
    "s3": {"operation": "PutObject", "params": {"Bucket": "bkt", "Key": "k", "Body": "content of the body"}, "ok": "",
           "error": "<Error><Code>{}</Code><Message>m</Message></Error>"},
}
S3_OTHERS = [
    {"operation": "CopyObject", "params": {"Bucket": "bkt", "Key": "k", "CopySource": "bkt/j"}, "ok": "<CopyObjectResult><ETag>x</ETag></CopyObjectResult>"},
    {"operation": "ListObjectsV2", "params": {"Bucket": "bkt"}, "ok": "<ListBucketResult><Name>bkt</Name></ListBucketResult>"},
    {"operation": "HeadObject", "params": {"Bucket": "bkt", "Key": "k"}, "ok": ""},
    {"operation": "GetObject", "params": {"Bucket": "bkt", "Key": "k"}, "ok": "some octets"},
]
CODES = ["Throttling", "ThrottlingException", "ThrottledException", "TooManyRequestsException", "ProvisionedThroughputExceededException", "LimitExceededException",
         "RequestLimitExceeded", "SlowDown", "RequestTimeout", "RequestTimeoutException", "PriorRequestNotComplete", "IDPCommunicationError", "InternalError",
         "AccessDenied", "BadDigest", "RequestThrottled", "TransactionInProgressException"]
STATUSES = [400, 400, 400, 403, 404, 408, 409, 429, 500, 500, 502, 503, 503, 504, 509]
FAULTS = ["close", "reset", "head", "body", "truncate", "garbage", "long"]


# --- drawing -----------------------------------------------------------------------------------------------------


def draw_step(source: random.Random, call: dict, bad: float) -> dict:
    step: dict = {"status": 200, "body": call["ok"], "headers": {}}
    if source.random() < 0.5:
        step["headers"]["Date"] = DATE
    if source.random() > bad:
        return step
    drawn = source.random()
    if drawn < 0.2:
        fault = source.choice(FAULTS)
        if fault in ("body", "truncate", "long") and not step["body"]:
            fault = "reset"
        return {**step, "fault": fault}
    if drawn < 0.25 and call["service"] == "s3":
        return {**step, "body": call["error"].format(source.choice(["InternalError", "SlowDown"]))}  # an error behind status 200
    if drawn < 0.3:
        step["headers"]["x-amz-crc32"] = source.choice(["1", "0", "3632233996"])
        return step
    step["status"] = source.choice(STATUSES)
    step["body"] = call["error"].format(source.choice(CODES)) if source.random() < 0.8 and call["operation"] != "HeadObject" else ""
    if source.random() < 0.3:
        step["headers"]["x-amz-retry-after"] = source.choice(["100", "2500", "90000", "x"])
    return step


def draw_case(source: random.Random) -> dict:
    service = source.choice(sorted(SERVICES))
    mode = source.choice(["legacy", "legacy", "standard", "adaptive"])
    retries: dict = {"mode": mode}
    if source.random() < 0.4:
        retries[source.choice(["max_attempts", "total_max_attempts"])] = source.randrange(1, 5)
    case = {"service": service, "new_rules": source.random() < 0.3, "fraction": source.randrange(1, 2**20) / 2**20, "now": NOW, "region": "us-east-1",
            "config": {"retries": retries, "s3": {"addressing_style": "path"}, "request_checksum_calculation": "when_required",
                       "response_checksum_validation": "when_required"}, "calls": []}
    bad = source.choice([0.5, 0.8, 1])
    for _ in range(source.choice([1, 1, 2, 4])):
        call = {"service": service, **SERVICES[service]}
        if service == "s3" and source.random() < 0.6:
            call.update(source.choice(S3_OTHERS))
        call["script"] = [draw_step(source, call, bad) for _ in range(12)]
        if call["operation"] == "PutObject" and source.random() < 0.2:
            call["unseekable_body"] = call["params"]["Body"]
        case["calls"].append(call)
    return case


def fixed_cases() -> list[dict]:
    """What random cases seldom meet, or would wait for too long."""
    def case(service: str, script: list[dict], mode: str = "standard", calls: int = 1, new_rules: bool = False, **config) -> dict:
        call = {"service": service, **SERVICES[service], "script": script}
        return {"service": service, "new_rules": new_rules, "fraction": 0.5, "now": NOW, "region": "us-east-1", "calls": [call] * calls,
                "config": {"retries": {"mode": mode}, "s3": {"addressing_style": "path"}, "request_checksum_calculation": "when_required",
                           "response_checksum_validation": "when_required", **config}}

    failing = {"status": 500, "body": ""}
    throttled = {"status": 400, "body": SERVICES["dynamodb"]["error"].format("ThrottlingException")}
    fine = {"status": 200, "body": "{}"}
    silent = {"fault": "silent", "seconds": 1.5}
    stalled = {"fault": "stall", "seconds": 1.5, "body": "{\"TableNames\": []}"}
    cases = [case("dynamodb", [failing], mode, calls=3) for mode in ("legacy", "standard", "adaptive")]
    cases += [case("dynamodb", [failing], "standard", calls=60), case("sqs", [failing], "standard", calls=60, new_rules=True)]
    cases += [case("dynamodb", [throttled, fine], "adaptive", calls=12), case("dynamodb", [throttled, throttled, fine, fine], "adaptive", calls=12, new_rules=True)]
    cases += [case("dynamodb", [silent, fine], mode, read_timeout=0.4) for mode in ("legacy", "standard")]
    cases += [case("dynamodb", [stalled, fine], mode, read_timeout=0.4) for mode in ("legacy", "standard")]
    cases += [case("dynamodb", [{**fine, "fault": "drip", "seconds": 0.4, "body": "{\"TableNames\": []}"}], read_timeout=0.3)]
    cases += [case("dynamodb", [{"fault": fault, "body": "{\"a\": 1}"}, fine], mode) for fault in FAULTS for mode in ("legacy", "standard")]
    return cases


# --- botocore ----------------------------------------------------------------------------------------------------


class FakeTime:
    """The clock that both sides share the rules of."""

    def __init__(self, now: float) -> None:
        self.now, self.delays = now, []

    def sleep(self, seconds: float) -> None:
        if seconds > 0:
            self.delays.append(seconds)
            self.now += max(seconds, 1e-9)


class Unseekable(io.RawIOBase):
    """A body that can be read once, of known length."""

    def __init__(self, content: bytes) -> None:
        self._rest = io.BytesIO(content)
        self._length = len(content)

    def __len__(self) -> int:
        return self._length

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._rest.read(size)

    def seekable(self) -> bool:
        return False

    def seek(self, *_place):
        raise io.UnsupportedOperation("seek")

    def tell(self):
        raise io.UnsupportedOperation("tell")


@contextlib.contextmanager
def botocore_in(case: dict, time: FakeTime):
    """botocore with that time, that random number and those rules."""
    from botocore.retries import bucket, standard

    class Condition(threading.Condition):
        def wait(self, timeout=None):
            time.sleep(timeout)

    patches = [
        unittest.mock.patch("time.sleep", time.sleep),
        unittest.mock.patch("random.random", lambda: case["fraction"]),
        unittest.mock.patch.object(standard.ExponentialBackoff.__init__, "__defaults__", (20, lambda: case["fraction"], None, None)),
        unittest.mock.patch.object(standard.RetryHandler.__init__, "__defaults__", (None, time.sleep)),
        unittest.mock.patch.object(standard, "NEW_RETRIES_ENABLED", case["new_rules"]),
        unittest.mock.patch.object(bucket.Clock, "current_time", lambda _: time.now),
        unittest.mock.patch.object(bucket, "threading", types.SimpleNamespace(Lock=threading.Lock, Condition=Condition)),
    ]
    with contextlib.ExitStack() as stack:
        for patch in patches:
            stack.enter_context(patch)
        yield


def botocore_config(case: dict):
    from botocore.config import Config

    options = json.loads(json.dumps(case["config"]))
    return Config(**options)


def botocore_call(client, call: dict) -> dict:
    from botocore.exceptions import BotoCoreError, ClientError
    from botocore.parsers import ResponseParserError

    params = dict(call["params"])
    if "unseekable_body" in call:
        params["Body"] = Unseekable(call["unseekable_body"].encode())
    try:
        result = client._make_api_call(call["operation"], params)
    except ClientError as error:
        metadata = error.response["ResponseMetadata"]
        return {"error": error.response["Error"]["Code"], "status": metadata["HTTPStatusCode"], "attempts": metadata["RetryAttempts"] + 1}
    except io.UnsupportedOperation:
        return {"error": "UnseekableStream"}  # asked for its place by the signer
    except (BotoCoreError, ResponseParserError) as error:
        return {"error": type(error).__name__.removesuffix("Error").removesuffix("Exception")}
    metadata = result["ResponseMetadata"]
    flags = {name: metadata[name] for name in ("MaxAttemptsReached", "RetryQuotaReached") if name in metadata}
    return {"status": metadata["HTTPStatusCode"], "attempts": metadata["RetryAttempts"] + 1, **flags}


def requests_of(server) -> dict:
    """What is compared of the requests of one call."""
    ids = {request["headers"].get("amz-sdk-invocation-id") for request in server.requests}
    bodies = {(request["method"], request["target"], request["body"]) for request in server.requests}
    return {"requests": [request["headers"].get("amz-sdk-request") for request in server.requests],
            "one invocation": len(ids) <= 1, "one body": len(bodies) <= 1}


class Botocore:
    def __init__(self, session) -> None:
        self._session = session

    def run(self, case: dict, server, before) -> list[dict]:
        time = FakeTime(case["now"])
        answers = []
        with botocore_in(case, time):
            client = self._session.create_client(case["service"], case["region"], endpoint_url=server.url, aws_access_key_id="a",
                                                 aws_secret_access_key="b", config=botocore_config(case))
            for call in case["calls"]:
                before(call)
                answer = botocore_call(client, call)
                answers.append({**answer, "delays": time.delays, **requests_of(server)})
                time.delays = []
            client.close()
        return answers


# --- botocxx -----------------------------------------------------------------------------------------------------


class Driver:
    """The program that makes calls; one for each set of rules."""

    def __init__(self, path: str) -> None:
        self._path = path

    def run(self, case: dict, server, before) -> list[dict]:
        """One call at a time, so that each has its own script: the program says when it is done with one."""
        environment = {**os.environ, "AWS_NEW_RETRIES_2026": str(case["new_rules"]).lower()}
        config = json.loads(json.dumps(case["config"]))
        config["retries"].update(retry_after=False, clock_skew_correction=False)
        job = {**case, "endpoint_url": server.url, "config": config}
        calls = [{k: v for k, v in call.items() if k in ("operation", "params", "unseekable_body")} for call in case["calls"]]
        with subprocess.Popen([self._path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True) as program:
            program.stdin.write(json.dumps({**job, "calls": calls}) + "\n")
            program.stdin.flush()
            answers = []
            for call in case["calls"]:
                before(call)
                program.stdin.write("\n")
                program.stdin.flush()
                line = program.stdout.readline()
                if not line:
                    return answers + [{"error": "the program ended"}]
                answers.append({**json.loads(line), **requests_of(server)})
            program.stdin.close()
        return answers


# --- comparing ---------------------------------------------------------------------------------------------------


def rounded(answer: dict) -> dict:
    kept = {k: v for k, v in answer.items() if k not in ("message", "history")}
    # What rounding leaves of a wait for the rate is none.
    return {**kept, "delays": [round(delay, 5) for delay in kept.get("delays", []) if delay > 1e-6]}


def comparable(ours: dict, theirs: dict) -> tuple[dict, dict]:
    ours, theirs = rounded(ours), rounded(theirs)
    if "error" in theirs and "status" not in theirs:  # botocore's exception does not say more
        ours = {k: v for k, v in ours.items() if k not in ("status", "attempts")}
    if not theirs.get("one invocation", True):  # of a call within the call; the driver's random numbers are all the same
        ours["one invocation"] = False
    return ours, theirs


def history_fault(answer: dict) -> str | None:
    """What is wrong with the history of attempts."""
    history = answer.get("history", [])
    if len(history) != answer.get("attempts"):
        return f"{len(history)} attempts in the history of {answer.get('attempts')}"
    if any(not record["reason"] for record in history[:-1]):
        return "an attempt without a reason for the next"
    return None


def check(case: dict, botocore: Botocore, driver: Driver, server) -> str | None:
    def before(call: dict) -> None:
        server.script(call["script"])

    theirs = botocore.run(case, server, before)
    ours = driver.run(case, server, before)
    delays_differ = False
    for number, (one, other) in enumerate(zip(ours, theirs)):
        mine, expected = comparable(one, other)
        if delays_differ:
            mine["delays"] = expected["delays"]
        # The limiter of the adaptive mode hears of a call within a call in another order: see docs/differences.md.
        delays_differ |= case["config"]["retries"]["mode"] == "adaptive" and not other["one invocation"]
        fault = history_fault(one)
        if mine != expected or fault:
            facts = {k: v for k, v in case.items() if k != "calls"}
            script = [{k: v for k, v in step.items() if v} for step in case["calls"][number]["script"][:6]]
            return (f"{json.dumps(facts)}\ncall {number} {case['calls'][number]['operation']}, script {json.dumps(script)}\n"
                    f"ours   {mine} {fault or ''}\ntheirs {expected}\nhistory {one.get('history')} {one.get('message', '')}")
    return None if len(ours) == len(theirs) else f"{len(ours)} answers to {len(theirs)} calls"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--cases", type=int, help=f"random cases; default {DEFAULT_CASES}")
    parser.add_argument("--all", action="store_true", help=f"{ALL_CASES} random cases")
    parser.add_argument("--driver", default=DRIVER, help="the program that makes the calls")
    parser.add_argument("--show", type=int, default=4, help="failures to print; default 4")
    options = parser.parse_args()
    tally = wire_program.Tally()
    wire_program.stop_if_impossible(wire_program.Program(options.driver), tally, "retries against botocore")
    count = ALL_CASES if options.all or wire_program.RUN_ALL else DEFAULT_CASES
    count = options.cases if options.cases is not None else count
    print(f"retries: seed {options.seed}, {count} random cases")
    import botocore.session
    import test_retry_decisions

    session = botocore.session.get_session()
    test_retry_decisions.keep_rules_apart(session)
    source = random.Random(options.seed)
    cases = fixed_cases() + [draw_case(source) for _ in range(count)]
    with fault_server.FaultServer() as server:
        for number, case in enumerate(cases):
            found = check(case, Botocore(session), Driver(options.driver), server)
            if found is None or tally.failed < options.show:
                tally.record(f"case {number}", found)
            else:
                tally.failed += 1
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
