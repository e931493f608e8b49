#!/usr/bin/env python3
"""The program as a person meets it: exit statuses, messages, models, and calls to the embedded local endpoint."""
import base64
import contextlib
import http.server
import json
import os
import pathlib
import select
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))
import closing_line  # noqa: E402

BUILD = pathlib.Path(os.environ.get("BOTOCXX_BUILD") or ROOT / "build" / "release")
KEYS = {"AWS_ACCESS_KEY_ID": "key@namespace", "AWS_SECRET_ACCESS_KEY": "secret/with+signs"}


@contextlib.contextmanager
def listening(answer=None, hold=0):
    """A server that answers every request with an empty list of buckets, or with these octets as they are, and keeps its
    Authorization header; the connection stays open for some seconds more."""
    seen = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.headers.get("Authorization", ""))
            if answer is not None:
                self.close_connection = True
                self.wfile.write(answer)
                time.sleep(hold)
                return
            body = b"<ListAllMyBucketsResult/>"
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.do_GET()

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port, seen
    finally:
        server.shutdown()
        server.server_close()


class ProgramTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not (BUILD / "botocxx").exists():
            raise unittest.SkipTest("build/release/botocxx is not built")

    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.home = pathlib.Path(self._folder.name)
        self.environment = {"HOME": str(self.home), "PATH": os.environ["PATH"], "AWS_MAX_ATTEMPTS": "1"}

    def run_program(self, *words, env=None, program=BUILD / "botocxx", stdin=""):
        return subprocess.run([str(program), *words], env={**self.environment, **(env or {})}, input=stdin,
                              capture_output=True, text=True, timeout=60)

    def assert_error(self, done, status, *parts):
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertTrue(done.stderr.splitlines()[0].startswith("botocxx: error: "), done.stderr)
        for part in parts:
            self.assertIn(part, done.stderr)

    def drop_extras(self, merge, service="s3", version="2006-03-01"):
        folder = self.home / ".aws" / "models" / service / version
        folder.mkdir(parents=True)
        (folder / "service-2.sdk-extras.json").write_text(merge if isinstance(merge, str) else json.dumps({"merge": merge}))


