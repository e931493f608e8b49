#!/usr/bin/env python3
"""`botocxx configure` and `botocxx explain config`: what they print and write. With the AWS command line installed
(`BOTOCXX_AWS=PATH`, or `aws` on the path) get, set and list are compared with it, too.

The last line of output is `N passed, N failed, N skipped`.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "support"))
import closing_line  # noqa: E402

PROGRAM = os.path.join(os.environ.get("BOTOCXX_BUILD") or os.path.join(ROOT, "build", "release"), "botocxx")
AWS = os.environ.get("BOTOCXX_AWS") or shutil.which("aws")
SECRETS = ["SECRETKEYofthetest0001", "TOKENofthetest0002", "URLPASSWORD0003", "PROCESSPASSWORD0004", "CONTAINERTOKEN0005"]


class ConfigureTest(unittest.TestCase):
    def setUp(self) -> None:
        self.home = tempfile.mkdtemp(prefix="botocxx-configure-")
        self.addCleanup(shutil.rmtree, self.home)
        self.variables: dict[str, str] = {}

    def path(self, name: str) -> str:
        return os.path.join(self.home, ".aws", name)

    def write(self, name: str, text: str) -> None:
        os.makedirs(self.path(""), exist_ok=True)
        with open(self.path(name), "w", encoding="utf-8") as out:
            out.write(text)

    def read(self, name: str) -> str:
        with open(self.path(name), encoding="utf-8") as source:
            return source.read()

    def run_program(self, *words: str, answers: str = "", program: str = PROGRAM) -> subprocess.CompletedProcess:
        environment = {"HOME": self.home, "PATH": os.environ["PATH"], "AWS_EC2_METADATA_DISABLED": "true", **self.variables}
        return subprocess.run([program, *words], input=answers, capture_output=True, text=True, env=environment, check=False)

    def output(self, *words: str) -> str:
        done = self.run_program(*words)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_asks_for_four_values_and_writes_keys_apart(self) -> None:
        done = self.run_program("configure", "--profile", "dev", answers="AKID\nsecret\neu-west-1\njson\n")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertEqual(done.stderr.replace("\n", ""), "AWS Access Key ID [None]: AWS Secret Access Key [None]: Default region name [None]: Default output format [None]: ")
        self.assertEqual(self.read("credentials"), "[dev]\naws_access_key_id = AKID\naws_secret_access_key = secret\n")
        self.assertEqual(self.read("config"), "[profile dev]\nregion = eu-west-1\noutput = json\n")
        for name in ("credentials", "config"):
            self.assertEqual(stat.S_IMODE(os.stat(self.path(name)).st_mode), 0o600)

    def test_empty_answers_keep_what_is_there(self) -> None:
        self.write("config", "# mine\n[default]\nregion = a\n")
        self.write("credentials", "[default]\naws_access_key_id = AKIDEXAMPLE\n")
        done = self.run_program("configure", answers="\n\nnew\n\n")
        self.assertIn("AWS Access Key ID [****************MPLE]: ", done.stderr)
        self.assertIn("Default region name [a]: ", done.stderr)
        self.assertEqual(self.read("config"), "# mine\n[default]\nregion = new\n")
        self.assertEqual(self.read("credentials"), "[default]\naws_access_key_id = AKIDEXAMPLE\n")

    def test_gets_values_by_their_names(self) -> None:
        self.write("config", "[default]\nregion = a\ns3 =\n  addressing_style = path\n[profile dev]\nregion = b\n[preview]\nx = on\n")
        for name, value in (("region", "a"), ("s3.addressing_style", "path"), ("default.region", "a"), ("profile.dev.region", "b"),
                            ("dev.region", "b"), ("preview.x", "on"), ("default.s3.addressing_style", "path")):
            self.assertEqual(self.output("configure", "get", name), value + "\n", name)
        self.assertEqual(self.output("configure", "get", "region", "--profile", "dev"), "b\n")

    def test_what_is_not_set_has_status_1(self) -> None:
        self.write("config", "[default]\ns3 =\n  x = 1\n")
        for name in ("region", "s3", "s3.y", "profile.gone.region"):
            done = self.run_program("configure", "get", name)
            self.assertEqual((done.returncode, done.stdout), (1, ""), name)
        self.assertEqual(self.run_program("configure", "get", "region", "--profile", "gone").returncode, 253)
        self.assertEqual(self.run_program("configure", "get", "profile.x").returncode, 252)

    def test_sets_values_where_they_belong(self) -> None:
        for name, value in (("region", "a"), ("aws_access_key_id", "AKID"), ("s3.addressing_style", "path"), ("profile.dev.region", "b"),
                            ("profile.two words.region", "c"), ("preview.cloudfront", "true"), ("default.output", "json")):
            self.assertEqual(self.output("configure", "set", name, value), "")
        self.assertEqual(self.read("config"), "[default]\nregion = a\ns3 =\n    addressing_style = path\noutput = json\n[profile dev]\nregion = b\n"
                                              "[profile 'two words']\nregion = c\n[preview]\ncloudfront = true\n")
        self.assertEqual(self.read("credentials"), "[default]\naws_access_key_id = AKID\n")

    def test_refuses_values_that_are_lines(self) -> None:
        done = self.run_program("configure", "set", "aws_secret_access_key", SECRETS[0] + "\nx")
        self.assertEqual(done.returncode, 252)
        self.assertNotIn(SECRETS[0], done.stderr)

    def test_leaves_a_broken_file_alone(self) -> None:
        self.write("config", "what\n")
        done = self.run_program("configure", "set", "region", "a")
        self.assertEqual(done.returncode, 253)
        self.assertIn(self.path("config") + ":1", done.stderr)
        self.assertEqual(self.read("config"), "what\n")

    def test_lists_profiles(self) -> None:
        self.write("config", "[default]\n[profile b]\n[profile a]\n")
        self.write("credentials", "[keys]\n")
        self.assertEqual(self.output("configure", "list-profiles"), "default\nb\na\nkeys\n")

    def test_imports_keys(self) -> None:
        self.write("keys.csv", "\ufeffUser Name,Access key ID,Secret access key,Note\r\nann,AK1,\"s,1\",x\r\n\r\nbob,AK2,s2\r\n")
        url = "file://" + self.path("keys.csv")
        self.assertEqual(self.output("configure", "import", "--csv", url, "--profile-prefix", "p-"), "Successfully imported 2 profile(s)\n")
        self.assertEqual(self.read("credentials"), "[p-ann]\naws_access_key_id = AK1\naws_secret_access_key = s,1\n"
                                                   "[p-bob]\naws_access_key_id = AK2\naws_secret_access_key = s2\n")
        self.write("keys.csv", "User Name,Access key ID,Secret access key\nann,AK1,\n")
        done = self.run_program("configure", "import", "--csv", url)
        self.assertEqual(done.returncode, 252)
        self.assertIn("line 2 has no secret access key", done.stderr)
        self.assertEqual(self.output("configure", "import", "--csv", url, "--skip-invalid"), "Successfully imported 0 profile(s)\n")
        self.write("keys.csv", "Name\nann\n")
        self.assertEqual(self.run_program("configure", "import", "--csv", url).returncode, 252)

    def test_exports_credentials_in_all_forms(self) -> None:
        self.variables = {"AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "se/cr", "AWS_SESSION_TOKEN": "tok",
                          "AWS_CREDENTIAL_EXPIRATION": "2099-01-02T03:04:05Z"}
        end = "2099-01-02T03:04:05+00:00"
        self.assertEqual(json.loads(self.output("configure", "export-credentials")),
                         {"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "se/cr", "SessionToken": "tok", "Expiration": end})
        names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CREDENTIAL_EXPIRATION")
        values = ("AKID", "se/cr", "tok", end)
        for form, line in (("env", "export {}={}"), ("env-no-export", "{}={}"), ("powershell", '$Env:{}="{}"'), ("windows-cmd", "set {}={}"),
                           ("fish", "set -gx {} {}")):
            self.assertEqual(self.output("configure", "export-credentials", "--format", form),
                             "".join(line.format(*pair) + "\n" for pair in zip(names, values)), form)
        self.assertEqual(self.run_program("configure", "export-credentials", "--format", "x").returncode, 252)

    def test_without_credentials_says_who_was_asked(self) -> None:
        done = self.run_program("configure", "export-credentials")
        self.assertEqual((done.returncode, done.stdout), (253, ""))
        self.assertIn("hint: env: AWS_ACCESS_KEY_ID is not set", done.stderr)

    def test_adds_models(self) -> None:
        model = {"version": "2.0", "metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "shelf", "protocol": "json", "jsonVersion": "1.0",
                                                "serviceId": "Shelf", "signatureVersion": "v4", "targetPrefix": "S"},
                 "operations": {"List": {"name": "List", "http": {"method": "POST", "requestUri": "/"}}}, "shapes": {}}
        self.write("shelf.json", json.dumps(model))
        url = "file://" + self.path("shelf.json")
        self.assertEqual(self.output("configure", "add-model", "--service-model", url), "")
        self.assertEqual(self.read("models/shelf/2020-01-01/service-2.json"), json.dumps(model))
        self.assertEqual(self.output("models", "operations", "shelf"), "List\n")
        self.output("configure", "add-model", "--service-model", url, "--service-name", "other")
        self.assertIn("other\n", self.output("models", "list"))
        for name in ("../up", ".."):
            self.assertEqual(self.run_program("configure", "add-model", "--service-model", url, "--service-name", name).returncode, 252)
        self.assertEqual(self.run_program("configure", "add-model", "--service-model", "{}").returncode, 252)

    def test_explains_every_value(self) -> None:
        self.write("config", "[default]\nregion = a\nuse_fips_endpoint = false\nregon = x\nendpoint_url = http://all\nservices = s\ncsm_enabled = true\n"
                             "[services s]\ndynamodb =\n  endpoint_url = http://one\n")
        self.variables = {"AWS_USE_FIPS_ENDPOINT": "true", "AWS_DEFAULTS_MODE": "standard"}
        config = self.path("config")
        text = self.output("explain", "config", "dynamodb", "--config", '{"use_fips_endpoint": true, "s3": {"addressing_style": "path"}}')
        self.assertIn(f"region = a\n    from {config}:2 (profile)\n", text)
        self.assertIn("use_fips_endpoint = true\n    from --config (client)\n    overrides true from AWS_USE_FIPS_ENDPOINT (environment)\n"
                      f"    overrides false from {config}:3 (profile)\n", text)
        self.assertIn("s3.addressing_style = path\n    from --config (client)\n", text)
        self.assertIn("retry_mode = legacy\n    from default\n", text)
        self.assertIn(f"of dynamodb:\nendpoint_url = http://one\n    from {config}:10 (profile)\n    overrides http://all from {config}:5 (profile)\n", text)
        self.assertIn(f"  regon ({config}:4): did you mean region?\n", text)
        self.assertIn(f"  csm_enabled ({config}:7)\n", text)

    def test_shows_no_secret(self) -> None:
        self.write("config", f"[default]\ncredential_process = /bin/x --password {SECRETS[3]}\nendpoint_url = http://u:{SECRETS[2]}@host\n"
                             f"aws_session_token = {SECRETS[1]}\n[profile other]\naws_secret_access_key = {SECRETS[0]}\n")
        self.write("credentials", f"[default]\naws_access_key_id = AKID\naws_secret_access_key = {SECRETS[0]}\n")
        self.variables = {"AWS_SESSION_TOKEN": SECRETS[1], "AWS_CONTAINER_AUTHORIZATION_TOKEN": SECRETS[4], "AWS_SECRET_ACCESS_KEY": SECRETS[0]}
        for words in (["configure", "list"], ["explain", "config"], ["explain", "config", "s3"], ["configure", "list-profiles"],
                      ["configure", "list", "--profile", "other"], ["configure", "list", "--debug"]):
            done = self.run_program(*words)
            for secret in SECRETS:
                self.assertNotIn(secret, done.stdout + done.stderr, words)
        broken = self.run_program("configure", "get", "region", "--profile", "gone")
        self.assertNotIn(SECRETS[0], broken.stderr)

    def test_lists_what_is_set_with_its_place(self) -> None:
        self.write("config", "[default]\nregion = a\nretry_mode = standard\n")
        self.variables = {"AWS_DEFAULT_REGION": "b"}
        lines = self.output("configure", "list").splitlines()
        self.assertEqual(lines[0], "      Name                    Value             Type    Location")
        self.assertEqual(lines[2], "   profile                <not set>             None    None")
        self.assertEqual(lines[5], f"    region                        b              env    AWS_DEFAULT_REGION; overrides a ({self.path('config')}:2)")
        self.assertIn(f"retry_mode                 standard      config-file    {self.path('config')}:3; overrides legacy (default)", lines)

    @unittest.skipIf(AWS is None, "the AWS command line is not installed")
    def test_agrees_with_the_aws_command_line(self) -> None:
        base = "# top\n[default]\nregion = a\n; mine\noutput=json\n\n[profile dev]\nregion = b\ns3 =\n    addressing_style = path\n\n# end\n"
        sets = [("region", "x"), ("output", "text"), ("s3.addressing_style", "virtual"), ("new", "v"), ("aws_access_key_id", "K"),
                ("profile.dev.region", "y"), ("profile.dev.s3.addressing_style", "auto"), ("default.region", "z"), ("preview.a", "1"),
                ("profile.new one.region", "w"), ("profile.third.s3.x", "w")]
        for name, value in sets:
            results = []
            for program in (AWS, PROGRAM):
                shutil.rmtree(self.path(""), ignore_errors=True)
                self.write("config", base)
                done = self.run_program("configure", "set", name, value, program=program)
                self.assertEqual(done.returncode, 0, done.stderr)
                got = self.run_program("configure", "get", name, program=program)
                files = {file: sorted(line for line in self.read(file).splitlines() if line) for file in sorted(os.listdir(self.path("")))
                         if os.path.isfile(self.path(file))}
                results.append((got.returncode, got.stdout, files))
            self.assertEqual(results[0], results[1], name)
        self.write("config", base)
        for words in (["get", "region"], ["get", "gone"], ["get", "s3"], ["get", "dev.region"], ["get", "profile.dev.s3.addressing_style"],
                      ["get", "s3.addressing_style", "--profile", "dev"], ["get", "s3", "--profile", "dev"]):
            right, answer = (self.run_program("configure", *words, program=program) for program in (AWS, PROGRAM))
            self.assertEqual((right.returncode, right.stdout), (answer.returncode, answer.stdout), words)
        self.variables = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secretexample"}
        right, answer = (self.run_program("configure", "list", program=program).stdout.splitlines() for program in (AWS, PROGRAM))
        # Of the rows that both have all but the place, which is more exact here.
        self.assertEqual([line[:56] for line in right], [line[:56] for line in answer[:6]])


if __name__ == "__main__":
    if not os.path.exists(PROGRAM):
        print(f"SKIP configure: {os.path.relpath(PROGRAM, ROOT)} is not built")
        print("0 passed, 0 failed, 1 skipped")
        sys.exit(0)
    closing_line.main()
