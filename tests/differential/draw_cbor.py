"""Draws random answers of smithy-rpc-v2-cbor for an operation: status, headers, CBOR body.

Written as services may write it: lengths stated or marked by breaks, texts in chunks, integers in more octets than
they need, floats of every size, members in any order, twice, null, or unknown to the model.
"""

from __future__ import annotations

import random
import struct

TEXTS = ["", "a", "a b", "é日本😀", "x" * 300, "1767323045", "line\nbreak", "\x00", "true"]
UNKNOWN = ["extra", "__type", "Unknown-Member", "zz"]
INTEGERS = [0, 1, 23, 24, 255, 256, 65535, 65536, 2**31 - 1, 2**32, 2**53 + 1, 2**63 - 1, 2**64 - 1]
SECONDS = [0, 1, -1, -2208988800, 951782400, 1767323045, 4102444800, 253402300799]
FLOATS = [0.0, -0.0, 1.5, 0.1, 65504.0, 1e300, float("inf"), float("-inf"), float("nan"), 1767323045.25]
STATUSES = [400, 403, 404, 409, 429, 500, 503]


class DrawCbor:
    def __init__(self, source: random.Random) -> None:
        self.random = source
        self._fullness = source.choice([0.1, 0.4, 0.8])
        self._odd = source.random() < 0.5

    def success(self, operation) -> tuple[int, dict, bytes]:
        shape = operation.output_shape
        body = b"" if shape is None else self._structure(shape, 0, False)
        if self.random.random() < 0.05:
            body += b"\xff\x00"  # what follows the document does not count
        # botocore takes anything for a structure that has no members.
        if shape is not None and shape.members and self.random.random() < 0.08:
            body = self._damaged(body)
        return 200, {"Content-Type": "application/cbor", "smithy-protocol": "rpc-v2-cbor"}, body

    def failure(self, operation) -> tuple[int, dict, bytes]:
        shapes = operation.service_model.error_shapes
        headers = {"Content-Type": "application/cbor", "x-amzn-RequestId": "0A-1B"}
        shape = self.random.choice(shapes) if shapes and self.random.random() < 0.8 else None
        code = shape.name if shape else self.random.choice(["Throttled", "Odd Code", ""])
        code = self.random.choice(["{}", "com.example.thing#{}", "{}:http://internal/", "ns#{}:x"]).format(code)
        pairs = [] if self.random.random() < 0.1 else [(self._text("__type"), self._text(code))]
        if self.random.random() < 0.7:
            name = self.random.choice(["message", "Message"])
            pairs.append((self._text(name), self._text(self.random.choice(TEXTS))))
        for name, member in (shape.members.items() if shape else ()):
            if name.lower() != "message" and self.random.random() < self._fullness:
                pairs.append((self._text(name), self._value(member, 1, False)))
        if self.random.random() < 0.2:
            headers["x-amzn-query-error"] = self.random.choice(["Old.Code;Sender", "Old.Code", ";Sender", "a;b;c"])
        return self.random.choice(STATUSES), headers, self._map(pairs)

    # -- by shape; `in_map`: botocore hands these values out unread, so nothing odd is put in

    def _value(self, shape, depth: int, in_map: bool) -> bytes:
        kind = shape.type_name
        if kind == "structure":
            return self._structure(shape, depth + 1, in_map)
        if kind == "list":
            items = [self._value(shape.member, depth + 1, in_map) for _ in range(self._count(depth))]
            if self._odd and self.random.random() < 0.1:
                items.append(b"\xf6")
            return self._array(items)
        if kind == "map":
            return self._map([(self._text(self.random.choice(TEXTS)), self._value(shape.value, depth + 1, True))
                              for _ in range(self._count(depth))])
        if self._odd and self.random.random() < 0.03:
            kind = self.random.choice(["string", "blob", "boolean", "integer", "double"])
        return self._scalar(kind)

    def _count(self, depth: int) -> int:
        return self.random.choice([0, 1, 2, 3] if depth < 4 else [0, 0, 1])

    def _structure(self, shape, depth: int, in_map: bool) -> bytes:
        names = list(shape.members)
        if shape.is_tagged_union:
            pairs = [self._pair(shape, self.random.choice(names), depth, in_map)] if names else []
            if self._odd and not in_map and self.random.random() < 0.2:
                pairs.append((self._text(self.random.choice(UNKNOWN)), self._scalar("integer")))
            return self._map(pairs)
        chance = self._fullness if depth < 6 else 0.0
        names = [name for name in names if self.random.random() < chance]
        if self._odd and self.random.random() < 0.5:
            self.random.shuffle(names)
            names += names[:1] if self.random.random() < 0.3 else []
        pairs = [self._pair(shape, name, depth, in_map) for name in names]
        if self._odd and not in_map and self.random.random() < 0.3:
            unknown = self.random.choice([self._scalar("string"), self._array([b"\xa0"]), self._map([(b"\x01", b"\x80")])])
            pairs.insert(self.random.randrange(len(pairs) + 1), (self._text(self.random.choice(UNKNOWN)), unknown))
        return self._map(pairs)

    def _pair(self, shape, name: str, depth: int, in_map: bool) -> tuple[bytes, bytes]:
        null = self._odd and self.random.random() < 0.08
        value = self.random.choice([b"\xf6", b"\xf7"]) if null else self._value(shape.members[name], depth, in_map)
        return self._text(name), value

    # -- by type

    def _scalar(self, kind: str) -> bytes:
        if kind == "string":
            return self._text(self.random.choice(TEXTS))
        if kind == "blob":
            return self._octets(2, bytes(self.random.randrange(256) for _ in range(self.random.choice([0, 1, 30]))))
        if kind == "boolean":
            return self.random.choice([b"\xf4", b"\xf5"])
        if kind == "timestamp":
            seconds = self.random.choice(SECONDS)
            if self.random.random() < 0.5:
                return b"\xc1" + self._integer(seconds)
            return b"\xc1" + self._float(self.random.choice([seconds + 0.5, 1767323045.123, 946845296.123456]), wide=True)
        if kind in ("float", "double"):
            if self.random.random() < 0.2:
                return self._integer(self.random.choice(INTEGERS[:9]))
            return self._float(self.random.choice(FLOATS))
        number = self.random.choice(INTEGERS if kind == "long" else INTEGERS[:9])
        return self._integer(number if self.random.random() < 0.6 else -1 - number)

    def _float(self, number: float, wide: bool = False) -> bytes:
        for head, form in ((b"\xf9", ">e"), (b"\xfa", ">f")):
            if wide or self.random.random() < 0.5:
                continue
            try:
                return head + struct.pack(form, number)
            except OverflowError:
                continue
        return b"\xfb" + struct.pack(">d", number)

    def _integer(self, number: int) -> bytes:
        return self._head(0, number) if number >= 0 else self._head(1, -1 - number)

    def _head(self, major: int, argument: int) -> bytes:
        sizes = [size for size in (0, 1, 2, 4, 8) if argument < (24 if size == 0 else 256**size)]
        size = self.random.choice(sizes) if self.random.random() < 0.2 else sizes[0]
        if size == 0:
            return bytes([major << 5 | argument])
        return bytes([major << 5 | 24 + (1, 2, 4, 8).index(size)]) + argument.to_bytes(size, "big")

    def _octets(self, major: int, data: bytes) -> bytes:
        if self.random.random() > 0.2:
            return self._head(major, len(data)) + data
        cut = self.random.randrange(len(data) + 1)
        chunks = b"".join(self._head(major, len(part)) + part for part in (data[:cut], data[cut:]))
        return bytes([major << 5 | 31]) + chunks + b"\xff"

    def _text(self, text: str) -> bytes:
        return self._octets(3, text.encode("utf-8"))

    def _array(self, items: list[bytes]) -> bytes:
        return self._container(4, len(items), b"".join(items))

    def _map(self, pairs: list[tuple[bytes, bytes]]) -> bytes:
        return self._container(5, len(pairs), b"".join(key + value for key, value in pairs))

    def _container(self, major: int, count: int, content: bytes) -> bytes:
        if self.random.random() < 0.4:
            return bytes([major << 5 | 31]) + content + b"\xff"
        return self._head(major, count) + content

    def _damaged(self, body: bytes) -> bytes:
        at = self.random.randrange(len(body))
        if self.random.random() < 0.5:
            return body[:at]
        return body[:at] + bytes([self.random.randrange(256)]) + body[at + 1 :]
