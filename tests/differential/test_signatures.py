#!/usr/bin/env python3
"""Random requests, forms and choices: does botocxx sign what botocore signs, with the scheme that botocore takes?

See README.md beside this file. The last line of output is `N passed, N failed, N skipped`.
"""

from __future__ import annotations

import python_environment  # first: it may restart the script inside the venv

import argparse
import base64
import collections
import json
import os
import random
import subprocess
import sys
import tempfile

import wire_program

DEFAULT_SEED = 20260104
DEFAULT_CASES = 3000
ALL_CASES = 60000
DRIVER = os.path.join(wire_program.BUILD, "tests", "drivers", "sign_driver")
V4A_SCHEMES = ("v4a", "s3v4a", "s3v4a-query")
SCHEMES = ("v2", "v3", "v4", "v4-query", "s3v4", "s3v4-query", "s3", "s3-query", "v4-s3express", "v4-s3express-query",
           "bearer")


class Driver:
    """The program that signs; `ask` takes and gives one object a line."""

    def __init__(self, path: str) -> None:
        self._path = path

    def missing(self) -> str | None:
        return None if os.path.exists(self._path) else f"{os.path.relpath(self._path, python_environment.ROOT)} is not built"

    def ask(self, jobs: list[dict]) -> list[dict]:
        text = "".join(json.dumps(job) + "\n" for job in jobs)
        done = subprocess.run([self._path], input=text.encode(), capture_output=True, check=False)
        answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
        if len(answers) != len(jobs):
            raise SystemExit(f"the driver ended after {len(answers)} of {len(jobs)} jobs: {done.stderr.decode()[-500:]}")
        return answers


# --- drawing -----------------------------------------------------------------------------------------------------


def draw_text(source: random.Random, alphabet: str, longest: int) -> str:
    return "".join(source.choice(alphabet) for _ in range(source.randrange(longest + 1)))


PATH_PIECES = ["a", "b", "Key", "%20", "%2F", "%25", "%C3%A4", "+", "~", "-", "_", ".", "..", "/", "//", "/./", "/../", "*", "(", ")", "'", "!", ":", "@", "$", ",", ";", "="]
QUERY_NAMES = ["a", "b", "B", "acl", "versionId", "response-content-type", "prefix", "list-type", "uploads", "partNumber", "x%20y", "%C3%A4", "a-b", "a.b"]
QUERY_VALUES = [None, "", "1", "a%2Fb", "a+b", "x%3D%3D", "~", "%C3%A4", "a=b", "2", "a%2Bb"]
HEADERS = [("Content-Type", "text/plain"), ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"), ("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg=="),
           ("x-amz-meta-Foo", "  a   b\t c "), ("X-Amz-Acl", "private"), ("x-amz-meta-foo", "second"), ("User-Agent", "x/1"), ("Expect", "100-continue"),
           ("Range", "bytes=0-1"), ("X-Amz-Target", "T.Op"), ("Transfer-Encoding", "chunked"), ("X-Amzn-Trace-Id", "t"), ("x-amz-checksum-crc32", "AAAAAA=="),
           ("Accept", "*/*"), ("x-amz-meta-empty", ""), ("Content-Encoding", "gzip"), ("x-emc-namespace", "ns"), ("Host", "other.example")]


def draw_url(source: random.Random, with_path: bool) -> str:
    scheme = source.choice(["https", "https", "http"])
    host = source.choice(["example.amazonaws.com", "bucket.s3.amazonaws.com", "localhost", "Example.COM", "127.0.0.1", "[::1]", "[2001:DB8::1]"])
    port = source.choice(["", "", "", ":80", ":443", ":9000"])
    # botocore signs no path for S3 where the wire has "/"; its requests always have one.
    path = source.choice(["/" if with_path else "", "/", "/" + "".join(source.choice(PATH_PIECES) for _ in range(source.randrange(8)))])
    pairs = []
    for _ in range(source.choice([0, 0, 1, 2, 4])):
        name, value = source.choice(QUERY_NAMES), source.choice(QUERY_VALUES)
        pairs.append(name if value is None else f"{name}={value}")
    return f"{scheme}://{host}{port}{path}" + ("?" + "&".join(pairs) if pairs else "")


