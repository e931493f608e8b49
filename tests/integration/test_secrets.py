#!/usr/bin/env python3
"""Planted secrets: whatever the program prints, no secret key, token or whole signature is in it.

Every command runs with --debug, where it works and where it fails. What is data by its nature (the headers that `sign`
and `wire request` print) may hold signatures and tokens, but never a secret key.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))
import closing_line  # noqa: E402
import local_endpoint  # noqa: E402

BUILD = pathlib.Path(os.environ.get("BOTOCXX_BUILD") or ROOT / "build" / "release")
SECRET, TOKEN, BEARER, SSE = "planted/SECRET+key=for/tests", "planted//TOKEN+for==tests", "planted-BEARER-token", "cGxhbnRlZC1zc2Uta2V5LXBsYW50ZWQtc3NlLWtleTE="
# In hexadecimal (Version 4) or as base64 of 20 or 32 octets behind a name (the older ones).
SIGNATURES = re.compile(r"(?i)(signature=[0-9a-f]{64}|signature[=:]\s?[A-Za-z0-9+/%]{26,}=|AWS [^\s:]+:[A-Za-z0-9+/]{27}=|Authorization: Bearer (?!<|\[)\S+)")
VERSIONS = ["v4", "s3v4", "s3", "v4a", "v2", "v3", "bearer", "no-such-version"]


def commands(url: str, folder: pathlib.Path):
    body = str(folder / "body")
    yield from (["s3api", "create-bucket", "--bucket", "planted"], ["s3api", "list-buckets"],
                ["s3api", "put-object", "--bucket", "planted", "--key", "k", "--body", body],
                ["s3api", "get-object", "--bucket", "planted", "--key", "k", str(folder / "copy")],
                ["s3api", "get-object", "--bucket", "planted", "--key", "absent", str(folder / "copy")],
                ["s3api", "put-object", "--bucket", "planted", "--key", "k", "--sse-customer-algorithm", "AES256", "--sse-customer-key", SSE, "--body", body],
                ["s3api", "put-object", "--bukket", "x"], ["call", "s3", "NoSuchOperation"], ["call", "s3", "PutObject", "--params", "{}"],
                ["call", "s3", "ListBuckets", "--params", "{"], ["call", "no-such-service", "X"],
                ["dynamodb", "list-tables"], ["sqs", "list-queues"], ["sts", "get-caller-identity"], ["codecatalyst", "list-spaces"],
                ["request", "GET", url + "/planted/k?a=b", "--service", "s3", "--stages", "-i"],
                ["request", "GET", url + "/planted/k", "--service", "s3", "--expires-in", "60", "--stages"],
                ["request", "GET", url + "/planted/k"], ["request", "GET", "http://127.0.0.1:9/x", "--service", "s3"],
                ["explain", "endpoint", "s3"], ["models", "where", "s3", "PutObject"])
    for version in VERSIONS:
        yield ["s3api", "list-objects-v2", "--bucket", "planted", "--config", json.dumps({"signature_version": version})]
        yield ["request", "POST", url + "/planted", "--service", "s3", "--signature-version", version, "--stages", "-d", "a=b"]


class SecretsTest(unittest.TestCase):
    def setUp(self):
        for needed in (BUILD / "botocxx", pathlib.Path(local_endpoint.PROGRAM)):
            if not needed.exists():
                self.skipTest(f"{needed.name} is not built")
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.folder = pathlib.Path(held.name)
        (self.folder / "body").write_text("content")
        self.environment = {"HOME": str(self.folder), "PATH": os.environ["PATH"], "AWS_DEFAULT_REGION": "us-east-1"}

    def run_program(self, *words, stdin=b"", **environment):
        return subprocess.run([str(BUILD / "botocxx"), *words], env={**self.environment, **environment}, input=stdin,
                              capture_output=True, timeout=60)

    def assert_clean(self, text: bytes, words, signatures=True, tokens=True):
        shown = text.decode("utf-8", "replace")
        secrets = [SECRET, SSE, *([TOKEN, BEARER] if tokens else [])]
        for secret in secrets:
            for form in (secret, secret.replace("/", "%2F").replace("+", "%2B").replace("=", "%3D")):
                self.assertNotIn(form, shown, words)
        if signatures:
            self.assertIsNone(SIGNATURES.search(shown), f"{words}: {SIGNATURES.search(shown)}")

    def test_no_command_prints_a_secret(self):
        keys = {"AWS_ACCESS_KEY_ID": local_endpoint.ACCESS_KEY, "AWS_BEARER_TOKEN_S3": BEARER}
        right = {**keys, "AWS_SECRET_ACCESS_KEY": local_endpoint.SECRET_KEY}
        with local_endpoint.LocalEndpoint(str(self.folder / "data")) as server:
            for extra in ({**keys, "AWS_SECRET_ACCESS_KEY": SECRET}, {**keys, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_SESSION_TOKEN": TOKEN}, right):
                for words in commands(server.url, self.folder):
                    everywhere = words if words[0] in ("request", "models") else [*words, "--endpoint-url", server.url]
                    done = self.run_program(*everywhere, "--debug", **extra)
                    self.assertIn(done.returncode, (0, 252, 253, 254, 255), (words, done.stderr))
                    # What a service says of a request, with all that it got, is its answer and so data of `request`.
                    self.assert_clean(done.stdout, words, tokens=words[0] != "request", signatures=words[0] != "request")
                    self.assert_clean(done.stderr, words)
                    self.assertNotIn(local_endpoint.SECRET_KEY.encode(), done.stdout + done.stderr)

    def test_keys_of_files_stay_there_even_if_the_files_are_broken(self):
        aws = self.folder / ".aws"
        aws.mkdir()
        texts = (f"[default]\naws_access_key_id = AKID\naws_secret_access_key = {SECRET}\naws_session_token = {TOKEN}\n",
                 f"[default]\naws_secret_access_key = {SECRET}\n", f"[default\naws_secret_access_key = {SECRET}\n",
                 f"{SECRET}\n[default]\n", f"[default]\n{SECRET}\n", f"[default]\naws_secret_access_key {SECRET}\n")
        for text in texts:
            for name in ("credentials", "config"):
                (aws / name).write_text(text)
                done = self.run_program("s3api", "list-buckets", "--endpoint-url", "http://127.0.0.1:9", "--debug")
                self.assertNotEqual(done.returncode, 0)
                self.assert_clean(done.stderr, text)
                (aws / name).unlink()

    def test_what_is_data_holds_no_secret_key(self):
        keys = {"AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_SESSION_TOKEN": TOKEN}
        done = self.run_program("sign", "GET", "https://h.example.com/", "--service", "s", "--stages", "--debug", **keys)
        self.assert_clean(done.stdout, "sign", signatures=False, tokens=False)
        self.assert_clean(done.stderr, "sign")
        line = {"service": "s3", "operation": "GetObject", "params": {"Bucket": "b", "Key": "k"}, "region": "us-east-1",
                "credentials": {"access_key": "AKID", "secret_key": SECRET, "token": TOKEN}}
        lines = [line, {**line, "presign": {}}, {**line, "params": {}}, {**line, "operation": "X"}, {**line, "config": {"signature_version": "x"}},
                 {**line, "credentials": {"access_key": "AKID", "secret_key": [SECRET]}}, {**line, "config": {"secret": SECRET}}]
        done = self.run_program("wire", "request", stdin="".join(json.dumps(one) + "\n" for one in lines).encode())
        self.assertEqual(len(done.stdout.splitlines()), len(lines))
        self.assert_clean(done.stdout, "wire", signatures=False, tokens=False)
        self.assert_clean(done.stderr, "wire")


if __name__ == "__main__":
    closing_line.main()
