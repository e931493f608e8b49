#!/usr/bin/env python3
"""Random event streams of every operation that answers with one: does botocxx read them as botocore does?

See README.md beside this file. The last line of output is `N passed, N failed, N skipped`.
"""

from __future__ import annotations

import python_environment  # first: it may restart the script inside the venv

import argparse
import base64
import json
import random
import struct
import sys
import xml.sax.saxutils
import zlib

import wire_program

DEFAULT_SEED = 20260301
DEFAULT_CASES = 25  # of each operation
ALL_CASES = 400
TEXTS = ["", "a", "two words", "\u00e4\u20ac\U0001f600", "<&>\"'", "line\nline", "0"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--cases", type=int, help=f"for each operation; default {DEFAULT_CASES}")
    parser.add_argument("--program", default=wire_program.DEFAULT_PROGRAM, help="command line of botocxx")
    parser.add_argument("--service", help="streams of this service only")
    parser.add_argument("--show", type=int, default=3, help="failures to print for each operation; default 3")
    options = parser.parse_args()
    tally = wire_program.Tally()
    program = wire_program.Program(options.program)
    wire_program.stop_if_impossible(program, tally, "event streams against botocore")
    import botocore_oracle

    oracle = botocore_oracle.Oracle()
    count = options.cases or (ALL_CASES if wire_program.RUN_ALL else DEFAULT_CASES)
    print(f"event streams: seed {options.seed}, {count} cases for each operation, program {options.program}")
    for service, operation in find_operations(oracle, options.service):
        draw = DrawStream(random.Random(f"{options.seed} {service} {operation.name}"), operation)
        lines = [draw.line(service, number) for number in range(count)]
        compare(program, oracle, tally, f"{service} {operation.name}", lines, options.show)
    return tally.finish()


def find_operations(oracle, only: str | None):
    import botocore.session

    for service in [only] if only else botocore.session.get_session().get_available_services():
        model = oracle.service_model(service)
        if '"eventstream"' not in json.dumps(model._service_description["shapes"]):
            continue
        for name in model.operation_names:
            operation = model.operation_model(name)
            if operation.has_event_stream_output:
                yield service, operation


def compare(program, oracle, tally, name: str, lines: list[dict], show: int) -> None:
    failures = 0
    for line, actual in zip(lines, program.ask("response", lines)):
        expected = oracle.response(line)
        if comparable(actual) == comparable(expected):
            continue
        failures += 1
        if failures <= show:
            print(f"{name}: {json.dumps(line)}\n  botocore {json.dumps(comparable(expected))}\n"
                  f"  botocxx  {json.dumps(comparable(actual))}")
    tally.record(name, f"{failures} of {len(lines)} streams are read differently" if failures else None)


def comparable(answer: dict):
    """Of errors what botocore knows: it has neither members nor a status for those within a stream."""
    error = answer.get("error")
    if error is None:
        return answer.get("result")
    code = error["code"].removeprefix("Python:")  # an exception that is none of botocore.exceptions
    if code in ("ChecksumMismatch", "ResponseParser"):
        return {"code": code}
    return {"code": code, "message": error["message"]}


class DrawStream:
    def __init__(self, source: random.Random, operation) -> None:
        self._source = source
        self._operation = operation
        self._output = operation.output_shape
        self._stream = operation.get_event_stream_output()
        self._protocol = operation.service_model.resolved_protocol
        self._events = [n for n, s in self._stream.members.items() if not s.metadata.get("exception")]
        self._exceptions = [n for n, s in self._stream.members.items() if s.metadata.get("exception")]

    def line(self, service: str, number: int) -> dict:
        chance = self._source.random
        frames = []
        if not self._protocol.startswith("rest-"):
            others = {n: s for n, s in self._output.members.items() if not s.serialization.get("eventstream")}
            frames.append(event_frame("initial-response", self._document_of(others, "Initial")))
        frames += [self._event() for _ in range(self._source.randrange(6))]
        if chance() < 0.25:
            frames.append(self._failure())
        body = b"".join(frames)
        if chance() < 0.1 and body:
            at = self._source.randrange(len(frames[0]) if chance() < 0.5 else len(body))
            body = body[:at] + bytes([body[at] ^ 0x10]) + body[at + 1 :]
        headers = {"Content-Type": "application/vnd.amazon.eventstream", "x-amzn-requestid": "request"}
        for name, shape in self._output.members.items():
            if shape.serialization.get("location") == "header" and shape.type_name == "string":
                headers[shape.serialization.get("name", name)] = "header text"
        return {"id": number, "service": service, "operation": self._operation.name, "status": 200,
                "headers": headers, "body": base64.b64encode(body).decode()}

    def _event(self) -> bytes:
        if self._source.random() < 0.1:
            return event_frame("FromTheFuture", b"anything")
        name = self._source.choice(self._events)
        shape = self._stream.members[name]
        headers, payload, rest = {}, None, {}
        for member, inner in shape.members.items():
            if inner.serialization.get("eventheader"):
                headers[member] = self._header(inner)
            elif inner.serialization.get("eventpayload"):
                payload = self._payload(inner)
            else:
                rest[member] = inner
        if payload is None:
            payload = self._document_of(rest, name)
        return event_frame(name, payload, headers)

    def _header(self, shape):
        kind = shape.type_name
        number = self._source.randrange(-100, 100)
        return {"boolean": number > 0, "integer": (4, struct.pack(">i", number)), "long": (5, struct.pack(">q", number)),
                "timestamp": (8, struct.pack(">q", 1422172800123)), "blob": b"\x00\xff"}.get(kind, "text")

    def _payload(self, shape) -> bytes:
        if shape.type_name == "blob":
            return self._source.randbytes(self._source.randrange(40))
        if shape.type_name == "string":
            return self._source.choice(TEXTS).encode()
        return self._document_of(shape.members, shape.name)

    def _failure(self) -> bytes:
        if self._exceptions and self._source.random() < 0.6:
            name = self._source.choice(self._exceptions)
            payload = self._document_of(self._stream.members[name].members, name)
            return frame({":message-type": "exception", ":exception-type": name}, payload)
        return frame({":message-type": "error", ":error-code": "Oops", ":error-message": "not now"})

    def _document_of(self, members, name: str) -> bytes:
        if self._protocol == "rest-xml":
            return f"<{name}>{''.join(self._xml(n, s) for n, s in members.items())}</{name}>".encode()
        return json.dumps(self._structure(members, 0), ensure_ascii=self._source.random() < 0.5).encode()

    def _xml(self, name: str, shape) -> str:
        kind = shape.type_name
        if kind == "structure":
            text = "".join(self._xml(n, s) for n, s in shape.members.items())
        else:
            text = xml.sax.saxutils.escape(str(self._source.randrange(1000)) if kind != "string" else "text & more")
        return f"<{name}>{text}</{name}>" if self._source.random() < 0.8 else ""

    def _structure(self, members, depth: int, union: bool = False) -> dict:
        names = [n for n in members if depth < 4 and self._source.random() < (0.7 if depth < 2 else 0.4)]
        if union:
            names = [self._source.choice(list(members))]
        out = {}
        for name in names:
            shape = members[name]
            out[shape.serialization.get("name", name)] = self._value(shape, depth + 1)
        if not union and self._source.random() < 0.1:
            out["unknownMember"] = [1]
        return out

    def _value(self, shape, depth: int):
        kind = shape.type_name
        if kind == "structure":
            if getattr(shape, "is_document_type", False):
                return self._source.choice([{"any": [1, "thing"]}, "text", 5, True])
            return self._structure(shape.members, depth, getattr(shape, "is_tagged_union", False))
        if kind == "list":
            return [self._value(shape.member, depth + 1) for _ in range(0 if depth > 5 else self._source.randrange(3))]
        if kind == "map":
            return {f"k{i}": self._value(shape.value, depth + 1) for i in range(0 if depth > 5 else self._source.randrange(3))}
        return {"boolean": lambda: self._source.random() < 0.5,
                "integer": lambda: self._source.randrange(-(2**31), 2**31),
                "long": lambda: self._source.randrange(-(2**63), 2**63),
                "float": lambda: self._source.randrange(-999, 999) / 4,
                "double": lambda: self._source.random() * 1000,
                "timestamp": lambda: self._source.randrange(2**31),
                "blob": lambda: base64.b64encode(self._source.randbytes(self._source.randrange(9))).decode(),
                }.get(kind, lambda: self._source.choice(TEXTS))()


def event_frame(name: str, payload: bytes, headers: dict | None = None) -> bytes:
    return frame({":message-type": "event", ":event-type": name, **(headers or {})}, payload)


def frame(headers: dict, payload: bytes = b"") -> bytes:
    """One message; a header is a bool, a text, bytes, or a pair of a type's number and the value's octets."""
    block = b""
    for name, value in headers.items():
        block += bytes([len(name.encode())]) + name.encode()
        if isinstance(value, bool):
            block += b"\x00" if value else b"\x01"
        elif isinstance(value, tuple):
            block += bytes([value[0]]) + value[1]
        else:
            octets = value.encode() if isinstance(value, str) else value
            block += (b"\x07" if isinstance(value, str) else b"\x06") + struct.pack(">H", len(octets)) + octets
    prelude = struct.pack(">II", 16 + len(block) + len(payload), len(block))
    prelude += struct.pack(">I", zlib.crc32(prelude))
    message = prelude + block + payload
    return message + struct.pack(">I", zlib.crc32(message))


if __name__ == "__main__":
    sys.exit(main())