def draw_headers(source: random.Random) -> list[list[str]]:
    chosen = [list(source.choice(HEADERS)) for _ in range(source.randrange(6))]
    if source.random() < 0.1:
        chosen.append(["Date", "old"])
    if source.random() < 0.1:
        chosen.append(["X-Amz-Date", "old"])
    if source.random() < 0.1:
        chosen.append(["Authorization", "old"])
    if source.random() < 0.1:
        chosen.append(["X-Amz-Content-SHA256", "given"])
    names = collections.Counter(name.lower() for name, _ in chosen)
    # Repeated Content-* headers are botocore's own trouble: HmacV1 signs the first as often as they are there.
    return [pair for pair in chosen if names[pair[0].lower()] == 1 or pair[0].lower() == "x-amz-meta-foo"]


def draw_request(source: random.Random, scheme: str) -> dict:
    in_query = scheme.endswith("-query")
    job = {
        "job": "sign", "scheme": scheme, "method": source.choice(["GET", "PUT", "POST", "DELETE", "get"]),
        "url": draw_url(source, "s3" in scheme), "headers": draw_headers(source), "time": source.randrange(0, 4_000_000_000),
        "access_key": source.choice(["AKIDEXAMPLE", "user@example.com", "A"]), "secret_key": source.choice(["secret", "a/b+c=", "ä"]),
        "region": source.choice(["us-east-1", "eu-west-1"]), "service": source.choice(["s3", "service", "execute-api"]),
        "body": base64.b64encode(source.choice([b"", b"", b"hello", bytes(range(256))])).decode(),
        "payload": {"has_checksum": False, "streaming": source.random() < 0.3, "sign": source.random() < 0.7, "trailer": False},
    }
    if source.random() < 0.4 or scheme.startswith("v4-s3express"):
        job["token"] = source.choice(["token", "to/k+e n=="])
    if in_query:
        job["body"] = ""
        job["expires"] = source.choice([1, 900, 604800])
    if scheme == "bearer":
        job["bearer"] = "tok-en_1"
    if scheme.startswith("s3") and "v4" not in scheme:
        job["auth_path"] = source.choice(["/bucket/key", "/b/"])
        job["headers"] = [pair for pair in job["headers"] if pair[0] != "X-Amz-Date" and not (in_query and pair[0] == "Date")]
        # In a URL botocore writes a repeated header's first value only.
        if in_query:
            job["headers"] = [pair for pair in job["headers"] if pair[0] != "x-amz-meta-foo"]
    if scheme in ("v4", "s3v4", *V4A_SCHEMES) and source.random() < 0.3:
        job["payload"]["setting"] = source.random() < 0.5
    job["payload"]["has_checksum"] = any(name == "Content-MD5" for name, _ in job["headers"])
    if scheme in ("s3v4",) and source.random() < 0.2:
        job["payload"]["trailer"] = True
    if scheme == "v2":
        params = {source.choice(["Action", "Version", "Foo", "a b", "ä", "~*"]): source.choice(["x", "a b", "+", "ä", "", "*~"]) for _ in range(3)}
        job["headers"], job["params"], job["in_body"] = [], params, source.random() < 0.5
        job["url"] = job["url"].split("?")[0]
    return job


# --- botocore ----------------------------------------------------------------------------------------------------


class Clock:
    """Holds botocore's clocks at one moment."""

    def __init__(self) -> None:
        import datetime
        import email.utils
        import time as real_time

        import botocore.auth
        import botocore.signers

        self.now = 0
        clock = self

        class Time:
            strftime = staticmethod(real_time.strftime)
            gmtime = staticmethod(lambda: real_time.gmtime(clock.now))
            time = staticmethod(lambda: float(clock.now))

        def current(remove_tzinfo=True):
            moment = datetime.datetime.fromtimestamp(clock.now, datetime.timezone.utc)
            return moment.replace(tzinfo=None) if remove_tzinfo else moment

        botocore.auth.time = Time
        botocore.auth.get_current_datetime = botocore.signers.get_current_datetime = current
        botocore.auth.formatdate = lambda timeval=None, usegmt=False: email.utils.formatdate(
            clock.now if timeval is None else timeval, usegmt=usegmt)
        try:
            import botocore.crt.auth

            botocore.crt.auth.get_current_datetime = current
        except ImportError:
            pass


class Identity:
    """Stands for the cache of a bucket's session: the credentials are given to the signer itself."""


def signer_of(job: dict, credentials):
    import botocore.auth

    classes = dict(botocore.auth.AUTH_TYPE_MAPS)
    if job["scheme"] in V4A_SCHEMES:
        import botocore.crt.auth

        classes = botocore.crt.auth.CRT_AUTH_TYPE_MAPS
    cls = classes[job["scheme"]]
    if cls.REQUIRES_TOKEN:
        from botocore.tokens import FrozenAuthToken

        return cls(FrozenAuthToken(job["bearer"]))
    options = {"expires": job["expires"]} if "expires" in job else {}
    if getattr(cls, "REQUIRES_IDENTITY_CACHE", False):
        options["identity_cache"] = Identity()
    if cls.REQUIRES_REGION:
        return cls(credentials, job["service"], job.get("region_set", job["region"]), **options)
    return cls(credentials, **options)


