"""objectscale-local as a process of a test, and botocore clients that know its extras."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("BOTOCXX_BUILD", os.path.join(ROOT, "build", "release"))
PROGRAM = os.path.join(BUILD, "objectscale-local")
ACCESS_KEY, SECRET_KEY = "local-key@ns", "local/secret+key=="


class LocalEndpoint:
    """A server on a free port over one data folder."""

    def __init__(self, data: str, *options: str) -> None:
        self.data, self.options = data, options
        self.process, self.port = None, 0

    def __enter__(self) -> "LocalEndpoint":
        self.start()
        return self

    def __exit__(self, *_) -> None:
        self.stop()

    def start(self) -> None:
        port_file = os.path.join(self.data + ".port")
        if os.path.exists(port_file):
            os.unlink(port_file)
        command = [PROGRAM, "--data", self.data, "--port", "0", "--port-file", port_file,
                   "--access-key", ACCESS_KEY, "--secret-key", SECRET_KEY,
                   "--access-key", "second", "--secret-key", "second-secret", *self.options]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 30
        while not os.path.exists(port_file):
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"objectscale-local did not start: {command}")
            time.sleep(0.02)
        with open(port_file, encoding="ascii") as file:
            self.port = int(file.read())

    def stop(self) -> int:
        """Its exit status after SIGTERM."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(20)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def peak_kib(self) -> int:
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))

    def client(self, access_key=ACCESS_KEY, secret_key=SECRET_KEY, host="127.0.0.1", **settings):
        import botocore.session
        from botocore.config import Config

        session = botocore.session.Session()
        session.set_config_variable("data_path", os.path.join(ROOT, "models"))
        style = settings.pop("style", "path")
        config = Config(s3={"addressing_style": style, **settings.pop("s3", {})}, retries={"max_attempts": 0},
                        max_pool_connections=20, **settings)
        return session.create_client("s3", endpoint_url=f"http://{host}:{self.port}", region_name="any-region-1",
                                     aws_access_key_id=access_key, aws_secret_access_key=secret_key, config=config)


def scratch_folder() -> tempfile.TemporaryDirectory:
    return tempfile.TemporaryDirectory(prefix="objectscale-local-")