class UsageTest(ProgramTest):
    def test_help_and_version_are_data(self):
        self.assertIn("botocxx call SERVICE OPERATION", self.run_program("help").stdout)
        self.assertRegex(self.run_program("--version").stdout, r"^botocxx/\d")

    def test_a_misspelt_option_names_the_nearest(self):
        self.assert_error(self.run_program("s3api", "list-buckets", "--endpoint-ulr", "x"), 252, "--endpoint-url")

    def test_a_misspelt_operation_names_the_nearest(self):
        self.assert_error(self.run_program("s3api", "list-bukets"), 252, "ListBuckets")

    def test_a_misspelt_service_names_the_nearest(self):
        self.assert_error(self.run_program("dynamo-db", "list-tables"), 252, "dynamodb")

    def test_an_option_without_its_value_is_an_error(self):
        self.assert_error(self.run_program("s3api", "list-objects-v2", "--bucket"), 252, "--bucket")

    def test_params_that_are_no_json_say_where(self):
        done = self.run_program("call", "s3", "ListBuckets", "--params", "{\n'a': 1}")
        self.assert_error(done, 252, "--params", "line 2")

    def test_all_parameter_problems_are_reported_at_once(self):
        done = self.run_program("call", "s3", "PutObject", "--params", '{"Bukket": "b", "Body": 5}', "--region", "x", env=KEYS)
        self.assert_error(done, 252, 'Missing required parameter in input: "Bucket"', 'Unknown parameter in input: "Bukket"',
                          "Invalid type for parameter Body")

    def test_a_missing_region_is_a_matter_of_configuration(self):
        self.assert_error(self.run_program("s3control", "list-jobs", "--account-id", "123456789012", env=KEYS), 253, "You must specify a region")

    def test_missing_credentials_are_a_matter_of_configuration(self):
        self.assert_error(self.run_program("s3api", "list-buckets", "--region", "us-east-1"), 253, "Unable to locate credentials")

    def test_half_a_key_pair_is_reported(self):
        done = self.run_program("s3api", "list-buckets", "--region", "us-east-1", env={"AWS_ACCESS_KEY_ID": "AKID"})
        self.assert_error(done, 253, "AWS_SECRET_ACCESS_KEY")

    def test_an_unreachable_endpoint_is_named(self):
        done = self.run_program("s3api", "list-buckets", "--region", "us-east-1", "--endpoint-url", "http://127.0.0.1:9", env=KEYS)
        self.assert_error(done, 255, "http://127.0.0.1:9/")

    def test_a_request_to_be_signed_needs_a_service_a_region_and_keys(self):
        url = "https://api.example.com/x"
        self.assert_error(self.run_program("request", "GET", url, "--region", "x", env=KEYS), 252, "--service", "--no-sign-request")
        self.assert_error(self.run_program("sign", "GET", url, "--service", "s", env=KEYS), 253, "You must specify a region")
        self.assert_error(self.run_program("sign", "GET", url, "--service", "s", "--region", "x"), 253, "Unable to locate credentials")

    def test_what_is_no_request_is_refused(self):
        for words in (["GET"], ["G T", "https://h/"], ["GET", "ftp://h/"], ["GET", "https://h/", "-H", "no colon"],
                      ["GET", "https://h/", "-H", "a: b\r\nc: d"], ["PUT", "https://h/", "-d", "@/nowhere/file"],
                      ["GET", "https://h/", "--expires-in", "soon"]):
            for command in ("sign", "request"):
                done = self.run_program(command, *words, "--service", "s", "--region", "x", env=KEYS)
                self.assert_error(done, 252 if "/nowhere/file" not in words[-1] else done.returncode)
                self.assertNotEqual(done.returncode, 0)

    def test_sign_prints_the_request_and_its_stages_apart(self):
        done = self.run_program("sign", "post", "https://api.example.com/x?b=2&a=1", "--service", "execute-api", "--region", "x",
                                "-H", "X-Mine:  1", "-d", "body", "--stages", env={**KEYS, "AWS_SESSION_TOKEN": "planted-token"})
        made = json.loads(done.stdout)
        self.assertEqual((made["method"], made["url"]), ("POST", "https://api.example.com/x?b=2&a=1"))
        self.assertIn("SignedHeaders=host;x-amz-date;x-amz-security-token;x-mine,", made["headers"]["Authorization"])
        self.assertEqual(made["headers"]["Content-Length"], "4")
        self.assertIn("a=1&b=2", done.stderr)
        self.assertNotIn("planted-token", done.stderr)

    def test_sign_makes_urls(self):
        done = self.run_program("sign", "GET", "https://api.example.com/x", "--service", "execute-api", "--region", "x", "--expires-in", "60", env=KEYS)
        made = json.loads(done.stdout)
        self.assertIn("&X-Amz-Expires=60&", made["url"])
        self.assertNotIn("Authorization", made["headers"])

    def test_a_streamed_answer_needs_a_file(self):
        done = self.run_program("s3api", "get-object", "--bucket", "b", "--key", "k", "--region", "x", env=KEYS)
        self.assert_error(done, 252, "name a file")

    def test_a_missing_body_file_is_named(self):
        done = self.run_program("s3api", "put-object", "--bucket", "b", "--key", "k", "--body", "/nowhere/file", env=KEYS)
        self.assert_error(done, 252, "/nowhere/file")

    def test_secrets_show_neither_in_errors_nor_in_the_log(self):
        with listening() as (port, seen):
            done = self.run_program("s3api", "list-buckets", "--region", "us-east-1", "--endpoint-url", f"http://127.0.0.1:{port}",
                                    "--debug", env={**KEYS, "AWS_SESSION_TOKEN": "token-nobody-may-see"})
        self.assertIn("GET / HTTP/1.1", done.stderr)
        self.assertNotIn(seen[0].split("Signature=")[1], done.stderr)
        self.assertNotIn(KEYS["AWS_SECRET_ACCESS_KEY"], done.stderr)
        self.assertNotIn("token-nobody-may-see", done.stderr)


    def test_help_is_found_behind_any_command(self):
        for words in (["call", "--help"], ["models", "--help"], ["wire", "--help"]):
            self.assertIn("botocxx call SERVICE OPERATION", self.run_program(*words).stdout)
        self.assertIn("--max-buckets", self.run_program("s3api", "list-buckets", "--help").stdout)

    def test_results_do_not_go_where_a_closed_stream_was(self):
        done = subprocess.run(["sh", "-c", '"$0" models list >&-', str(BUILD / "botocxx")], env=self.environment, capture_output=True, text=True)
        self.assertEqual(done.returncode, 255)
        self.assertIn("cannot write to standard output", done.stderr)
        buckets = b"<ListAllMyBucketsResult><Buckets><Bucket><Name>b</Name></Bucket></Buckets></ListAllMyBucketsResult>"
        with listening(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(buckets) + buckets) as (port, _):
            done = subprocess.run(["sh", "-c", '"$0" "$@" >&- 2>&-', str(BUILD / "botocxx"), "s3api", "list-buckets", "--region", "us-east-1",
                                   "--endpoint-url", f"http://127.0.0.1:{port}"], env={**self.environment, **KEYS}, capture_output=True, text=True)
        self.assertEqual(done.returncode, 255)
        self.assertEqual(done.stdout + done.stderr, "")

    def test_a_folder_of_models_that_does_not_exist_is_an_error(self):
        for words in (["models", "list"], ["s3api", "list-buckets"], ["wire", "request"]):
            self.assert_error(self.run_program(*words, "--data-path", "/nowhere/models"), 252, "/nowhere/models")

    def test_named_extras_that_no_file_bears_draw_a_warning(self):
        done = self.run_program("models", "operations", "s3", "--extras", "nobodys")
        self.assertEqual(done.returncode, 0)
        self.assertIn('s3 has no extras named "nobodys"', done.stderr)

    def test_a_port_beyond_the_last_is_refused(self):
        done = self.run_program("s3api", "list-buckets", "--region", "x", "--endpoint-url", "http://h:99999", env=KEYS)
        self.assert_error(done, 252, "larger than 65535")

    def test_a_config_that_is_no_object_is_refused(self):
        done = self.run_program("s3api", "list-buckets", "--region", "x", "--config", "[]", env=KEYS)
        self.assert_error(done, 252, "expected an object")

    def test_why_a_connection_failed_is_said(self):
        done = self.run_program("s3api", "list-buckets", "--region", "us-east-1", "--endpoint-url", "http://127.0.0.1:9", env=KEYS)
        self.assertIn("reason: ", done.stderr)

    def test_what_a_server_says_stays_on_its_line_and_does_not_steer_the_terminal(self):
        body = "<Error><Code>A&#10;botocxx: error: forged</Code><Message>m\x85&#13;n</Message></Error>"
        answer = f"HTTP/1.1 403 Forbidden\r\nx-amz-request-id: \x1b[31mred\r\nContent-Length: {len(body.encode())}\r\nConnection: close\r\n\r\n{body}"
        with listening(answer.encode()) as (port, _):
            done = self.run_program("s3api", "list-buckets", "--region", "us-east-1", "--endpoint-url", f"http://127.0.0.1:{port}", env=KEYS)
        self.assertEqual(done.returncode, 254)
        self.assertEqual(done.stderr.splitlines(), [
            "botocxx: error: An error occurred (A\\nbotocxx: error: forged) when calling the ListBuckets operation: m\\u0085\\rn",
            "request id: \\x1b[31mred"])

    def test_an_error_of_any_length_keeps_its_status(self):
        body = b"x" * 20_000_000
        with listening(b"HTTP/1.1 500 X\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body) as (port, _):
            done = self.run_program("s3api", "list-buckets", "--region", "us-east-1", "--endpoint-url", f"http://127.0.0.1:{port}", env=KEYS)
        self.assert_error(done, 254, "An error occurred (500)")

    def test_a_parameter_object_of_any_size_is_answered(self):
        params = self.home / "params.json"
        params.write_text(json.dumps({f"k{number}": number for number in range(100_000)}))
        done = self.run_program("call", "s3", "ListBuckets", "--params", f"file://{params}", "--region", "x", env=KEYS)
        self.assert_error(done, 252, 'Unknown parameter in input: "k99999"')


class SharedFilesTest(ProgramTest):
    def write(self, name, text):
        (self.home / ".aws").mkdir(exist_ok=True)
        (self.home / ".aws" / name).write_text(text)

    def signed_scope(self, *words, env=None):
        """Access key and region of the request that goes out."""
        with listening() as (port, seen):
            self.run_program("s3api", "list-buckets", "--endpoint-url", f"http://127.0.0.1:{port}", *words, env=env)
        credential = seen[0].split("Credential=")[1].split(",")[0].split("/")
        return credential[0], credential[2]

    def test_keys_and_region_of_the_profile_are_used(self):
        self.write("credentials", "[default]\naws_access_key_id = D\naws_secret_access_key = s\n[work]\naws_access_key_id = W@ns\naws_secret_access_key = a/b+c=\n")
        self.write("config", "[default]\nregion = eu-west-1\n[profile work]\nregion = eu-west-3\n")
        self.assertEqual(self.signed_scope(), ("D", "eu-west-1"))
        self.assertEqual(self.signed_scope("--profile", "work"), ("W@ns", "eu-west-3"))
        self.assertEqual(self.signed_scope(env={"AWS_PROFILE": "work"}), ("W@ns", "eu-west-3"))

    def test_the_environment_wins_over_the_files_and_the_option_over_all(self):
        self.write("credentials", "[default]\naws_access_key_id = D\naws_secret_access_key = s\n")
        self.write("config", "[default]\nregion = eu-west-1\n")
        env = {**KEYS, "AWS_DEFAULT_REGION": "sa-east-1"}
        self.assertEqual(self.signed_scope(env=env), ("key@namespace", "sa-east-1"))
        self.assertEqual(self.signed_scope("--region", "ap-south-1", env=env), ("key@namespace", "ap-south-1"))

    def test_an_unknown_profile_is_named(self):
        self.write("config", "[profile work]\nregion = eu-west-3\n")
        self.assert_error(self.run_program("s3api", "list-buckets", "--profile", "wrok"), 253, "wrok", "work")

    def test_a_broken_file_is_named_with_its_line(self):
        self.write("config", "[default]\nregion = eu-west-1\n[profile x\n")
        self.assert_error(self.run_program("s3api", "list-buckets", env=KEYS), 253, "config", "3")


class ModelsTest(ProgramTest):
    def test_bundled_services_and_versions_are_listed(self):
        services = self.run_program("models", "list").stdout.split()
        self.assertGreaterEqual(len(services), 429)
        self.assertEqual(services, sorted(services))
        self.assertEqual(self.run_program("models", "versions", "s3").stdout.split(), ["2006-03-01"])

    def test_the_bundled_extras_add_metadata_search(self):
        self.assertIn("MetadataSearch", self.run_program("models", "operations", "s3").stdout.split())
        described = json.loads(self.run_program("models", "describe", "s3", "MetadataSearch").stdout)
        self.assertTrue(described["input"]["members"]["Query"]["required"])

    def test_where_names_the_file_that_supplied_an_operation(self):
        self.drop_extras({"operations": {"Mine": {"name": "Mine", "http": {"method": "GET", "requestUri": "/?mine"}}}})
        where = self.run_program("models", "where", "s3", "Mine").stdout
        self.assertIn(str(self.home / ".aws/models/s3/2006-03-01/service-2.sdk-extras.json"), where)

    def test_a_dropped_file_with_a_mistake_is_named_with_line_and_column(self):
        self.drop_extras('{"merge": {\n  "operations": {,}\n}}')
        for words in (["call", "s3", "ListBuckets"], ["models", "operations", "s3"]):
            done = self.run_program(*words, env=KEYS)
            self.assert_error(done, 255, "service-2.sdk-extras.json:2:")
        validated = self.run_program("models", "validate", "s3")
        self.assertEqual(validated.returncode, 255)
        self.assertIn("service-2.sdk-extras.json:2:", validated.stdout)

    def test_extras_for_a_version_that_does_not_exist_are_applied_with_a_warning(self):
        self.drop_extras({"operations": {"Mine": {"name": "Mine", "http": {"method": "GET", "requestUri": "/?mine"}}}}, version="2023-2-11")
        done = self.run_program("models", "operations", "s3")
        self.assertIn("Mine", done.stdout.split())
        self.assertIn("botocxx: warning: ", done.stderr)
        self.assertIn("2023-2-11", done.stderr)

    def drop_model(self, shapes):
        folder = self.home / ".aws/models/shelf/2020-01-01"
        folder.mkdir(parents=True)
        (folder / "service-2.json").write_text(json.dumps({
            "metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "shelf", "protocol": "rest-xml", "serviceId": "Shelf", "signatureVersion": "v4"},
            "operations": {"Get": {"name": "Get", "http": {"method": "GET", "requestUri": "/"}, "input": {"shape": "S0"}}}, "shapes": shapes}))

    def test_shapes_that_use_each_other_often_or_deeply_are_described(self):
        twice = {f"S{number}": {"type": "structure", "members": {side: {"shape": f"S{number + 1}"} for side in "lr"}} for number in range(40)}
        self.drop_model({**twice, "S40": {"type": "structure", "members": {}}})
        self.assertEqual(json.loads(self.run_program("models", "describe", "shelf", "Get").stdout)["name"], "Get")

    def test_a_long_chain_of_shapes_is_described(self):
        chain = {f"S{number}": {"type": "structure", "members": {"next": {"shape": f"S{number + 1}"}}} for number in range(20_000)}
        self.drop_model({**chain, "S20000": {"type": "structure", "members": {}}})
        self.assertEqual(json.loads(self.run_program("models", "describe", "shelf", "Get").stdout)["name"], "Get")

    def test_a_proposed_option_name_does_not_hide_an_option_of_the_program(self):
        self.drop_model({"S0": {"type": "structure", "members": {"Shire": {"shape": "T", "commandLineName": "region"}}}, "T": {"type": "string"}})
        self.assertIn("--shire ", self.run_program("shelf", "get", "help").stdout)

    def test_a_pipe_in_a_models_place_is_not_waited_for(self):
        folder = self.home / ".aws/models/s3/2006-03-01"
        folder.mkdir(parents=True)
        os.mkfifo(folder / "service-2.sdk-extras.json")
        self.assert_error(self.run_program("models", "operations", "s3"), 255, "service-2.sdk-extras.json", "no regular file")

    def test_bundled_models_have_no_mistakes(self):
        done = self.run_program("models", "validate", "s3")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("0 errors, 0 warnings", done.stdout)


def event_message(headers, payload=b""):
    """One message of an event stream, with text headers."""
    block = b"".join(bytes([len(name)]) + name.encode() + b"\x07" + struct.pack(">H", len(text)) + text.encode()
                     for name, text in headers.items())
    message = struct.pack(">II", 16 + len(block) + len(payload), len(block))
    message += struct.pack(">I", zlib.crc32(message)) + block + payload
    return message + struct.pack(">I", zlib.crc32(message))


class EventStreamTest(ProgramTest):
    HEAD = b"HTTP/1.1 200 OK\r\nx-amz-request-id: R1\r\n\r\n"
    RECORDS = event_message({":message-type": "event", ":event-type": "Records"}, b"a,b\n")
    END = event_message({":message-type": "event", ":event-type": "End"})
    PARAMS = json.dumps({"Bucket": "b", "Key": "k", "Expression": "x", "ExpressionType": "SQL", "InputSerialization": {},
                         "OutputSerialization": {}})

    def select(self, answer, hold=0):
        with listening(answer, hold) as (port, _):
            return self.run_program("call", "s3", "SelectObjectContent", "--endpoint-url", f"http://127.0.0.1:{port}",
                                    "--params", self.PARAMS, env={**KEYS, "AWS_DEFAULT_REGION": "us-east-1"})

    def test_events_are_a_line_each_behind_what_came_first(self):
        done = self.select(self.HEAD + self.RECORDS + self.END)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout, '{}\n{"Records":{"Payload":"YSxiCg=="}}\n{"End":{}}\n')

    def test_an_error_in_the_stream_follows_the_events_before_it(self):
        failure = event_message({":message-type": "error", ":error-code": "Busy", ":error-message": "later"})
        done = self.select(self.HEAD + self.RECORDS + failure + self.END)
        self.assertEqual(done.returncode, 254)
        self.assertEqual(done.stdout, '{}\n{"Records":{"Payload":"YSxiCg=="}}\n')
        self.assertIn("(Busy) when calling the SelectObjectContent operation: later", done.stderr)
        self.assertIn("R1", done.stderr)

    def test_a_stream_that_is_cut_off_is_an_error(self):
        done = self.select(self.HEAD + self.RECORDS + self.END[:-1])
        self.assertNotEqual(done.returncode, 0)
        self.assertEqual(done.stdout, '{}\n{"Records":{"Payload":"YSxiCg=="}}\n')
        self.assertIn("ends within a message", done.stderr)

    def test_an_event_is_printed_while_the_stream_goes_on(self):
        with listening(self.HEAD + self.RECORDS, hold=20) as (port, _):
            program = subprocess.Popen(
                [str(BUILD / "botocxx"), "call", "s3", "SelectObjectContent", "--endpoint-url", f"http://127.0.0.1:{port}",
                 "--params", self.PARAMS], env={**self.environment, **KEYS, "AWS_DEFAULT_REGION": "us-east-1"},
                stdout=subprocess.PIPE)
            try:
                self.assertEqual(program.stdout.readline(), b"{}\n")
                self.assertEqual(program.stdout.readline(), b'{"Records":{"Payload":"YSxiCg=="}}\n')
                self.assertIsNone(program.poll())
            finally:
                program.kill()
                program.communicate()

    def test_wire_gives_the_events_as_a_list(self):
        line = {"service": "s3", "operation": "SelectObjectContent", "status": 200,
                "body": base64.b64encode(self.RECORDS + self.END).decode()}
        done = self.run_program("wire", "response", stdin=json.dumps(line) + "\n")
        self.assertEqual(json.loads(done.stdout)["result"], {"Payload": [{"Records": {"Payload": "YSxiCg=="}}, {"End": {}}]})

    def test_wire_makes_no_request_of_events(self):
        line = {"service": "polly", "operation": "StartSpeechSynthesisStream", "params": {}}
        done = self.run_program("wire", "request", stdin=json.dumps(line) + "\n")
        self.assertEqual(json.loads(done.stdout)["error"]["code"], "NeedsConnection")