def aws_request(job: dict):
    from botocore.awsrequest import AWSRequest
    from botocore.config import Config

    request = AWSRequest(method=job["method"], url=job["url"], data=base64.b64decode(job["body"]), auth_path=job.get("auth_path"))
    if job["scheme"] == "v2":
        request.data, request.params = (dict(job["params"]), {}) if job["in_body"] else ({}, dict(job["params"]))
    for name, value in job["headers"]:
        request.headers.add_header(name, value)
    facts = job["payload"]
    s3 = {"payload_signing_enabled": facts["setting"]} if "setting" in facts else None
    request.context.update({"client_config": Config(s3=s3), "has_streaming_input": facts["streaming"]})
    if not facts["sign"]:
        request.context["payload_signing_enabled"] = False
    if facts["trailer"]:
        request.context["checksum"] = {"request_algorithm": {"in": "trailer", "name": "x"}}
    return request


def botocore_answer(job: dict, clock: Clock) -> dict:
    from botocore.credentials import Credentials

    clock.now = job["time"]
    credentials = Credentials(job["access_key"], job["secret_key"], job.get("token")).get_frozen_credentials()
    request = aws_request(job)
    signer_of(job, credentials).add_auth(request)
    headers = [[name, value] for name, value in request.headers.items()]
    if job["scheme"] == "s3-query":
        # botocore keeps expiry and token in headers, too, which nobody sends.
        headers = [pair for pair in headers if pair[0] not in ("Date", "x-amz-security-token")]
    prepared = request.prepare()
    body = prepared.body or b""
    return {"url": prepared.url, "headers": headers, "body": base64.b64encode(body.encode() if isinstance(body, str) else body).decode()}


def for_driver(job: dict) -> dict:
    """The job with the form of SigV2 as it stands on the wire."""
    if job["scheme"] != "v2":
        return job
    from urllib.parse import urlencode

    job = dict(job, body="")
    form = urlencode(job["params"])
    if job["in_body"]:
        job["body"] = base64.b64encode(form.encode()).decode()
    else:
        job["url"] += "?" + form
    return job


# --- comparing ---------------------------------------------------------------------------------------------------


def same_url(ours: str, theirs: str) -> bool:
    # An empty path is written as "/" by us, and a host as it is by both.
    def with_slash(url):
        head, mark, query = url.partition("?")
        return (head if "/" in head.split("//", 1)[1] else head + "/") + mark + query

    return with_slash(ours) == with_slash(theirs)


def compare(job: dict, ours: dict, theirs: dict) -> str | None:
    if "error" in ours:
        return f"ours: {ours['error']}: {ours['message']}"
    problems = []
    if not same_url(ours["url"], theirs["url"]):
        problems.append(f"url\n  ours   {ours['url']}\n  theirs {theirs['url']}")
    if ours["headers"] != theirs["headers"]:
        problems.append(f"headers\n  ours   {ours['headers']}\n  theirs {theirs['headers']}")
    if ours["body"] != theirs["body"]:
        problems.append(f"body\n  ours   {base64.b64decode(ours['body'])!r}\n  theirs {base64.b64decode(theirs['body'])!r}")
    if problems:
        problems.append(f"canonical request: {ours['canonical_request']!r}\nstring to sign: {ours['string_to_sign']!r}")
        return "\n".join(problems)
    return None


def check_signatures(driver: Driver, tally, clock: Clock, source: random.Random, count: int, show: int) -> None:
    jobs = [draw_request(source, source.choice(SCHEMES)) for _ in range(count)]
    answers = driver.ask([for_driver(job) for job in jobs])
    failures = collections.Counter()
    for number, (job, ours) in enumerate(zip(jobs, answers)):
        theirs = botocore_answer(job, clock)
        problem = compare(job, ours, theirs)
        failures[job["scheme"]] += problem is not None
        if problem is None or failures[job["scheme"]] <= show:
            tally.record(f"{job['scheme']} request {number}", problem and f"{json.dumps(job)}\n{problem}")
        else:
            tally.failed += 1


# --- Version 4a, with AWS's own library --------------------------------------------------------------------------


