"""S3 servers that others wrote, started on a loopback port for the length of a test."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
GATEWAY_VERSION = "v1.8.0"
GATEWAY_PACKAGE = "github.com/versity/versitygw/cmd/versitygw"
ACCESS_KEY = "integration-key"
SECRET_KEY = "integration/secret+key=="


class Unavailable(Exception):
    """Why a server cannot be had on this machine."""


class Server:
    """A running server: where it listens and what it takes."""

    def __init__(self, name: str, url: str, keys: tuple[str, str], verifies: bool, exact_keys: bool) -> None:
        self.name = name
        self.url = url
        self.access_key, self.secret_key = keys
        self.verifies = verifies  # whether a wrong signature is refused
        self.exact_keys = exact_keys  # whether keys may be what no file system takes as a name


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running(command: list[str], port: int, log_path: str, environment: dict | None = None):
    with open(log_path, "wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})})
        try:
            wait_until_listening(process, port, log_path)
            yield
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until_listening(process, port: int, log_path: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            with open(log_path, encoding="utf-8", errors="replace") as log:
                raise Unavailable(f"it ended at once: {log.read()[-400:].strip()}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise Unavailable(f"it did not listen within {seconds:.0f} s")


@contextlib.contextmanager
def moto_server(folder: str):
    """moto: a mock with S3's whole interface; takes any signature."""
    python = python_with_moto()
    port = free_port()
    command = [python, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with running(command, port, os.path.join(folder, "moto.log")):
        yield Server("moto", f"http://127.0.0.1:{port}", (ACCESS_KEY, SECRET_KEY), False, True)


@contextlib.contextmanager
def strict_moto_server(folder: str):
    """moto told to check who asks: signatures are recomputed and compared, for keys that its IAM has issued."""
    python = python_with_moto()
    port = free_port()
    command = [python, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with running(command, port, os.path.join(folder, "strict-moto.log"), {"INITIAL_NO_AUTH_ACTION_COUNT": "3"}):
        url = f"http://127.0.0.1:{port}"
        yield Server("moto with IAM", url, make_moto_user(url), True, True)


def make_moto_user(url: str) -> tuple[str, str]:
    """Uses up the three calls that are let through unchecked."""
    import botocore.session

    iam = botocore.session.Session().create_client(
        "iam", region_name="us-east-1", endpoint_url=url, aws_access_key_id="x", aws_secret_access_key="x"
    )
    iam.create_user(UserName="tester")
    statement = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.put_user_policy(UserName="tester", PolicyName="all", PolicyDocument=policy)
    key = iam.create_access_key(UserName="tester")["AccessKey"]
    return key["AccessKeyId"], key["SecretAccessKey"]


def python_with_moto() -> str:
    try:
        import moto.server  # noqa: F401
    except ImportError as error:
        raise Unavailable(f"moto's server is not installed in {sys.prefix}: {error}") from error
    return sys.executable


@contextlib.contextmanager
def versity_gateway(folder: str):
    """versitygw: an S3 gateway over a folder; refuses any signature, date or payload hash that is not right."""
    binary = gateway_binary()
    data = os.path.join(folder, "gateway")
    os.mkdir(data)
    check_extended_attributes(data)
    port = free_port()
    command = [binary, "--access", ACCESS_KEY, "--secret", SECRET_KEY, "--region", "us-east-1", "--quiet",
               "--port", f"127.0.0.1:{port}", "posix", data]
    with running(command, port, os.path.join(folder, "gateway.log")):
        yield Server("versitygw", f"http://127.0.0.1:{port}", (ACCESS_KEY, SECRET_KEY), True, False)


def check_extended_attributes(folder: str) -> None:
    try:
        os.setxattr(folder, "user.botocxx", b"1")
        os.removexattr(folder, "user.botocxx")
    except (OSError, AttributeError) as error:
        raise Unavailable(f"{folder} takes no extended attributes, in which the gateway keeps metadata: {error}") from error


def gateway_binary() -> str:
    """Builds the gateway once per clone, from the Go module proxy; only the program is kept."""
    place = os.path.join(ROOT, "build", "go")
    binary = os.path.join(place, f"versitygw-{GATEWAY_VERSION}")
    if os.path.exists(binary):
        return binary
    go = shutil.which("go") or "/usr/local/go/bin/go"
    if not os.path.exists(go):
        raise Unavailable("Go is not installed, and the gateway is built from the Go module proxy")
    os.makedirs(place, exist_ok=True)
    print(f"building versitygw {GATEWAY_VERSION} into build/go (about two minutes, once)", flush=True)
    with tempfile.TemporaryDirectory(prefix="go-", dir=place) as work:
        environment = {**os.environ, "GOBIN": work, "GOPATH": os.path.join(work, "path"), "CGO_ENABLED": "0",
                       "GOCACHE": os.path.join(work, "cache"), "GOFLAGS": "-modcacherw -trimpath"}
        command = [go, "install", f"{GATEWAY_PACKAGE}@{GATEWAY_VERSION}"]
        try:
            done = subprocess.run(command, env=environment, cwd=work, capture_output=True, timeout=900, check=False)
        except subprocess.TimeoutExpired as error:
            raise Unavailable("building versitygw took more than 15 minutes") from error
        if done.returncode != 0:
            text = done.stderr.decode("utf-8", "replace").strip()
            raise Unavailable(f"versitygw cannot be built: {text[-400:]}")
        os.replace(os.path.join(work, "versitygw"), binary)
    return binary