class WireTest(ProgramTest):
    CREDENTIALS = {"access_key": "AKID", "secret_key": "SECRET"}
    UUID = "01234567-89ab-4cde-8f01-23456789abcd"

    def ask(self, mode, *lines, words=()):
        text = "".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines)
        done = self.run_program("wire", mode, *words, stdin=text)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def test_one_answer_for_each_line_also_for_bad_ones(self):
        good = {"id": "a", "service": "s3", "operation": "ListBuckets", "params": {}, "region": "us-east-1", "credentials": self.CREDENTIALS}
        answers = self.ask("request", good, "not json\n", "[]\n", {**good, "id": 7, "service": "s33"}, good)
        self.assertEqual(answers[0]["url"], "https://s3.amazonaws.com/")
        self.assertIn("error", answers[1])
        self.assertIn("error", answers[2])
        self.assertEqual((answers[3]["id"], answers[3]["error"]["code"]), (7, "UnknownService"))
        self.assertEqual(answers[4]["id"], "a")

    def test_answers_that_cannot_be_are_refused(self):
        good = {"service": "s3", "operation": "ListBuckets", "status": 200}
        for bad in ({"status": 99999999999}, {"status": -1}, {"status": "200"}, {"headers": []}, {"headers": {"a": 1}}, {"body": 7}, {"body": "#"}):
            self.assertEqual(self.ask("response", {**good, **bad})[0]["error"]["code"], "InvalidInput", bad)

    def test_a_copy_that_failed_after_its_status_was_sent_is_an_error(self):
        body = base64.b64encode(b"<Error><Code>SlowDown</Code><Message>m</Message></Error>").decode()
        answer = self.ask("response", {"service": "s3", "operation": "CopyObject", "status": 200, "body": body})[0]
        self.assertEqual(answer["error"], {"code": "SlowDown", "message": "m", "status": 500, "result": {}})

    def test_jobs_keep_the_order(self):
        line = {"service": "s3", "operation": "HeadBucket", "region": "us-east-1", "credentials": self.CREDENTIALS}
        lines = [{**line, "id": number, "params": {"Bucket": f"bucket-{number}"}} for number in range(500)]
        answers = self.ask("request", *lines, words=["--jobs", "4"])
        self.assertEqual([answer["id"] for answer in answers], list(range(500)))
        self.assertTrue(all(f"bucket-{answer['id']}." in answer["url"] for answer in answers))

    def test_a_bad_line_among_many_costs_its_own_answer_only(self):
        good = json.dumps({"expression": "a", "input": {"a": 1}}) + "\n"
        lines = [good if number % 50 else "[" * 2000 + "\n" for number in range(1000)]
        answers = self.ask("jmespath", *lines, words=["--jobs", "3"])
        self.assertEqual([("error" in answer) for answer in answers], [number % 50 == 0 for number in range(1000)])

    def test_huge_and_empty_lines_keep_their_places_with_several_jobs(self):
        huge = json.dumps({"id": "huge", "expression": "length(a)", "input": {"a": "x" * 5_000_000}}) + "\n"
        small = json.dumps({"id": "small", "expression": "a", "input": {}}) + "\n"
        answers = self.ask("jmespath", huge, small, "\n", huge, small, words=["--jobs", "2"])
        self.assertEqual([answer.get("id") for answer in answers], ["huge", "small", None, "huge", "small"])
        self.assertEqual(answers[3]["result"], 5_000_000)

    def test_a_last_line_without_its_end_is_answered(self):
        for jobs in ("1", "4"):
            answers = self.ask("jmespath", json.dumps({"expression": "a", "input": {"a": 1}}), words=["--jobs", jobs])
            self.assertEqual(answers, [{"result": 1}])

    def test_lines_that_fix_different_times_do_not_meet(self):
        line = {"service": "s3", "operation": "ListBuckets", "region": "us-east-1", "credentials": self.CREDENTIALS}
        lines = [{**line, "time": f"2026-01-02T03:{number % 60:02}:00Z"} for number in range(600)]
        answers = self.ask("request", *lines, words=["--jobs", "4"])
        self.assertEqual([answer["headers"]["X-Amz-Date"] for answer in answers], [f"20260102T03{n % 60:02}00Z" for n in range(600)])

    def test_lines_with_different_settings_do_not_share_a_client(self):
        line = {"service": "s3", "operation": "ListBuckets", "region": "us-east-1", "credentials": self.CREDENTIALS, "time": "2026-01-02T03:04:05Z",
                "uuid": self.UUID}
        others = [{**line, "region": "eu-west-1"}, {**line, "credentials": None}, {**line, "credentials": {**self.CREDENTIALS, "token": "t"}},
                  {**line, "endpoint_url": "http://localhost:9000"}, {**line, "config": {"user_agent_extra": "x"}}]
        answers = self.ask("request", line, *others, line)
        self.assertEqual(answers[0], answers[-1])
        self.assertEqual(len({json.dumps(answer, sort_keys=True) for answer in answers}), 6)

    def test_a_reader_that_leaves_ends_the_run_with_several_jobs_too(self):
        line = json.dumps({"expression": "a", "input": {"a": "x" * 1000}}) + "\n"
        for jobs in ("1", "4"):
            done = subprocess.run(["bash", "-c", f'"{BUILD / "botocxx"}" wire jmespath --jobs {jobs} | head -1; exit ${{PIPESTATUS[0]}}'],
                                  input=line * 20000, env=self.environment, capture_output=True, text=True, timeout=60)
            self.assertNotIn(done.returncode, (0, 134, 139), done.stderr)
            self.assertEqual(len(done.stdout.splitlines()), 1)

    def test_a_program_that_asks_and_reads_in_turns_gets_its_answers(self):
        for jobs in ("1", "4"):
            filter_ = subprocess.Popen([str(BUILD / "botocxx"), "wire", "jmespath", "--jobs", jobs], env=self.environment,
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            self.addCleanup(filter_.kill)
            for number in range(3):
                filter_.stdin.write(json.dumps({"id": number, "expression": "a", "input": {"a": number}}) + "\n")
                filter_.stdin.flush()
                ready, _, _ = select.select([filter_.stdout], [], [], 20)
                self.assertTrue(ready, f"no answer to line {number} with {jobs} jobs")
                self.assertEqual(json.loads(filter_.stdout.readline()), {"id": number, "result": number})
            filter_.stdin.close()
            self.assertEqual(filter_.wait(20), 0)
            filter_.stdout.close()

    def test_the_same_line_gives_the_same_answer(self):
        line = {"service": "s3", "operation": "ListBuckets", "region": "us-east-1", "credentials": self.CREDENTIALS, "time": "2026-01-02T03:04:05Z",
                "uuid": self.UUID}
        first, second = self.ask("request", line, line)
        self.assertEqual(first, second)
        self.assertEqual(first["headers"]["X-Amz-Date"], "20260102T030405Z")

    def test_missing_pieces_have_botocores_names(self):
        line = {"service": "s3", "operation": "ListBuckets", "params": {}}
        cases = [({**line, "region": "us-east-1"}, "NoCredentials"), ({**line, "service": "s3control", "operation": "ListJobs", "params": {"AccountId": "123456789012"}, "credentials": self.CREDENTIALS}, "NoRegion"),
                 ({**line, "operation": "ListBukets", "region": "x"}, "UnknownOperation"),
                 ({**line, "params": {"X": 1}, "region": "us-east-1", "credentials": None}, "ParamValidation")]
        for answer, (_, code) in zip(self.ask("request", *[case for case, _ in cases]), cases):
            self.assertEqual(answer["error"]["code"], code)

    def test_responses_are_parsed_and_errors_are_data(self):
        line = {"id": 1, "service": "s3", "operation": "HeadObject", "status": 404, "headers": {}, "body": ""}
        answer = self.ask("response", line)[0]
        self.assertEqual(answer["error"], {"code": "404", "message": "Not Found", "status": 404, "result": {}})


    def test_jmespath_expressions_are_evaluated_and_their_errors_have_codes(self):
        line = {"id": 1, "expression": "a[?b > `1`].c", "input": {"a": [{"b": 1, "c": 1}, {"b": 2, "c": 2}]}}
        answers = self.ask("jmespath", line, {**line, "expression": "a["}, {**line, "expression": "abs('x')"})
        self.assertEqual(answers[0], {"id": 1, "result": [2]})
        self.assertEqual([answer["error"]["code"] for answer in answers[1:]], ["syntax", "invalid-type"])


class LocalEndpointTest(ProgramTest):
    def setUp(self):
        super().setUp()
        if not (BUILD / "objectscale-local").exists():
            self.skipTest("build/release/objectscale-local is not built")
        port_file = self.home / "port"
        self.endpoint = subprocess.Popen(
            [str(BUILD / "objectscale-local"), "--port", "0", "--data", str(self.home / "data"), "--port-file", str(port_file),
             "--access-key", KEYS["AWS_ACCESS_KEY_ID"], "--secret-key", KEYS["AWS_SECRET_ACCESS_KEY"]],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.environment)
        self.addCleanup(self.stop)
        for _ in range(200):
            if port_file.exists() and port_file.read_text().strip():
                break
            time.sleep(0.05)
        self.url = f"http://127.0.0.1:{port_file.read_text().strip()}"
        self.environment.update(KEYS, AWS_DEFAULT_REGION="us-east-1")

    def stop(self):
        self.endpoint.terminate()
        self.endpoint.wait(10)

    def call(self, *words):
        done = self.run_program("--endpoint-url", self.url, *words)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout) if done.stdout else None

    def make_shelf(self):
        self.call("s3api", "create-bucket", "--bucket", "shelf", "--search-meta-data", "Size,x-amz-meta-colour;string")
        (self.home / "body").write_text("content")
        for key, colour in (("a b/é?.txt", "teal"), ("plain", "grey")):
            self.call("s3api", "put-object", "--bucket", "shelf", "--key", key, "--metadata", f"colour={colour}", "--body", str(self.home / "body"))

    def test_objects_are_found_by_their_metadata(self):
        self.make_shelf()
        found = self.call("call", "s3", "MetadataSearch", "--params", json.dumps({"Bucket": "shelf", "Query": "x-amz-meta-colour=='teal'"}))
        self.assertEqual([match["objectName"] for match in found["ObjectMatches"]], ["a b/é?.txt"])
        same = self.call("s3api", "metadata-search", "--bucket", "shelf", "--query-expression", "x-amz-meta-colour=='teal'")
        # Pages are put together, without what only one of them says.
        self.assertEqual(same["ObjectMatches"], found["ObjectMatches"])
        self.assertNotIn("NextMarker", same)

    def test_any_request_can_be_signed_and_sent(self):
        (self.home / "body").write_bytes(b"\x00octets\xff" * 1000)
        signed = ["--service", "s3"]
        self.call("request", "PUT", f"{self.url}/plain", *signed)
        self.call("request", "PUT", f"{self.url}/plain/a%20b//c", *signed, "-H", "x-amz-meta-colour: teal", "--data", f"@{self.home / 'body'}")
        got = self.run_program("request", "GET", f"{self.url}/plain/a%20b//c", *signed, "-o", str(self.home / "copy"), "-i")
        self.assertEqual((got.returncode, got.stderr), (0, ""))
        self.assertTrue(got.stdout.startswith("HTTP 200"), got.stdout)
        self.assertIn("x-amz-meta-colour: teal", got.stdout)
        self.assertEqual((self.home / "copy").read_bytes(), (self.home / "body").read_bytes())
        text = self.run_program("request", "PUT", f"{self.url}/plain/t", *signed, "-d", "@-", stdin="from a pipe")
        self.assertEqual(text.returncode, 0, text.stderr)
        self.assertEqual(self.run_program("request", "GET", f"{self.url}/plain/t", *signed).stdout, "from a pipe")

    def test_a_refused_request_shows_the_answer_and_has_its_own_exit_status(self):
        for words in (["GET", f"{self.url}/nowhere/k", "--service", "s3"], ["GET", f"{self.url}/", "--no-sign-request"],
                      ["GET", f"{self.url}/nowhere/k", "--service", "s3", "-o", str(self.home / "copy")]):
            done = self.run_program("request", *words)
            self.assertEqual(done.returncode, 254, done.stderr)
            self.assertIn("<Code>", done.stdout)
            self.assertIn("botocxx: error: the service answered with status 40", done.stderr)
        self.assertFalse((self.home / "copy").exists())

    def test_signed_urls_work_without_keys(self):
        self.make_shelf()
        credentials = {"access_key": KEYS["AWS_ACCESS_KEY_ID"], "secret_key": KEYS["AWS_SECRET_ACCESS_KEY"]}
        for version in ("s3v4", "s3", None):
            line = {"service": "s3", "operation": "GetObject", "params": {"Bucket": "shelf", "Key": "a b/é?.txt"}, "region": "us-east-1",
                    "credentials": credentials, "endpoint_url": self.url, "presign": {"expires_in": 60},
                    "config": {"signature_version": version} if version else {}}
            made = json.loads(self.run_program("wire", "request", stdin=json.dumps(line) + "\n").stdout)
            with urllib.request.urlopen(made["url"], timeout=10) as answer:
                self.assertEqual(answer.read(), b"content", version)
            refused = made["url"].replace("shelf/a", "shelf/b")
            with self.assertRaises(urllib.error.HTTPError):
                urllib.request.urlopen(refused, timeout=10)

    def test_an_object_comes_back_as_it_went(self):
        self.make_shelf()
        copy = self.home / "copy"
        answer = self.call("s3api", "get-object", "--bucket", "shelf", "--key", "a b/é?.txt", str(copy))
        self.assertEqual(copy.read_text(), "content")
        self.assertEqual(answer["Metadata"], {"colour": "teal"})
        self.assertNotIn("Body", answer)

    def test_a_service_error_has_its_own_exit_status_and_leaves_no_file(self):
        self.make_shelf()
        copy = self.home / "copy"
        done = self.run_program("--endpoint-url", self.url, "s3api", "get-object", "--bucket", "shelf", "--key", "none", str(copy))
        self.assert_error(done, 254, "An error occurred (NoSuchKey) when calling the GetObject operation")
        self.assertFalse(copy.exists())

    def test_an_interrupted_download_leaves_nothing(self):
        folder = self.home / "downloads"
        folder.mkdir()
        head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 1000
        with listening(head, hold=30) as (port, seen):
            running = subprocess.Popen([str(BUILD / "botocxx"), "s3api", "get-object", "--bucket", "b-b", "--key", "k", str(folder / "copy"),
                                        "--endpoint-url", f"http://127.0.0.1:{port}"], env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for _ in range(100):
                time.sleep(0.05)
                if seen:
                    break
            time.sleep(0.5)
            running.send_signal(signal.SIGINT)
            running.communicate(timeout=20)
        self.assertEqual(running.returncode, 130)
        self.assertEqual(list(folder.iterdir()), [])

    def test_a_wrong_secret_is_refused(self):
        done = self.run_program("--endpoint-url", self.url, "s3api", "list-buckets", env={"AWS_SECRET_ACCESS_KEY": "wrong"})
        self.assert_error(done, 254, "SignatureDoesNotMatch")

    def test_an_operation_from_a_dropped_file_is_called_by_name(self):
        self.make_shelf()
        self.drop_extras({
            "operations": {"FindByColour": {"name": "FindByColour", "http": {"method": "GET", "requestUri": "/{Bucket}"},
                                            "input": {"shape": "FindByColourRequest"}, "output": {"shape": "MetadataSearchOutput"}}},
            "shapes": {"FindByColourRequest": {"type": "structure", "required": ["Bucket", "Where"], "members": {
                "Bucket": {"shape": "BucketName", "location": "uri", "locationName": "Bucket"},
                "Where": {"shape": "EmcQueryExpression", "location": "querystring", "locationName": "query"}}}}})
        found = self.call("s3api", "find-by-colour", "--bucket", "shelf", "--where", "x-amz-meta-colour=='grey'")
        self.assertEqual([match["objectName"] for match in found["ObjectMatches"]], ["plain"])

    def test_the_guides_programs_run(self):
        self.make_shelf()
        run = lambda name, *words: self.run_program(*words, program=BUILD / "examples" / f"example_{name}")  # noqa: E731
        self.assertEqual(run("list_keys", "shelf", self.url).stdout, "a b/é?.txt 7\nplain 7\n")
        found = run("find_by_metadata", self.url, "shelf", "x-amz-meta-colour=='teal'")
        self.assertIn("a b/é?.txt", found.stdout)
        self.assertIn("x-amz-meta-colour=teal", found.stdout)
        copied = run("stream_object", self.url, "shelf", "streamed", str(self.home / "body"), str(self.home / "copy"))
        self.assertEqual(copied.stdout, "7 octets\n")
        missing = run("stream_object", self.url, "nowhere", "k", str(self.home / "body"), str(self.home / "copy"))
        self.assertEqual(missing.returncode, 1)
        self.assertIn("NoSuchBucket", missing.stderr)
        self.assertEqual(run("stub_queue").stdout, "hello\nQueueDoesNotExist\n")


if __name__ == "__main__":
    closing_line.main()