def split_signature(answer: dict) -> tuple[dict, str]:
    """The answer without what differs each time, and the signature."""
    signature = ""
    head, mark, value = answer["url"].partition("&X-Amz-Signature=")
    if mark:
        signature = value
    headers = []
    for name, text in answer["headers"]:
        start, mark, value = text.partition(", Signature=")
        if name.lower() == "authorization" and mark:
            signature, text = value, start
        headers.append([name.lower(), text.strip()])
    # The library writes the Host header itself, puts what it adds in another order, and trims values.
    headers = sorted(pair for pair in headers if pair[0] != "host")
    return {"url": head, "headers": headers, "body": answer["body"]}, signature


def check_v4a(driver: Driver, tally, clock: Clock, source: random.Random, count: int, show: int) -> None:
    try:
        import awscrt.exceptions
    except ImportError:
        tally.skip("Version 4a against awscrt", f"awscrt is not installed in {sys.prefix}")
        return
    jobs = []
    for _ in range(count):
        job = draw_request(source, source.choice(V4A_SCHEMES))
        job["region_set"] = source.choice(["*", "us-east-1", "us-*,eu-west-1"])
        job["secret_key"] = source.choice(["secret", "a/b+c="])
        # The library refuses what it must not find in a request, and knows upper-case methods only.
        refused = ("x-amz-date", "authorization", "x-amz-content-sha256", "date", "transfer-encoding")
        job["headers"] = [pair for pair in job["headers"] if pair[0].lower() not in refused]
        job["method"] = job["method"].upper()
        # The library encodes a query anew, so that what is not encoded strictly is signed otherwise than it is sent, and
        # takes "://" within a path for the end of a scheme.
        job["url"] = job["url"].replace("a+b", "a%20b").replace("a=b", "a%3Db")
        scheme, _, rest = job["url"].partition("://")
        job["url"] = f"{scheme}://{rest.replace('://', '/')}"
        jobs.append(job)
    answers = driver.ask(jobs)
    verifications, names, refused_by = [], [], collections.Counter()
    failed = 0
    for number, (job, ours) in enumerate(zip(jobs, answers)):
        try:
            theirs, signature = split_signature(botocore_answer(job, clock))
        except awscrt.exceptions.AwsCrtError as error:
            refused_by[error.name] += 1
            continue
        problem = compare(job, {**split_signature(ours)[0], **{k: ours[k] for k in ("canonical_request", "string_to_sign")}}, theirs) if "error" not in ours else str(ours)
        failed += problem is not None
        if problem is not None and failed <= show:
            tally.record(f"{job['scheme']} request {number}", f"{json.dumps(job)}\n{problem}")
        elif problem is not None:
            tally.failed += 1
        else:
            for text in (signature, ours["signature"]):
                verifications.append({"job": "verify", "access_key": job["access_key"], "secret_key": job["secret_key"],
                                      "text": ours["string_to_sign"], "signature": text})
                names.append((number, job, ours))
    print(f"Version 4a: {len(jobs)} requests, refused by awscrt: {dict(refused_by)}")
    for index, answer in enumerate(driver.ask(verifications)):
        number, job, ours = names[index]
        verified = answer.get("verified")
        tally.record(f"{job['scheme']} request {number}, {'our' if index % 2 else 'their'} signature",
                     None if verified else f"{json.dumps(job)}\nis not of our string to sign\n{ours['canonical_request']}")


# --- forms and tokens --------------------------------------------------------------------------------------------


def draw_form(source: random.Random) -> dict:
    conditions = [source.choice([{"acl": "private"}, ["content-length-range", 1, 100], ["starts-with", "$Content-Type", "image/"], {"x-amz-meta-ä": "\u2028\"\n"}])
                  for _ in range(source.randrange(4))]
    job = {"job": "form", "scheme": source.choice(["s3-presign-post", "s3v4-presign-post", "v4-s3express-presign-post"]),
           "fields": [[name, "x"] for name in source.sample(["acl", "Content-Type", "key", "redirect"], source.randrange(4))],
           "conditions": conditions, "bucket": "bucket", "key": source.choice(["k", "a/${filename}", "ä"]), "expires": source.choice([1, 3600]),
           "region": "us-east-1", "service": "s3", "time": source.randrange(0, 4_000_000_000), "access_key": "AKID", "secret_key": "sec/ret"}
    if source.random() < 0.5 or "express" in job["scheme"]:
        job["token"] = "to/ken"
    return job


