#!/usr/bin/env python3
"""Runs botocore over the folders of tests/suites/credentials/cases: do they say what botocore does?

The C++ runner beside the folders holds botocxx against the same expectations. The last line of output is
`N passed, N failed, N skipped`; a name on the command line runs that case only, `--show` prints what came out.
"""

from __future__ import annotations

import python_environment  # first: it may restart the script inside the venv

import datetime
import json
import os
import shutil
import sys
import tempfile
import types
import urllib.parse
from unittest import mock

# Login sessions need the C library of AWS; nothing else here does.
os.environ.pop("BOTO_DISABLE_CRT", None)
CASES = os.path.join(python_environment.ROOT, "tests", "suites", "credentials", "cases")
KNOWN = {"about", "now", "environment", "profile", "wants", "disk_cache", "mfa", "traffic", "botocore_traffic", "steps", "leaves"}
KNOWN_IN_STEP = {"after", "environment", "write", "expect", "botocore"}


class Machine:
    """One case, laid out in a folder of its own."""

    def __init__(self, name: str, home: str):
        self.home = home
        folder = os.path.join(CASES, name)
        with open(os.path.join(folder, "case.json"), encoding="utf-8") as file:
            self.spec = json.loads(file.read().replace("{home}", home))
        unknown = set(self.spec) - KNOWN
        unknown |= {key for step in self.spec["steps"] for key in set(step) - KNOWN_IN_STEP}
        if unknown:
            raise ValueError(f"{name}: unknown keys {sorted(unknown)}")
        for root, _, files in os.walk(os.path.join(folder, "fs")):
            for file in files:
                source = os.path.join(root, file)
                target = os.path.relpath(source, os.path.join(folder, "fs"))
                with open(source, encoding="utf-8") as content:
                    self.write(target, content.read().replace("{home}", home))
        self.now = datetime.datetime.fromisoformat(self.spec["now"].replace("Z", "+00:00"))
        self.environment = {"HOME": home, "AWS_MAX_ATTEMPTS": "1", "AWS_DEFAULT_REGION": "us-east-1", "PATH": os.environ["PATH"]}
        self.change_environment(self.spec.get("environment", {}))
        self.exchanges = list(self.spec.get("botocore_traffic", self.spec.get("traffic", [])))
        self.answers = list(self.spec.get("mfa", []))
        self.complaints: list[str] = []

    def write(self, path: str, content: str) -> None:
        full = os.path.join(self.home, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(content)

    def change_environment(self, changes: dict) -> None:
        for name, value in changes.items():
            if value is None:
                self.environment.pop(name, None)
            else:
                self.environment[name] = value


def fake_datetime(machine: Machine):
    """`datetime.datetime` whose `now` is the machine's."""
    real = datetime.datetime

    class Meta(type):
        def __instancecheck__(cls, value):
            return isinstance(value, real)

    class FakeDatetime(real, metaclass=Meta):
        @classmethod
        def now(cls, tz=None):
            return machine.now.astimezone(tz) if tz else machine.now.replace(tzinfo=None)

    module = types.SimpleNamespace(**{name: getattr(datetime, name) for name in dir(datetime) if not name.startswith("__")})
    module.datetime = FakeDatetime
    return module


def includes(whole, part) -> bool:
    if not isinstance(part, dict):
        return whole == part
    return isinstance(whole, dict) and all(name in whole and includes(whole[name], value) for name, value in part.items())


def check(machine: Machine, exchange: dict, request) -> None:
    to = f"{request.method} {request.url}"
    if to != exchange["to"]:
        machine.complaints.append(f"asked {to} instead of {exchange['to']}")
    headers = {name.lower(): value.decode() if isinstance(value, bytes) else value for name, value in request.headers.items()}
    for name, value in exchange.get("headers", {}).items():
        if headers.get(name.lower()) != value:
            machine.complaints.append(f"header {name} is {headers.get(name.lower())}")
    if "signed_by" in exchange:
        signature = headers.get("authorization", "")
        key = exchange["signed_by"]
        if (f"Credential={key}/" not in signature) if key else signature:
            machine.complaints.append(f"{to} is signed by somebody else")
    if "sends" in exchange:
        body = request.body.decode() if isinstance(request.body, bytes) else request.body or ""
        try:
            sent = json.loads(body)
        except ValueError:
            sent = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
        if not includes(sent, exchange["sends"]):
            machine.complaints.append(f"sent {sent} instead of {exchange['sends']}")


def fake_send(machine: Machine):
    import botocore.awsrequest
    import botocore.exceptions as errors

    class Raw:
        def __init__(self, content: bytes):
            self.content = content

        def stream(self, **_):
            yield self.content

    def send(_, request):
        if not machine.exchanges:
            machine.complaints.append(f"asked {request.method} {request.url} when nothing more was to be asked")
            raise errors.EndpointConnectionError(endpoint_url=request.url, error="no more traffic")
        exchange = machine.exchanges.pop(0)
        check(machine, exchange, request)
        if "fails" in exchange:
            raise getattr(errors, exchange["fails"] + "Error")(endpoint_url=request.url, error=None)
        body = json.dumps(exchange["json"]) if "json" in exchange else exchange.get("body", "")
        return botocore.awsrequest.AWSResponse(request.url, exchange.get("status", 200), exchange.get("answer_headers", {}), Raw(body.encode()))

    return send


def describe_error(error: Exception) -> dict:
    from botocore.exceptions import ClientError

    name = type(error).__name__
    if isinstance(error, ClientError):
        return {"error": error.response["Error"]["Code"], "message": error.response["Error"]["Message"]}
    for ending in ("Error", "Exception"):
        if name.endswith(ending) and name != ending:
            name = name[: -len(ending)]
    return {"error": name, "message": str(error)}


class Subject:
    """botocore on the machine."""

    def __init__(self, machine: Machine):
        self.machine = machine
        self.found = None
        self.failure = None

    def open(self):
        import botocore.session
        from botocore.utils import JSONFileCache

        spec = self.machine.spec
        session = botocore.session.Session(profile=spec.get("profile"))
        if spec.get("wants") == "token":
            return session.get_auth_token()
        resolver = session.get_component("credential_provider")
        if spec.get("disk_cache"):
            cache = JSONFileCache(os.path.join(self.machine.home, ".aws", "cli", "cache"))
            for name in ("assume-role", "assume-role-with-web-identity", "sso"):
                resolver.get_provider(name).cache = cache
        provider = resolver.get_provider("assume-role")
        provider._prompter = lambda prompt: self.machine.answers.pop(0)
        return session.get_credentials()

    def outcome(self) -> dict:
        try:
            if self.failure:
                return self.failure
            if self.found is None:
                try:
                    self.found = self.open()
                except Exception as error:
                    self.failure = describe_error(error)
                    return self.failure
            if self.found is None:
                return {"nothing": True}
            if self.machine.spec.get("wants") == "token":
                return {"token": self.found.get_frozen_token().token}
            frozen = self.found.get_frozen_credentials()
        except Exception as error:
            return describe_error(error)
        values = {"access_key": frozen.access_key, "secret_key": frozen.secret_key, "token": frozen.token,
                  "account_id": frozen.account_id, "method": self.found.method}
        return {"credentials": {name: value for name, value in values.items() if value}}


def fits(seen: dict, wanted: dict) -> bool:
    if "error" not in wanted:
        return seen == wanted
    return seen.get("error") == wanted["error"] and ("message" not in wanted or seen.get("message") == wanted["message"])


def check_files(machine: Machine) -> None:
    for path, wanted in machine.spec.get("leaves", {}).items():
        try:
            with open(os.path.join(machine.home, path), encoding="utf-8") as file:
                content = json.load(file)
        except (OSError, ValueError) as error:
            machine.complaints.append(f"{path}: {error}")
            continue
        for name, value in wanted.items():
            if content.get(name) != value:
                machine.complaints.append(f"{path} has {content.get(name)} for {name} instead of {value}")


def play(machine: Machine, show: bool) -> None:
    subject = Subject(machine)
    for step in machine.spec["steps"]:
        machine.now += datetime.timedelta(seconds=step.get("after", 0))
        machine.change_environment(step.get("environment", {}))
        for path, content in step.get("write", {}).items():
            machine.write(path, content)
        os.environ.clear()
        os.environ.update(machine.environment)
        seen = subject.outcome()
        if show:
            print(json.dumps(seen, indent=1))
        wanted = step.get("botocore", step.get("expect"))
        if not fits(seen, wanted):
            machine.complaints.append(f"came out: {json.dumps(seen)}\n     expected: {json.dumps(wanted)}")
    if machine.exchanges:
        machine.complaints.append(f"{len(machine.exchanges)} exchanges did not happen")
    check_files(machine)


def run(name: str, show: bool) -> list[str]:
    import botocore.credentials
    import botocore.httpsession
    import botocore.tokens
    import botocore.utils

    home = tempfile.mkdtemp(prefix="botocxx-credentials-")
    before = dict(os.environ)
    try:
        machine = Machine(name, home)
        module = fake_datetime(machine)
        clock = types.SimpleNamespace(time=lambda: machine.now.timestamp(), sleep=lambda _: None)
        sso = os.path.join(home, ".aws", "sso", "cache")
        with mock.patch.object(botocore.credentials, "datetime", module), \
                mock.patch.object(botocore.credentials, "time", clock), \
                mock.patch.object(botocore.tokens, "datetime", module.datetime), \
                mock.patch.object(botocore.utils, "get_current_datetime", lambda remove_tzinfo=True: machine.now.replace(tzinfo=None)), \
                mock.patch.object(botocore.utils.ContainerMetadataFetcher, "SLEEP_TIME", 0), \
                mock.patch.object(botocore.utils.random, "randint", lambda low, high: low), \
                mock.patch.object(botocore.credentials.SSOProvider, "_SSO_TOKEN_CACHE_DIR", sso), \
                mock.patch.object(botocore.tokens.SSOTokenProvider, "_SSO_TOKEN_CACHE_DIR", sso), \
                mock.patch.object(botocore.httpsession.URLLib3Session, "send", fake_send(machine)):
            play(machine, show)
        return machine.complaints
    finally:
        os.environ.clear()
        os.environ.update(before)
        shutil.rmtree(home, ignore_errors=True)


def skip_reason(name: str) -> str | None:
    import botocore.compat

    if name.startswith("login") and getattr(botocore.compat, "EC", None) is None:
        return "botocore needs awscrt for login sessions"
    return None


def main() -> int:
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    show = "--show" in sys.argv
    names = arguments or sorted(os.listdir(CASES))
    if reason := python_environment.missing_botocore():
        for name in names:
            print(f"SKIP {name}: {reason}")
        print(f"0 passed, 0 failed, {len(names)} skipped")
        return 0
    passed = failed = skipped = 0
    for name in names:
        if reason := skip_reason(name):
            print(f"SKIP {name}: {reason}")
            skipped += 1
            continue
        complaints = run(name, show)
        passed += not complaints
        failed += bool(complaints)
        if complaints:
            print(f"FAIL {name}")
            for complaint in complaints:
                print(f"     {complaint}")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
