#!/usr/bin/env python3
"""The program gets its credentials over real connections: STS, SSO, SSO's OIDC, containers and instance metadata on loopback, well and
with faults. moto plays STS where it is installed."""
import hashlib
import http.server
import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))
import closing_line  # noqa: E402

BUILD = pathlib.Path(os.environ.get("BOTOCXX_BUILD") or ROOT / "build" / "release")
PROGRAM = BUILD / "botocxx"
SECRET = "s3cr3t"
IDENTITY = """<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::1:user/{key}</Arn><UserId>U</UserId><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"""
ROLE = """<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><AssumedRoleUser>
<AssumedRoleId>A:s</AssumedRoleId><Arn>arn:aws:sts::123456789012:assumed-role/r/s</Arn></AssumedRoleUser><Credentials>
<AccessKeyId>{key}</AccessKeyId><SecretAccessKey>s3cr3t-role</SecretAccessKey><SessionToken>s3cr3t-token</SessionToken>
<Expiration>{end}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"""
ERROR = """<ErrorResponse><Error><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"""


def at(seconds: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + seconds))


class Peer:
    """A server whose `answer(method, path, headers, body)` gives status and body; it remembers what was asked."""

    def __init__(self, answer):
        self.asked: list[tuple[str, str]] = []
        peer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def respond(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                peer.asked.append((self.command, self.path))
                status, text, *headers = answer(self.command, self.path, self.headers, body)
                data = text.encode()
                self.send_response(status)
                for name, value in (headers[0] if headers else {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                try:
                    self.wfile.write(data)
                except OSError:
                    pass

            do_GET = do_POST = do_PUT = respond

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def who(headers) -> str:
    found = re.search(r"Credential=([^/]+)/", headers.get("Authorization", ""))
    return found[1] if found else "nobody"


class PeersTest(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.mkdtemp(prefix="botocxx-peers-")
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.peers = []

    def tearDown(self):
        for peer in self.peers:
            peer.close()

    def peer(self, answer) -> Peer:
        self.peers.append(Peer(answer))
        return self.peers[-1]

    def write(self, path: str, text: str) -> None:
        full = pathlib.Path(self.home, path)
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(text)

    def environment(self, **variables: str) -> dict:
        base = {"HOME": self.home, "PATH": os.environ["PATH"], "AWS_DEFAULT_REGION": "us-east-1", "AWS_MAX_ATTEMPTS": "1",
                "AWS_EC2_METADATA_DISABLED": "true"}
        base.update(variables)
        return {name: value for name, value in base.items() if value is not None}

    def run_program(self, *words: str, **variables: str):
        done = subprocess.run([PROGRAM, *words], env=self.environment(**variables), capture_output=True, text=True, timeout=60)
        self.assertNotIn(SECRET, done.stdout + done.stderr)
        return done

    def identity(self, sts: Peer, **variables: str):
        """Whose key signs a call, or what the program says instead."""
        done = self.run_program("sts", "get-caller-identity", "--debug", AWS_ENDPOINT_URL_STS=sts.url, **variables)
        return json.loads(done.stdout)["Arn"].split("/")[-1] if done.returncode == 0 else done.stderr

    def sts(self, assume=None) -> Peer:
        def answer(_, path, headers, body):
            if "Action=AssumeRole" in body:
                return assume(headers, body)
            return 200, IDENTITY.format(key=who(headers))

        return self.peer(answer)


class ContainerTest(PeersTest):
    def document(self, **more):
        return json.dumps(dict({"AccessKeyId": "AKCONT", "SecretAccessKey": SECRET, "Token": SECRET, "Expiration": at(3600)}, **more))

    def test_a_container_answers_with_the_token_that_it_wants(self):
        container = self.peer(lambda m, p, h, b: (200, self.document()) if h.get("Authorization") == "s3cr3t-auth" else (401, "who"))
        found = self.identity(self.sts(), AWS_CONTAINER_CREDENTIALS_FULL_URI=container.url + "/c", AWS_CONTAINER_AUTHORIZATION_TOKEN="s3cr3t-auth")
        self.assertEqual(found, "AKCONT")

    def test_proxies_are_no_business_of_containers(self):
        container = self.peer(lambda *_: (200, self.document()))
        found = self.identity(self.sts(), AWS_CONTAINER_CREDENTIALS_FULL_URI=container.url + "/c", http_proxy="http://127.0.0.1:1", no_proxy=None,
                              AWS_CONTAINER_AUTHORIZATION_TOKEN="x")
        self.assertEqual(len(container.asked), 1, found)

    def test_failures_are_asked_again(self):
        answers = [(500, "no"), (200, '{"AccessKeyId": "s3cr3t'), (200, self.document())]
        container = self.peer(lambda *_: answers.pop(0))
        self.assertEqual(self.identity(self.sts(), AWS_CONTAINER_CREDENTIALS_FULL_URI=container.url), "AKCONT")
        self.assertEqual(len(container.asked), 3)

    def test_expired_credentials_are_an_error(self):
        container = self.peer(lambda *_: (200, self.document(Expiration=at(-86400))))
        self.assertIn("still expired", self.identity(self.sts(), AWS_CONTAINER_CREDENTIALS_FULL_URI=container.url))

    def test_other_hosts_are_not_asked(self):
        self.assertIn("Unsupported host", self.identity(self.sts(), AWS_CONTAINER_CREDENTIALS_FULL_URI="http://192.0.2.1/x"))


class InstanceTest(PeersTest):
    def metadata(self, token=(200, "TOK"), role=(200, "my-role"), document=None, slow=0.0) -> Peer:
        def answer(method, path, headers, _):
            if method == "PUT":
                time.sleep(slow)
                return token
            if token[0] == 200 and not slow and headers.get("x-aws-ec2-metadata-token") != token[1]:
                return 401, ""
            if path.endswith("security-credentials/"):
                return role
            return 200, document or json.dumps({"Code": "Success", "AccessKeyId": "AKIMDS", "SecretAccessKey": SECRET, "Token": SECRET, "Expiration": at(21600)})

        return self.peer(answer)

    def found(self, metadata_url: str, **variables: str):
        return self.identity(self.sts(), AWS_EC2_METADATA_DISABLED=None, AWS_EC2_METADATA_SERVICE_ENDPOINT=metadata_url, **variables)

    def test_version_2_with_its_token(self):
        self.assertEqual(self.found(self.metadata().url), "AKIMDS")

    def test_version_1_where_the_token_is_refused_or_does_not_come(self):
        self.assertEqual(self.found(self.metadata(token=(403, "")).url), "AKIMDS")
        self.assertEqual(self.found(self.metadata(slow=1.6).url), "AKIMDS")

    def test_version_1_may_be_forbidden(self):
        self.assertIn("IMDSv1 has been disabled", self.found(self.metadata(token=(404, "")).url, AWS_EC2_METADATA_V1_DISABLED="true"))

    def test_malformed_credentials_are_none(self):
        self.assertIn("iam-role:", self.found(self.metadata(document="<html>s3cr3t").url))

    def test_expired_credentials_are_used_on(self):
        document = json.dumps({"AccessKeyId": "AKOLD", "SecretAccessKey": SECRET, "Token": SECRET, "Expiration": at(-86400)})
        self.assertEqual(self.found(self.metadata(document=document).url), "AKOLD")

    def test_off_ec2_every_provider_says_why_within_the_budget(self):
        def silent(*_):
            time.sleep(5)
            return 200, ""

        metadata = self.peer(silent)
        started = time.monotonic()
        said = self.found(metadata.url)
        took = time.monotonic() - started
        for method in ("env", "assume-role", "assume-role-with-web-identity", "sso", "shared-credentials-file", "login", "custom-process",
                       "config-file", "ec2-credentials-file", "boto-config", "container-role", "iam-role"):
            self.assertRegex(said, rf"(?m)^\S*.*\b{method}: ")
        # One second for the token, one for the role of version 1; the rest is for a busy machine.
        self.assertLess(took, 4, "the metadata service was waited for too long")


class RoleTest(PeersTest):
    def setUp(self):
        super().setUp()
        self.write(".aws/config", "[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\n")
        self.write(".aws/credentials", "[base]\naws_access_key_id = AKBASE\naws_secret_access_key = s3cr3t-base\n")

    def cache_file(self) -> pathlib.Path:
        key = hashlib.sha1(json.dumps({"RoleArn": "arn:aws:iam::123456789012:role/r"}).encode()).hexdigest()
        return pathlib.Path(self.home, ".aws/cli/cache", key + ".json")

    def test_a_role_is_assumed_once_and_kept_for_aws_cli(self):
        sts = self.sts(lambda h, b: (200, ROLE.format(key="AKROLE", end=at(3600))))
        self.assertEqual(self.identity(sts, AWS_PROFILE="dev"), "AKROLE")
        self.assertEqual(self.identity(sts, AWS_PROFILE="dev"), "AKROLE")
        self.assertEqual(len(sts.asked), 3)
        self.assertEqual(stat.S_IMODE(self.cache_file().stat().st_mode), 0o600)
        kept = json.loads(self.cache_file().read_text())
        self.assertEqual(kept["Credentials"]["AccessKeyId"], "AKROLE")
        self.assertRegex(kept["Credentials"]["Expiration"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dUTC$")

    def test_refusals_failures_and_nonsense_are_errors(self):
        for status, body, said in ((403, ERROR.format(code="AccessDenied", message="not you"), "not you"),
                                   (400, ERROR.format(code="Throttling", message="Rate exceeded"), "Rate exceeded"),
                                   (500, ERROR.format(code="InternalFailure", message="oh"), "InternalFailure"),
                                   (200, "<AssumeRoleResponse><Cred", "error"),
                                   (200, "{}", "error"),
                                   (200, ROLE.format(key="AK", end=at(-60)), "still expired")):
            with self.subTest(said):
                self.assertIn(said, self.identity(self.sts(lambda h, b, s=status, t=body: (s, t)), AWS_PROFILE="dev"))

    def test_a_clock_that_is_a_day_off_the_service(self):
        ahead = self.sts(lambda h, b: (200, ROLE.format(key="AKROLE", end=at(86400 + 3600))))
        self.assertEqual(self.identity(ahead, AWS_PROFILE="dev"), "AKROLE")
        self.cache_file().unlink()
        behind = self.sts(lambda h, b: (200, ROLE.format(key="AKROLE", end=at(-86400 + 3600))))
        self.assertIn("still expired", self.identity(behind, AWS_PROFILE="dev"))

    def test_moto_gives_a_role(self):
        try:
            from moto.server import ThreadedMotoServer
        except ImportError:
            self.skipTest("moto is not installed")
        moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
        moto.start()
        self.addCleanup(moto.stop)
        _, port = moto.get_host_and_port()
        done = self.run_program("sts", "get-caller-identity", AWS_ENDPOINT_URL_STS=f"http://127.0.0.1:{port}", AWS_PROFILE="dev")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("assumed-role/r/", json.loads(done.stdout)["Arn"])


class SsoTest(PeersTest):
    def setUp(self):
        super().setUp()
        self.write(".aws/config", "[profile dev]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Dev\n"
                                  "[sso-session corp]\nsso_start_url = https://d.example/start\nsso_region = us-east-1\n")
        self.pending = 1
        self.oidc = self.peer(self.answer_oidc)
        self.portal = self.peer(self.answer_portal)
        self.where = {"AWS_PROFILE": "dev", "AWS_ENDPOINT_URL_SSO": self.portal.url, "AWS_ENDPOINT_URL_SSO_OIDC": self.oidc.url}
        self.sent: list[dict] = []

    def answer_oidc(self, method, path, headers, body):
        sent = json.loads(body)
        self.sent.append(sent)
        if path == "/client/register":
            return 200, json.dumps({"clientId": "cid", "clientSecret": SECRET, "clientSecretExpiresAt": int(time.time()) + 86400 * 90})
        if path == "/device_authorization":
            return 200, json.dumps({"deviceCode": "dc", "userCode": "ABCD-EFGH", "verificationUri": "https://v.example/", "verificationUriComplete":
                                    "https://v.example/?c", "expiresIn": 600, "interval": 1})
        if self.pending and sent["grantType"].endswith("device_code"):
            self.pending -= 1
            return 400, json.dumps({"error": "authorization_pending"}), {"x-amzn-ErrorType": "AuthorizationPendingException"}
        return 200, json.dumps({"accessToken": "s3cr3t-at", "tokenType": "Bearer", "expiresIn": 28800, "refreshToken": "s3cr3t-rt"})

    def answer_portal(self, method, path, headers, body):
        if headers.get("x-amz-sso_bearer_token") != "s3cr3t-at":
            return 401, "{}", {"x-amzn-ErrorType": "UnauthorizedException"}
        return 200, json.dumps({"roleCredentials": {"accessKeyId": "AKSSO", "secretAccessKey": SECRET, "sessionToken": SECRET,
                                                    "expiration": int(time.time() + 3600) * 1000}})

    def token_file(self) -> pathlib.Path:
        return pathlib.Path(self.home, ".aws/sso/cache", hashlib.sha1(b"corp").hexdigest() + ".json")

    def test_login_by_device_code_then_calls_then_logout(self):
        done = self.run_program("sso", "login", "--no-browser", "--use-device-code", **self.where)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("ABCD-EFGH", done.stdout)
        self.assertIn("Successfully logged into Start URL: https://d.example/start", done.stdout)
        self.assertEqual(stat.S_IMODE(self.token_file().stat().st_mode), 0o600)
        self.assertEqual(set(json.loads(self.token_file().read_text())), {"startUrl", "region", "accessToken", "expiresAt", "clientId",
                                                                           "clientSecret", "registrationExpiresAt", "refreshToken"})
        self.assertEqual(self.identity(self.sts(), **self.where), "AKSSO")
        self.assertEqual(self.run_program("sso", "logout", **self.where).returncode, 0)
        self.assertFalse(self.token_file().exists())
        self.assertIn("does not exist", self.identity(self.sts(), **self.where))

    def test_login_by_authorization_code_comes_back_from_a_browser(self):
        process = subprocess.Popen([PROGRAM, "sso", "login", "--no-browser"], env=self.environment(**self.where), stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.kill)
        for line in process.stdout:
            if line.startswith("http"):
                break
        asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(line.strip()).query))
        self.assertTrue(line.startswith(self.oidc.url + "/authorize?"))
        back = asked["redirect_uri"] + "?" + urllib.parse.urlencode({"code": "c0de", "state": asked["state"]})
        with urllib.request.urlopen(back, timeout=10) as page:
            self.assertEqual(page.status, 200)
        out, errors = process.communicate(timeout=30)
        self.assertEqual(process.returncode, 0, errors)
        self.assertIn("Successfully logged in", out)
        sent = self.sent[-1]
        self.assertEqual((sent["grantType"], sent["code"]), ("authorization_code", "c0de"))
        digest = hashlib.sha256(sent["codeVerifier"].encode()).digest()
        import base64
        self.assertEqual(asked["code_challenge"], base64.urlsafe_b64encode(digest).decode().rstrip("="))
        self.assertEqual(self.identity(self.sts(), **self.where), "AKSSO")

    def test_what_the_program_keeps_is_what_botocore_reads(self):
        try:
            import botocore.session
        except ImportError:
            self.skipTest("botocore is not installed")
        self.assertEqual(self.run_program("sso", "login", "--no-browser", "--use-device-code", **self.where).returncode, 0)
        script = ("import botocore.session; c = botocore.session.Session().get_credentials().get_frozen_credentials(); print(c.access_key)")
        done = subprocess.run([sys.executable, "-c", script], env=self.environment(**self.where), capture_output=True, text=True, timeout=60)
        self.assertEqual(done.stdout.strip(), "AKSSO", done.stderr)


if __name__ == "__main__":
    closing_line.main()