def botocore_form(job: dict, clock: Clock) -> list:
    import datetime

    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    clock.now = job["time"]
    fields, conditions = dict(job["fields"]), list(job["conditions"])
    conditions.append({"bucket": job["bucket"]})
    if job["key"].endswith("${filename}"):
        conditions.append(["starts-with", "$key", job["key"][: -len("${filename}")]])
    else:
        conditions.append({"key": job["key"]})
    fields["key"] = job["key"]
    end = datetime.datetime.fromtimestamp(job["time"] + job["expires"], datetime.timezone.utc)
    request = AWSRequest(method="PUT", url="https://bucket.s3.amazonaws.com/")
    request.context.update({"s3-presign-post-fields": fields,
                            "s3-presign-post-policy": {"expiration": end.strftime("%Y-%m-%dT%H:%M:%SZ"), "conditions": conditions}})
    credentials = Credentials(job["access_key"], job["secret_key"], job.get("token")).get_frozen_credentials()
    signer_of({name: value for name, value in job.items() if name != "expires"}, credentials).add_auth(request)
    return [[name, value] for name, value in request.context["s3-presign-post-fields"].items()]


def check_forms(driver: Driver, tally, clock: Clock, source: random.Random, count: int) -> None:
    jobs = [draw_form(source) for _ in range(count)]
    for number, (job, ours) in enumerate(zip(jobs, driver.ask(jobs))):
        theirs = botocore_form(job, clock)
        same = ours.get("fields") == theirs
        tally.record(f"form {number}", None if same else f"{json.dumps(job)}\nours   {ours}\ntheirs {theirs}")


def eks_token(sts, cluster: str) -> str:
    """The token of `aws eks get-token`: by aws-cli itself where it is installed, else as it makes it."""
    name = "before-sign.sts.GetCallerIdentity"
    try:
        from awscli.customizations.eks import get_token
    except ImportError:
        get_token = None
    if get_token is not None:
        get_token.STSClientFactory(None)._register_k8s_aws_id_handlers(sts)
        return get_token.TokenGenerator(sts).get_token(cluster)
    add = lambda request, **kwargs: request.headers.__setitem__("x-k8s-aws-id", cluster)  # noqa: E731
    sts.meta.events.register(name, add)
    url = sts.generate_presigned_url("get_caller_identity", ExpiresIn=60, HttpMethod="GET")
    sts.meta.events.unregister(name, add)
    return "k8s-aws-v1." + base64.urlsafe_b64encode(url.encode()).decode().rstrip("=")


def check_tokens(driver: Driver, tally, clock: Clock, source: random.Random, count: int) -> None:
    import botocore.session

    clients = {}
    jobs, expected = [], []
    for _ in range(count):
        token = source.choice(["", "to/ken"])
        kind = source.choice(["rds", "dsql", "dsql-admin", "eks"])
        job = {"job": "token", "kind": kind, "host": "db.example.com", "port": source.choice([443, 3306]), "user": source.choice(["u", "a b/ä"]),
               "region": "eu-west-1", "time": source.randrange(0, 4_000_000_000), "expires": 900, "access_key": "AKID", "secret_key": "sec/ret", "token": token}
        if kind == "eks":
            job.update(cluster=source.choice(["my-cluster", "c"]), host="https://sts.eu-west-1.amazonaws.com")
        key = ("sts" if kind == "eks" else kind[:4].rstrip("-"), token)
        if key not in clients:
            clients[key] = botocore.session.get_session().create_client(
                key[0], region_name="eu-west-1" if kind == "eks" else "us-east-1", aws_access_key_id="AKID", aws_secret_access_key="sec/ret", aws_session_token=token or None)
        clock.now = job["time"]
        if kind == "rds":
            theirs = clients[key].generate_db_auth_token(job["host"], job["port"], job["user"], "eu-west-1")
        elif kind == "eks":
            theirs = eks_token(clients[key], job["cluster"])
        elif kind == "dsql":
            theirs = clients[key].generate_db_connect_auth_token(job["host"], "eu-west-1")
        else:
            theirs = clients[key].generate_db_connect_admin_auth_token(job["host"], "eu-west-1")
        jobs.append(job)
        expected.append(theirs)
    for number, (job, ours, theirs) in enumerate(zip(jobs, driver.ask(jobs), expected)):
        same = ours.get("token") == theirs
        tally.record(f"token {number}", None if same else f"{json.dumps(job)}\nours   {ours}\ntheirs {theirs}")


