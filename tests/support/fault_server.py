"""A loopback HTTP server that fails as it is told to, for tests of retries.

A connection serves one request, so that nobody's connection pool plays a part; `keep_alive` changes that.

Each request takes the next step of a script and is answered by it; when the script is over, by its last step. A step is
an object:

    status, reason, headers ({name: value}), body (text)   the answer, by default 200 and empty
    fault    one of
      "close"         closed after the request was read
      "reset"         reset after the request was read
      "head"          reset in the middle of the status line
      "body"          reset in the middle of the body
      "truncate"      closed in the middle of the body
      "long"          announces a longer body than comes
      "silent"        nothing is answered for `seconds`
      "stall"         the second half of the body does not come for `seconds`
      "drip"          the body comes octet by octet, `seconds` in all
      "garbage"       something that is no HTTP
      "early"         answered before the request's body was read, then closed

`requests` holds what was asked: method, target, headers, body, and the number of the connection.
"""

from __future__ import annotations

import socket
import struct
import threading
import time

sleep = time.sleep  # tests of retries take the module's own away


class FaultServer:
    """Use as a context manager; `url` is where it listens."""

    def __init__(self, keep_alive: bool = False) -> None:
        self._keep_alive = keep_alive
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._lock = threading.Lock()
        self._script: list[dict] = []
        self._next = 0
        self._connections = 0
        self._over = threading.Event()
        self.requests: list[dict] = []

    def __enter__(self) -> "FaultServer":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_problem) -> None:
        self._over.set()
        self._listener.close()

    def script(self, steps: list[dict]) -> None:
        """From now on; forgets what was asked before."""
        with self._lock:
            self._script, self._next, self.requests = steps, 0, []

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._connections += 1
            threading.Thread(target=self._serve, args=(connection, self._connections), daemon=True).start()

    def _step(self) -> dict:
        with self._lock:
            step = self._script[min(self._next, len(self._script) - 1)]
            self._next += 1
            return step

    def _serve(self, connection: socket.socket, number: int) -> None:
        stream = connection.makefile("rb")
        try:
            while self._exchange(connection, stream, number):
                pass
        except (OSError, ValueError):
            pass
        finally:
            stream.close()
            connection.close()

    def _exchange(self, connection: socket.socket, stream, number: int) -> bool:
        line = stream.readline()
        if not line:
            return False
        method, target, _ = line.decode("latin-1").split(" ", 2)
        headers: dict[str, str] = {}
        while (field := stream.readline()) not in (b"\r\n", b"\n", b""):
            name, _, value = field.decode("latin-1").partition(":")
            headers[name.strip().lower()] = value.strip()
        step = self._step()
        fault = step.get("fault")
        body = b""
        if fault != "early":
            if headers.get("expect", "").lower() == "100-continue":
                connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            body = read_body(stream, headers)
        with self._lock:
            self.requests.append({"method": method, "target": target, "headers": headers, "body": body, "connection": number})
        return self._answer(connection, step, method)

    def _answer(self, connection: socket.socket, step: dict, method: str) -> bool:
        fault = step.get("fault")
        body = step.get("body", "").encode()
        head = answer_head(step, len(body) + (7 if fault == "long" else 0), self._keep_alive)
        if method == "HEAD":
            body = b""
        if fault == "close":
            return False
        if fault == "reset":
            return reset(connection)
        if fault == "silent":
            self._over.wait(step["seconds"])
            return False
        if fault == "garbage":
            connection.sendall(b"\x16\x03\x01 this is no answer\r\n\r\n")
            return False
        if fault == "head":
            connection.sendall(head[:7])
            return reset(connection)
        if fault in ("body", "truncate", "stall"):
            connection.sendall(head + body[: len(body) // 2])
            if fault == "stall":
                self._over.wait(step["seconds"])
            return reset(connection) if fault == "body" else False
        if fault == "drip":
            connection.sendall(head)
            for octet in body:
                connection.sendall(bytes([octet]))
                sleep(step["seconds"] / len(body))
            return self._keep_alive
        connection.sendall(head + body)
        return fault is None and self._keep_alive


def read_body(stream, headers: dict[str, str]) -> bytes:
    """As its framing says, chunks joined."""
    if headers.get("transfer-encoding", "").lower() != "chunked":
        return stream.read(int(headers.get("content-length", 0)))
    body = b""
    while size := int(stream.readline().split(b";")[0], 16):
        body += stream.read(size)
        stream.readline()
    while stream.readline() not in (b"\r\n", b"\n", b""):
        pass
    return body


def answer_head(step: dict, length: int, keep_alive: bool) -> bytes:
    headers = {"Content-Length": str(length), **({} if keep_alive else {"Connection": "close"}), **step.get("headers", {})}
    status = step.get("status", 200)
    lines = [f"HTTP/1.1 {status} {step.get('reason', 'OK' if status < 300 else 'Error')}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def reset(connection: socket.socket) -> bool:
    """Makes closing send a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return False
