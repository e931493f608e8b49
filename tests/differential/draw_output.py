"""Draws random results and errors of an operation from its model, as the Python values that a server would hand to
its serializer."""

from __future__ import annotations

import datetime
import random

from draw_params import DOCUMENTS, is_json_header

TEXTS = [
    "", " ", "a", "name-1", "key/with/slash", "a b", "  padded  ", "line\nbreak", "tab\tbed", "a+b%20c", "%E6%97%A5%2Fx", "<&>\"'",
    "é日本😀", "]]>", "\u00a0", "0", "true", "None", "null", '"quoted"', "back\\slash", "x" * 300, "arn:aws:iam::123456789012:role/r",
    "\u2028", "{}", "1e5",
]
HEADER_TEXTS = ["a", "a b", "bytes", '"etag-1"', "text/plain; charset=utf-8", "a,b", "x=1&y=2", "-1", "0"]
MOMENTS = [
    (2026, 1, 2, 3, 4, 5), (1999, 12, 31, 23, 59, 59), (1970, 1, 1), (2024, 2, 29, 12), (2038, 1, 19, 3, 14, 8), (2100, 3, 1, 8, 9, 10),
    (2026, 1, 2, 3, 4, 5, 123000), (2015, 8, 30, 12, 36, 0, 500000), (1969, 12, 31, 23, 59, 59), (2000, 1, 1),
]
MOST_VALUES = 300


class DrawOutput:
    def __init__(self, source: random.Random, fullness: float | None = None) -> None:
        self.random = source
        self._fullness = source.choice([0.0, 0.3, 0.7, 1.0]) if fullness is None else fullness
        self._left = MOST_VALUES

    def output(self, shape) -> dict:
        if shape is None:
            return {}
        payload = shape.serialization.get("payload")
        result = {}
        for name, member in shape.members.items():
            if name == payload or self.random.random() < self._fullness:
                result[name] = self._top(name, member)
        return result

    def members(self, shape) -> dict:
        """Some members of an error."""
        return {n: self._top(n, m) for n, m in shape.members.items() if self.random.random() < 0.7}

    def _top(self, name: str, member):
        if member.serialization.get("eventstream"):
            return [self._event(member) for _ in range(self.random.choice([0, 1, 2, 5]))]
        location = member.serialization.get("location")
        if is_json_header(member):
            return self.random.choice(DOCUMENTS)
        if location == "headers":
            return {key: self.random.choice(HEADER_TEXTS) for key in self.random.sample(["color", "UPPER", "a-b", "x_y", "7"], 2)}
        if location == "header":
            if member.type_name == "string":
                return self.random.choice(member.enum or HEADER_TEXTS)
            if member.type_name == "list":
                return [self.random.choice(["a", "b c", "d"]) for _ in range(self.random.choice([1, 2]))]
        return self._value(member, 0)

    def _event(self, shape) -> dict:
        # Exceptions come as messages of another type, which moto does not write.
        name = self.random.choice([n for n, m in shape.members.items() if m.serialization.get("event")] or list(shape.members))
        return {name: self._structure(shape.members[name], 1)}

    def _value(self, shape, depth: int):
        self._left -= 1
        kind = shape.type_name
        if getattr(shape, "is_document_type", False):
            return self.random.choice(DOCUMENTS[1:])
        if kind == "structure":
            return self._structure(shape, depth + 1)
        if kind == "list":
            return [self._value(shape.member, depth + 1) for _ in range(self._count(depth))]
        if kind == "map":
            keys = shape.key.enum or ["k1", "a b", "é", "x-amz-meta-a", "", "True"]
            return {self.random.choice(keys): self._value(shape.value, depth + 1) for _ in range(self._count(depth))}
        if kind == "blob":
            return bytes(self.random.randrange(256) for _ in range(self.random.choice([0, 1, 3, 40])))
        if kind == "timestamp":
            return datetime.datetime(*self.random.choice(MOMENTS), tzinfo=datetime.timezone.utc)
        if kind == "boolean":
            return self.random.random() < 0.5
        if kind in ("float", "double"):
            return self.random.choice([0.0, 1.5, -2.25, 1e-05, 1e16, 0.1, 123456789.125, 3.0, -0.0, 5e-324])
        if kind in ("integer", "long"):
            large = [2**31 - 1, -(2**31)] + ([2**53 + 1, 2**63 - 1, -(2**63)] if kind == "long" else [])
            return self.random.choice([0, 1, -1, 42, 1000] + large)
        return self.random.choice(shape.enum if getattr(shape, "enum", None) and self.random.random() < 0.7 else TEXTS)

    def _count(self, depth: int) -> int:
        if self._left < 0:
            return 0
        return self.random.choice([0, 1, 1, 2, 3] if depth < 3 else [0, 1])

    def _structure(self, shape, depth: int) -> dict:
        names = list(shape.members)
        if shape.is_tagged_union:
            flat = [n for n in names if shape.members[n].type_name not in ("structure", "list", "map")]
            name = self.random.choice((flat or names) if depth > 5 else names)
            return {name: self._value(shape.members[name], depth)}
        chance = self._fullness if depth < 4 else self._fullness * 0.5
        return {
            name: self._value(shape.members[name], depth)
            for name in names
            if depth < 7 and self._left > 0 and self.random.random() < chance
        }