def check_cloudfront(driver: Driver, tally, source: random.Random, count: int) -> None:
    from botocore.signers import CloudFrontSigner

    with tempfile.TemporaryDirectory() as folder:
        key = os.path.join(folder, "key.pem")
        try:
            subprocess.run(["openssl", "genrsa", "-out", key, "2048"], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            tally.skip("CloudFront's signatures", "the program openssl made no key")
            return

        def rsa(message: bytes) -> bytes:
            return subprocess.run(["openssl", "dgst", "-sha1", "-sign", key], input=message, check=True, capture_output=True).stdout

        with open(key, encoding="ascii") as file:
            pem = file.read()
        theirs = CloudFrontSigner("KEY", rsa)
        for number in range(count):
            check_cloudfront_url(driver, tally, theirs, draw_cloudfront(source, pem), number)


def draw_cloudfront(source: random.Random, pem: str) -> dict:
    job = {"job": "cloudfront", "pem": pem, "key_id": "KEY", "url": source.choice(["https://d.example/x", "https://d.example/x?y=1", "https://d.example/*ä\""]),
           "expires": source.randrange(0, 4_000_000_000)}
    if source.random() < 0.5:
        job["not_before"] = source.randrange(1, 4_000_000_000)
    if source.random() < 0.5:
        job["ip"] = source.choice(["1.2.3.4", "1.2.0.0/16"])
    return job


def check_cloudfront_url(driver: Driver, tally, signer, job: dict, number: int) -> None:
    import datetime

    def moment(name):
        return datetime.datetime.fromtimestamp(job[name], datetime.timezone.utc) if name in job else None

    policy = signer.build_policy(job["url"], moment("expires"), moment("not_before"), job.get("ip"))
    wanted = {"policy": policy, "canned": signer.generate_presigned_url(job["url"], date_less_than=moment("expires")),
              "custom": signer.generate_presigned_url(job["url"], policy=policy)}
    ours = driver.ask([job])[0]
    tally.record(f"CloudFront {number}", None if ours == wanted else f"ours   {ours}\ntheirs {wanted}")


# --- choices -----------------------------------------------------------------------------------------------------

TRAITS = ["aws.auth#sigv4", "aws.auth#sigv4a", "smithy.api#httpBearerAuth", "smithy.api#noAuth"]
ENDPOINT_SCHEMES = [
    {"name": "sigv4", "signingName": "s3", "signingRegion": "eu-west-1"},
    {"name": "sigv4", "signingName": "other"},
    {"name": "sigv4a", "signingName": "s3", "signingRegionSet": ["*"]},
    {"name": "sigv4a", "signingRegionSet": ["us-*", "eu-*"]},
    {"name": "sigv4-s3express", "signingName": "s3express", "signingRegion": "us-west-2"},
    {"name": "made-up"},
]


def draw_choice(source: random.Random) -> dict:
    in_code = source.choice(["", "", "", "", "v4", "v4a", "s3v4", "s3", "v2", "none"])
    preference = source.choice([[], [], [], ["sigv4"], ["sigv4a"], ["httpBearerAuth", "sigv4"], ["made-up"], ["noAuth"], ["sigv4a", "sigv4"]])
    form = source.choice([0, 0, 1, 2])
    return {
        "job": "choose", "requested_in_code": in_code, "client_scheme": in_code or source.choice(["v4", "v4", "s3v4", "v2", "bearer"]),
        "preference": preference, "preference_in_code": bool(preference) and source.random() < 0.5,
        "service_auth": source.choice([[], ["aws.auth#sigv4"], ["aws.auth#sigv4", "smithy.api#httpBearerAuth"], ["aws.auth#sigv4a", "aws.auth#sigv4"]]),
        "operation_auth": source.choice([[], [], [], *[source.sample(TRAITS, n) for n in (1, 2, 3)]]),
        "operation_auth_type": source.choice(["", "", "", "v4", "none", "v4-unsigned-body", "bearer"]),
        "unsigned_payload": source.random() < 0.2,
        "endpoint_schemes": source.choice([None, None, source.sample(ENDPOINT_SCHEMES, 1), source.sample(ENDPOINT_SCHEMES, 2)]),
        "presign_with_v1": not in_code and source.random() < 0.3, "signing_name": source.choice(["s3", "bedrock", "service"]),
        "region": source.choice(["us-west-2", "us-west-2", "us-west-2", ""]), "region_set": source.choice(["", "", "ap-*"]),
        "has_token": False, "form": form, "has_v4a": True, "service_token_name": source.random() < 0.3,
    }


class Chooser:
    """botocore's chain, from an operation's model to the signer, without a client around it."""

    def __init__(self) -> None:
        import botocore.auth

        # With its C library botocore has Version 4a; here only the names matter.
        class Asymmetric(botocore.auth.SigV4Auth):
            pass

        self._with_v4a = {**botocore.auth.AUTH_TYPE_MAPS, "v4a": Asymmetric, "s3v4a": Asymmetric, "s3v4a-query": Asymmetric}

    def choose(self, job: dict) -> dict:
        import botocore.auth
        import botocore.exceptions
        import botocore.regions

        kept = botocore.auth.AUTH_TYPE_MAPS, botocore.regions.AUTH_TYPE_MAPS
        botocore.auth.AUTH_TYPE_MAPS = botocore.regions.AUTH_TYPE_MAPS = self._with_v4a
        try:
            return self._choose(job)
        except botocore.exceptions.BotoCoreError as error:
            return {"error": type(error).__name__.removesuffix("Error")}
        finally:
            botocore.auth.AUTH_TYPE_MAPS, botocore.regions.AUTH_TYPE_MAPS = kept

    def _choose(self, job: dict) -> dict:
        import botocore
        from botocore import handlers
        from botocore.hooks import HierarchicalEmitter
        from botocore.model import ServiceId
        from botocore.signers import RequestSigner

        context = self._context(job)
        self._adopt_endpoint(job, context)
        emitter = HierarchicalEmitter()
        if job["presign_with_v1"]:
            emitter.register("choose-signer.s3", self._default_presign)
        emitter.register("choose-signer", handlers.set_operation_specific_signer)
        emitter.register("choose-signer", handlers._set_auth_scheme_preference_signer)
        from botocore.credentials import Credentials

        client_scheme = botocore.UNSIGNED if job["client_scheme"] == "none" else job["client_scheme"]
        signer = RequestSigner(ServiceId("s3"), job["region"] or None, job["signing_name"], client_scheme,
                               Credentials("a", "b", "c"), emitter, None)
        kind = ["standard", "presign-url", "presign-post"][job["form"]]
        seen = {}
        signer.get_auth_instance = lambda **options: self._seen(signer, seen, options)
        from botocore.awsrequest import AWSRequest

        request = AWSRequest(method="GET", url="https://h.example/")
        request.context = context
        signer.sign("Op", request, signing_type=kind)
        if not seen:
            return {"scheme": "none"}
        # Forms keep their names here, too.
        return {"scheme": seen["signature_version"], "signing_name": seen["signing_name"], "region": seen["region_name"] or "",
                "sign_payload": context.get("payload_signing_enabled", True)}

    @staticmethod
    def _seen(signer, seen: dict, options: dict):
        import botocore.auth
        import botocore.exceptions

        cls = botocore.auth.AUTH_TYPE_MAPS.get(options["signature_version"])
        if cls is None:
            raise botocore.exceptions.UnknownSignatureVersionError(signature_version=options["signature_version"])
        if cls.REQUIRES_REGION and signer.region_name is None:
            raise botocore.exceptions.NoRegionError()
        seen.update(options)

        class Nothing:
            def add_auth(self, request):
                pass

        return Nothing()

    @staticmethod
    def _default_presign(signature_version, **kwargs):
        from botocore.client import ClientCreator

        return ClientCreator._default_s3_presign_to_sigv2(None, signature_version)

    @staticmethod
    def _context(job: dict) -> dict:
        import botocore
        from botocore.args import ClientConfigString
        from botocore.auth import resolve_auth_scheme_preference, resolve_auth_type
        from botocore.config import Config

        preference = ",".join(job["preference"]) or None
        if preference and job["preference_in_code"]:
            preference = ClientConfigString(preference)
        version = job["client_scheme"]
        if job["requested_in_code"]:
            version = ClientConfigString(version)
        if version == "none":
            version = botocore.UNSIGNED
        config = Config(signature_version=version, sigv4a_signing_region_set=job["region_set"] or None)
        config.auth_scheme_preference = preference
        if job["operation_auth"] and preference:
            auth_type = resolve_auth_scheme_preference(preference.split(","), job["operation_auth"])
        elif job["operation_auth"]:
            auth_type = resolve_auth_type(job["operation_auth"])
        else:
            auth_type = job["operation_auth_type"] or None
        return {"client_config": config, "auth_type": auth_type, "unsigned_payload": job["unsigned_payload"], "auth_options": job["service_auth"] or None}

    @staticmethod
    def _adopt_endpoint(job: dict, context: dict) -> None:
        import botocore
        from botocore.regions import EndpointRulesetResolver

        if job["endpoint_schemes"] is None:
            return
        resolver = EndpointRulesetResolver.__new__(EndpointRulesetResolver)
        requested = job["requested_in_code"] or None
        resolver._requested_auth_scheme = botocore.UNSIGNED if requested == "none" else requested
        resolver._auth_scheme_preference = ",".join(job["preference"]) or None
        context["auth_type"], context["signing"] = resolver.auth_schemes_to_signing_ctx(job["endpoint_schemes"])


def is_deliberate(job: dict) -> bool:
    """Where docs/differences.md says that we choose otherwise."""
    # No endpoint has a scheme twice; botocore would take the first or the last, as it happens.
    twice = len({scheme["name"] for scheme in job["endpoint_schemes"] or []}) < len(job["endpoint_schemes"] or [])
    anonymous = job["operation_auth_type"] == "none" or job["operation_auth"] == ["smithy.api#noAuth"]
    names = [scheme["name"] for scheme in job["endpoint_schemes"] or []]
    # A preference that can name none of an endpoint's schemes fails in botocore, or with KeyError.
    unnameable = bool(job["preference"]) and any(name not in ("sigv4", "sigv4a") for name in names)
    return twice or anonymous or unnameable or (job["presign_with_v1"] and "none" in (job["client_scheme"],))


def check_choices(driver: Driver, tally, source: random.Random, count: int, show: int) -> None:
    jobs = [draw_choice(source) for _ in range(count)]
    for job in jobs:
        job["has_token"] = job["service_token_name"] and job["signing_name"] == "bedrock"
    chooser, failed = Chooser(), 0
    for number, (job, ours) in enumerate(zip(jobs, driver.ask(jobs))):
        if is_deliberate(job):
            continue
        os.environ.pop("AWS_BEARER_TOKEN_BEDROCK", None)
        if job["has_token"]:
            os.environ["AWS_BEARER_TOKEN_BEDROCK"] = "token"
        theirs = chooser.choose(job)
        no_url = theirs == {"error": "UnsupportedSignatureVersion"} and job["form"] == 1
        if no_url and (ours.get("scheme") == "v4a-query" or ours.get("error") == "NoRegion"):
            continue  # docs/differences.md: URLs of Version 4a for all services
        got = {"error": ours["error"]} if "error" in ours else {k: v for k, v in ours.items() if k in theirs}
        # An operation of its own scheme may be unsigned in a URL or form, too.
        if "scheme" in got and got["scheme"].startswith("none"):
            got["scheme"] = "none"
        failed += got != theirs
        if got == theirs or failed <= show:
            tally.record(f"choice {number}", None if got == theirs else f"{json.dumps(job)}\nours   {ours}\ntheirs {theirs}")
        else:
            tally.failed += 1


def record(path: str, clock: Clock) -> int:
    """Writes what botocore answers beside each job of the file; tests/suites/test_signer_vectors.py compares with it."""
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    for case in document["cases"]:
        case["job"] = {"job": "sign", "body": "", "headers": [], "payload": {"has_checksum": False, "streaming": False, "sign": True, "trailer": False}, **case["job"]}
        if case["job"]["job"] == "form":
            case["expected"] = {"fields": botocore_form(case["job"], clock)}
        else:
            case["expected"] = botocore_answer(case["job"], clock)
            case["job"] = for_driver(case["job"])
            for name in ("params", "in_body"):
                case["job"].pop(name, None)
    lines = ",\n".join("  " + json.dumps(case, ensure_ascii=False) for case in document["cases"])
    with open(path, "w", encoding="utf-8") as file:
        file.write('{\n "about": ' + json.dumps(document["about"]) + ',\n "cases": [\n' + lines + "\n ]\n}\n")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--cases", type=int, help=f"requests; default {DEFAULT_CASES}")
    parser.add_argument("--all", action="store_true", help=f"{ALL_CASES} requests")
    parser.add_argument("--driver", default=DRIVER, help="the program that signs")
    parser.add_argument("--show", type=int, default=4, help="failures of a kind to print; default 4")
    parser.add_argument("--record", metavar="FILE", help="write botocore's answers into a file of jobs")
    options = parser.parse_args()
    if options.record:
        return record(options.record, Clock())
    tally = wire_program.Tally()
    driver = Driver(options.driver)
    wire_program.stop_if_impossible(driver, tally, "signatures against botocore")
    count = options.cases or (ALL_CASES if options.all or wire_program.RUN_ALL else DEFAULT_CASES)
    print(f"signatures: seed {options.seed}, {count} requests")
    source, clock = random.Random(options.seed), Clock()
    check_signatures(driver, tally, clock, source, count, options.show)
    check_v4a(driver, tally, clock, source, count // 6, options.show)
    check_forms(driver, tally, clock, source, count // 10)
    check_tokens(driver, tally, clock, source, count // 30)
    check_cloudfront(driver, tally, source, 10)
    check_choices(driver, tally, source, count, options.show)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
