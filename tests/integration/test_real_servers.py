#!/usr/bin/env python3
"""The program against S3 servers that others wrote: moto, moto with IAM, and versitygw, which verify signatures.

What the program stores is read back with botocore, and the other way round, so that two mistakes of the program
cannot cancel each other. The last line of output is `N passed, N failed, N skipped`.
"""

from __future__ import annotations

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "differential"))
import python_environment  # noqa: E402  first: it may restart the script inside the venv

import argparse  # noqa: E402
import concurrent.futures  # noqa: E402
import hashlib  # noqa: E402
import json  # noqa: E402
import random  # noqa: E402
import shlex  # noqa: E402
import subprocess  # noqa: E402
import tempfile  # noqa: E402
import traceback  # noqa: E402
import urllib.error  # noqa: E402
import urllib.request  # noqa: E402

import s3_servers  # noqa: E402
import wire_program  # noqa: E402

MIB = 1024 * 1024
LARGE_BYTES = 64 * MIB
# What a 64 MiB body may add to the peak memory of moving one byte: buffers, not the body.
MOST_EXTRA_KIB = 12 * 1024
LISTED_KEYS = 2500
# A process starts with the peak of the one it was forked from, so a small one stands between; it writes its child's
# peak into the file named first.
MEASURE = """
import os, sys
pid = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(pid, 0)
with open(sys.argv[1], "w") as file:
    file.write(str(usage.ru_maxrss))
sys.exit(os.waitstatus_to_exitcode(status) & 255)
"""
FILE_SYSTEM_KEYS = [
    "plain.txt", "a b", "a+b", "100%", "a%20b", "é/ü.txt", "日本語/キー", "😀", "q?x=1&y=2#z", "semi;colon:at@", "quote'\"",
    "<tag>&amp;", "star*paren()!", "~tilde", "back\\slash", "{brace}[bracket]|^`", "$dollar,comma=equals", "deep/er/and/deeper",
    "tab\tinside", "-dash", "--double", "trailing.dot.", "@file", "\u202eright",
]
EXACT_KEYS = FILE_SYSTEM_KEYS + ["/leading", "//two", "a//b", "trailing/", "./dot/../segments", "..", "line\nbreak", " pad "]


class Outcome:
    """How one run of the program ended."""

    def __init__(self, status: int, stdout: str, stderr: str) -> None:
        self.status = status
        self.stdout = stdout
        self.stderr = stderr

    @property
    def value(self):
        return json.loads(self.stdout) if self.stdout.strip() else {}


class CheckSkipped(Exception):
    """The server cannot do what the check is about, whoever asks."""


class CheckFailed(Exception):
    pass


def expect(condition: bool, text: str) -> None:
    if not condition:
        raise CheckFailed(text)


class Checks:
    """The named checks, run in order against one server; each method `check_*` is one."""

    def __init__(self, command: str, server, tally, folder: str) -> None:
        self.command = shlex.split(command)
        self.server = server
        self.tally = tally
        self.folder = folder
        self.client = self.make_client()
        self.random = random.Random(5)

    # -- running things

    def make_client(self):
        import botocore.config
        import botocore.session

        config = botocore.config.Config(s3={"addressing_style": "path"}, max_pool_connections=8)
        return botocore.session.Session().create_client(
            "s3", region_name="us-east-1", endpoint_url=self.server.url, config=config,
            aws_access_key_id=self.server.access_key, aws_secret_access_key=self.server.secret_key,
        )

    def run(self, *arguments: str, keys: tuple[str, str] | None = None, region: str = "us-east-1",
            url: str | None = None) -> Outcome:
        access_key, secret_key = keys or (self.server.access_key, self.server.secret_key)
        environment = {**os.environ, "AWS_ACCESS_KEY_ID": access_key, "AWS_SECRET_ACCESS_KEY": secret_key}
        command = [*self.command, *arguments, "--endpoint-url", url or self.server.url, "--region", region]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=environment, check=False)
        return Outcome(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))

    def peak_kib(self, *arguments: str) -> int:
        """Runs the program, which must succeed, and gives the most memory it ever held."""
        plain, note = self.command, os.path.join(self.folder, "peak")
        self.command = [sys.executable, "-I", "-S", "-c", MEASURE, note, os.path.abspath(plain[0]), *plain[1:]]
        try:
            self.ok(*arguments)
        finally:
            self.command = plain
        with open(note, encoding="utf-8") as file:
            return int(file.read())

    def ok(self, *arguments: str, **options) -> Outcome:
        outcome = self.run(*arguments, **options)
        text = f"exit status {outcome.status} of {' '.join(arguments)[:200]}: {outcome.stderr.strip()[:600]}"
        expect(outcome.status == 0, text)
        return outcome

    def call(self, operation: str, params: dict, *more: str, **options) -> Outcome:
        return self.ok("call", "s3", operation, "--params", json.dumps(params), *more, **options)

    def refused(self, outcome: Outcome, status: int, *texts: str) -> None:
        expect(outcome.status == status, f"exit status {outcome.status}, expected {status}: {outcome.stderr.strip()[:300]}")
        expect(outcome.stdout.strip() == "", f"standard output is not empty: {outcome.stdout[:200]}")
        first = outcome.stderr.splitlines()[0] if outcome.stderr.strip() else ""
        expect(first.startswith("botocxx: error: "), f"standard error begins with {first!r}")
        expect(any(text in outcome.stderr for text in texts), f"none of {texts} in: {outcome.stderr.strip()[:300]}")
        expect(self.server.secret_key not in outcome.stderr, "the secret key is in standard error")

    def file(self, name: str, data: bytes) -> str:
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(data)
        return path

    def stored(self, key: str) -> bytes:
        return self.client.get_object(Bucket="shelf", Key=key)["Body"].read()

    # -- the checks, in this order

    def all(self) -> None:
        for name in [n for n in dir(type(self)) if n.startswith("check_")]:
            title = f"{self.server.name}: {name[10:].replace('_', ' ')}"
            try:
                getattr(self, name)()
                self.tally.record(title)
            except CheckSkipped as reason:
                self.tally.skip(title, str(reason))
            except CheckFailed as failure:
                self.tally.record(title, str(failure))
            except Exception:
                self.tally.record(title, traceback.format_exc(limit=3))
        self.round_trips()

    def check_010_create_a_bucket_and_list_it(self) -> None:
        self.ok("s3api", "create-bucket", "--bucket", "shelf")
        names = [bucket["Name"] for bucket in self.call("ListBuckets", {}).value["Buckets"]]
        expect("shelf" in names, f"buckets are {names}")

    def check_020_put_one_byte(self) -> None:
        answer = self.ok("s3api", "put-object", "--bucket", "shelf", "--key", "one", "--body", self.file("one", b"x")).value
        expect(answer["ETag"] == '"9dd4e461268c8034f5c8564e155c67a6"', f"ETag is {answer['ETag']}")
        expect(self.stored("one") == b"x", "botocore reads something else")

    def check_021_put_nothing(self) -> None:
        self.ok("s3api", "put-object", "--bucket", "shelf", "--key", "empty", "--body", self.file("empty", b""))
        expect(self.stored("empty") == b"", "botocore reads something else")

    def check_022_put_by_call_with_metadata(self) -> None:
        params = {"Bucket": "shelf", "Key": "meta", "ContentType": "text/x-odd; a=b", "Metadata": {"color": "dark  red"}}
        self.call("PutObject", params, "--body", self.file("meta", b"m"))
        head = self.client.head_object(Bucket="shelf", Key="meta")
        expect(head["ContentType"] == "text/x-odd; a=b", f"ContentType is {head['ContentType']}")
        expect(" ".join(head["Metadata"]["color"].split()) == "dark red", f"Metadata is {head['Metadata']}")
        ours = self.call("HeadObject", {"Bucket": "shelf", "Key": "meta"}).value
        expect(ours["Metadata"] == head["Metadata"], f"HeadObject gives {ours['Metadata']}")
        expect(ours["ContentLength"] == 1, f"ContentLength is {ours['ContentLength']!r}")

    def signed_url(self, operation: str, params: dict, secret_key: str | None = None) -> str:
        line = {"service": "s3", "operation": operation, "params": params, "region": "us-east-1", "endpoint_url": self.server.url,
                "credentials": {"access_key": self.server.access_key, "secret_key": secret_key or self.server.secret_key},
                "config": {"signature_version": "s3v4", "s3": {"addressing_style": "path"}}, "presign": {"expires_in": 300}}
        done = subprocess.run([*self.command, "wire", "request"], input=json.dumps(line) + "\n", capture_output=True, text=True, check=True)
        answer = json.loads(done.stdout)
        expect("url" in answer, f"no URL: {answer}")
        return answer["url"]

    def skip_if_botocores_url_is_refused(self, place: dict) -> None:
        url = self.client.generate_presigned_url("put_object", Params=place)
        put = urllib.request.Request(url, data=b"x", method="PUT", headers={"Content-Type": "application/octet-stream"})
        try:
            urllib.request.urlopen(put, timeout=30).close()
        except urllib.error.HTTPError as error:
            raise CheckSkipped(f"a signed URL of botocore's is refused, too ({error.code})") from error

    def check_023_put_and_get_by_signed_urls(self) -> None:
        place = {"Bucket": "shelf", "Key": "signed/é +%?.txt"}
        put = urllib.request.Request(self.signed_url("PutObject", place), data=b"by URL", method="PUT",
                                     headers={"Content-Type": "application/octet-stream"})
        try:
            with urllib.request.urlopen(put, timeout=30) as answer:
                expect(answer.status == 200, f"status {answer.status}")
        except urllib.error.HTTPError as error:
            self.skip_if_botocores_url_is_refused(place)
            raise CheckFailed(f"the URL is refused: {error.code} {error.read()[:300]}") from error
        with urllib.request.urlopen(self.signed_url("GetObject", place), timeout=30) as answer:
            expect(answer.read() == b"by URL", "something else is read")
        expect(self.stored(place["Key"]) == b"by URL", "botocore reads something else")
        if not self.server.verifies:
            return
        try:
            urllib.request.urlopen(self.signed_url("GetObject", place, secret_key="wrong"), timeout=30)
        except urllib.error.HTTPError as error:
            expect(error.code == 403, f"status {error.code}")
        else:
            raise CheckFailed("a URL that was signed with another key is taken")

    def check_030_get_to_a_file(self) -> None:
        data = bytes(range(256)) * 40
        self.client.put_object(Bucket="shelf", Key="bytes", Body=data)
        target = os.path.join(self.folder, "got")
        answer = self.ok("s3api", "get-object", "--bucket", "shelf", "--key", "bytes", target).value
        with open(target, "rb") as file:
            expect(file.read() == data, "the file differs")
        expect(answer["ContentLength"] == len(data), f"ContentLength is {answer['ContentLength']!r}")
        expect("Body" not in answer, "the answer has a Body beside the file")

    def check_031_get_a_range(self) -> None:
        target = os.path.join(self.folder, "range")
        answer = self.ok("s3api", "get-object", "--bucket", "shelf", "--key", "bytes", "--range", "bytes=5-9", target).value
        with open(target, "rb") as file:
            expect(file.read() == bytes([5, 6, 7, 8, 9]), "the file differs")
        expect(answer["ContentRange"] == "bytes 5-9/10240", f"ContentRange is {answer['ContentRange']}")

    def check_040_put_64_mib_in_bounded_memory(self) -> None:
        path = self.large_file()
        put = ("s3api", "put-object", "--bucket", "shelf", "--key")
        small = self.peak_kib(*put, "one", "--body", self.file("one", b"x"))
        self.expect_bounded("put", small, self.peak_kib(*put, "large", "--body", path))
        expect(self.client.head_object(Bucket="shelf", Key="large")["ContentLength"] == LARGE_BYTES, "length differs")

    def check_041_get_64_mib_in_bounded_memory(self) -> None:
        target = os.path.join(self.folder, "large.got")
        get = ("s3api", "get-object", "--bucket", "shelf", "--key")
        small = self.peak_kib(*get, "one", os.path.join(self.folder, "one.got"))
        self.expect_bounded("get", small, self.peak_kib(*get, "large", target))
        expect(digest_of(target) == digest_of(self.large_file()), "the bytes differ")
        os.remove(target)

    def expect_bounded(self, what: str, small: int, large: int) -> None:
        print(f"{self.server.name}: {what}: peak {small} KiB for 1 byte, {large} KiB for 64 MiB")
        text = f"{large - small} KiB more than for one byte, at most {MOST_EXTRA_KIB} expected"
        expect(large - small < MOST_EXTRA_KIB or self.is_sanitized(), text)

    def is_sanitized(self) -> bool:
        """A sanitizer keeps freed memory for a while: then the peak says nothing."""
        with open(self.command[0], "rb") as file:
            binary = file.read()
        return b"__asan_init" in binary or b"__tsan_init" in binary

    def large_file(self) -> str:
        path = os.path.join(self.folder, "large")
        if not os.path.exists(path):
            block = self.random.randbytes(MIB)
            with open(path, "wb") as file:
                for number in range(LARGE_BYTES // MIB):
                    file.write(number.to_bytes(8, "big") + block[8:])
        return path

    def check_050_multipart_upload(self) -> None:
        place = {"Bucket": "shelf", "Key": "parts"}
        upload = self.call("CreateMultipartUpload", place).value["UploadId"]
        pieces = [self.random.randbytes(5 * MIB), self.random.randbytes(1000)]
        parts = []
        for number, piece in enumerate(pieces, 1):
            params = {**place, "UploadId": upload, "PartNumber": number}
            answer = self.call("UploadPart", params, "--body", self.file(f"part{number}", piece)).value
            parts.append({"ETag": answer["ETag"], "PartNumber": number})
        listed = self.call("ListParts", {**place, "UploadId": upload}).value["Parts"]
        expect([p["Size"] for p in listed] == [5 * MIB, 1000], f"parts listed: {listed}")
        done = self.call("CompleteMultipartUpload", {**place, "UploadId": upload, "MultipartUpload": {"Parts": parts}}).value
        expect(done["ETag"].rstrip('"').endswith("-2"), f"ETag is {done['ETag']}")
        expect(self.stored("parts") == b"".join(pieces), "botocore reads something else")

    def check_051_abort_a_multipart_upload(self) -> None:
        place = {"Bucket": "shelf", "Key": "given-up"}
        upload = self.call("CreateMultipartUpload", place).value["UploadId"]
        self.call("AbortMultipartUpload", {**place, "UploadId": upload})
        left = self.call("ListMultipartUploads", {"Bucket": "shelf"}).value.get("Uploads", [])
        expect(upload not in [u["UploadId"] for u in left], f"still there: {left}")

    def check_060_list_2500_keys_by_continuation(self) -> None:
        wanted = [f"many/{number:05d} é+&" for number in range(LISTED_KEYS)]
        self.client.create_bucket(Bucket="many")
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda key: self.client.put_object(Bucket="many", Key=key, Body=b""), wanted))
        found, pages, token = [], 0, None
        while pages < 10:
            params = {"Bucket": "many", "Prefix": "many/"}
            if token:
                params["ContinuationToken"] = token
            page = self.call("ListObjectsV2", params).value
            found += [entry["Key"] for entry in page["Contents"]]
            pages += 1
            token = page.get("NextContinuationToken")
            if not page["IsTruncated"]:
                break
        expect(pages == 3, f"{pages} pages")
        expect(found == sorted(wanted), f"{len(found)} keys, first {found[:2]}")

    def check_061_list_with_a_delimiter(self) -> None:
        for key in ("tree/a", "tree/b/1", "tree/b/2", "tree/c d/3"):
            self.client.put_object(Bucket="shelf", Key=key, Body=b"1")
        page = self.call("ListObjectsV2", {"Bucket": "shelf", "Prefix": "tree/", "Delimiter": "/"}).value
        expect([e["Key"] for e in page["Contents"]] == ["tree/a"], f"Contents: {page['Contents']}")
        groups = [e["Prefix"] for e in page["CommonPrefixes"]]
        expect(groups == ["tree/b/", "tree/c d/"], f"CommonPrefixes: {groups}")

    def check_070_copy_an_object(self) -> None:
        self.call("CopyObject", {"Bucket": "shelf", "Key": "copy of one", "CopySource": "shelf/one"})
        expect(self.stored("copy of one") == b"x", "botocore reads something else")

    def check_080_delete_an_object(self) -> None:
        self.client.put_object(Bucket="shelf", Key="doomed", Body=b"")
        self.ok("s3api", "delete-object", "--bucket", "shelf", "--key", "doomed")
        left = self.client.list_objects_v2(Bucket="shelf", Prefix="doomed")["KeyCount"]
        expect(left == 0, "it is still there")

    def check_081_delete_a_bucket(self) -> None:
        self.client.create_bucket(Bucket="short-lived")
        self.ok("s3api", "delete-bucket", "--bucket", "short-lived")
        names = [b["Name"] for b in self.client.list_buckets()["Buckets"]]
        expect("short-lived" not in names, f"buckets are {names}")

    def check_090_no_such_key(self) -> None:
        target = os.path.join(self.folder, "never")
        outcome = self.run("s3api", "get-object", "--bucket", "shelf", "--key", "nowhere", target)
        self.refused(outcome, 254, "(NoSuchKey)")
        expect(not os.path.exists(target), "the output file was made")

    def check_091_no_such_bucket(self) -> None:
        self.refused(self.run("s3api", "list-objects-v2", "--bucket", "no-shelf"), 254, "(NoSuchBucket)")

    def check_092_not_found_without_a_body(self) -> None:
        self.refused(self.run("s3api", "head-object", "--bucket", "shelf", "--key", "nowhere"), 254, "(404)")

    def check_093_bucket_not_empty(self) -> None:
        self.refused(self.run("s3api", "delete-bucket", "--bucket", "shelf"), 254, "(BucketNotEmpty)")

    def check_094_precondition_failed(self) -> None:
        outcome = self.run("s3api", "get-object", "--bucket", "shelf", "--key", "one", "--if-match", '"0"',
                           os.path.join(self.folder, "never"))
        self.refused(outcome, 254, "(PreconditionFailed)", "(412)")

    def check_095_no_such_upload(self) -> None:
        params = {"Bucket": "shelf", "Key": "parts", "UploadId": "e8a6c1f4-0b9e-4f5e-9d3c-2f6a7b8c9d0e"}
        outcome = self.run("call", "s3", "ListParts", "--params", json.dumps(params))
        self.refused(outcome, 254, "(NoSuchUpload)")

    def check_096_wrong_secret(self) -> None:
        if not self.server.verifies:
            return
        outcome = self.run("s3api", "list-objects-v2", "--bucket", "shelf", keys=(self.server.access_key, "wrong"))
        self.refused(outcome, 254, "(SignatureDoesNotMatch)", "(403)")

    def check_097_unknown_access_key(self) -> None:
        if not self.server.verifies:
            return
        outcome = self.run("s3api", "list-objects-v2", "--bucket", "shelf", keys=("nobody", "wrong"))
        self.refused(outcome, 254, "(InvalidAccessKeyId)", "(403)", "(XAdminUserNotFound)")

    def check_098_nobody_listens(self) -> None:
        url = f"http://127.0.0.1:{s3_servers.free_port()}"
        outcome = self.run("s3api", "list-buckets", url=url)
        self.refused(outcome, 255, "Could not connect to the endpoint URL")

    def check_099_body_file_missing(self) -> None:
        outcome = self.run("s3api", "put-object", "--bucket", "shelf", "--key", "x", "--body", "/no/such/file")
        expect(outcome.status in (252, 255), f"exit status {outcome.status}")
        expect("/no/such/file" in outcome.stderr, f"the file is not named: {outcome.stderr[:200]}")

    def check_100_no_header_can_be_smuggled_in(self) -> None:
        for value in ("a\r\nx-amz-acl: public-read", "a\nb", "a\x00b"):
            params = {"Bucket": "shelf", "Key": "smuggled", "Metadata": {"note": value}}
            outcome = self.run("call", "s3", "PutObject", "--params", json.dumps(params), "--body", self.file("s", b"1"))
            expect(outcome.status != 0, f"{value!r} was sent as metadata")
            left = self.client.list_objects_v2(Bucket="shelf", Prefix="smuggled")["KeyCount"]
            expect(left == 0, f"{value!r} was sent as metadata")

    # -- keys there and back

    def round_trips(self) -> None:
        """botocore goes first: where the server refuses a key of its, there is nothing to prove."""
        for key in EXACT_KEYS if self.server.exact_keys else FILE_SYSTEM_KEYS:
            title = f"{self.server.name}: key {key!r} there and back"
            try:
                self.client.put_object(Bucket="shelf", Key=key, Body=b"botocore")
                expect(self.stored(key) == b"botocore", "botocore reads something else than it wrote")
            except Exception as error:
                self.tally.skip(title, f"botocore cannot either: {error}".splitlines()[0][:150])
                continue
            try:
                self.round_trip(key)
                self.tally.record(title)
            except CheckFailed as failure:
                self.tally.record(title, str(failure))
            except Exception:
                self.tally.record(title, traceback.format_exc(limit=3))

    def round_trip(self, key: str) -> None:
        place = {"Bucket": "shelf", "Key": key}
        data = ("program " + key).encode()
        self.call("PutObject", place, "--body", self.file("key", data))
        expect(self.stored(key) == data, "botocore reads something else under this key")
        target = os.path.join(self.folder, "key.got")
        self.call("GetObject", place, target)
        with open(target, "rb") as file:
            expect(file.read() == data, "the program reads something else than it wrote")
        params = {"Bucket": "shelf", "Prefix": key}
        listed = [entry["Key"] for entry in self.call("ListObjectsV2", params).value.get("Contents", [])]
        expect(key in listed, f"listed as {listed}")
        self.call("DeleteObject", place)
        expect(self.client.list_objects_v2(**params)["KeyCount"] == len(listed) - 1, "it is still there")


def digest_of(path: str) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(MIB):
            digest.update(block)
    return digest.hexdigest()


SERVERS = {"moto": s3_servers.moto_server, "strict-moto": s3_servers.strict_moto_server,
           "versitygw": s3_servers.versity_gateway}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=wire_program.DEFAULT_PROGRAM, help="command line of botocxx")
    parser.add_argument("--server", choices=sorted(SERVERS), help="this server only")
    options = parser.parse_args()
    tally = wire_program.Tally()
    program = wire_program.Program(options.program)
    wire_program.stop_if_impossible(program, tally, "S3 servers that others wrote")
    for name, start in SERVERS.items():
        if options.server not in (None, name):
            continue
        with tempfile.TemporaryDirectory(prefix="botocxx-servers-") as folder:
            try:
                with start(folder) as server:
                    Checks(options.program, server, tally, folder).all()
            except s3_servers.Unavailable as reason:
                tally.skip(name, str(reason))
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
