"""Draws random parameters for an operation from its model, as the JSON of a `wire request` line.

Everything is drawn from the `random.Random` given, so a seed gives the same cases on every machine. What is drawn
is valid by botocore's rules; `break_params` then makes it invalid.
"""

from __future__ import annotations

import base64
import copy
import random

# Pieces that have broken clients before: separators and escapes of URLs, XML, headers and JSON, dot segments,
# doubled slashes, characters of one to four UTF-8 bytes, combining marks, right-to-left text.
TEXT_PIECES = [
    "a", "B", "7", " ", "  ", "+", "%", "%20", "%2F", "/", "//", "?", "#", "&", "=", ";", ":", ",", "'", '"', "<",
    ">", "&amp;", "]]>", "\\", "~", "*", "!", "(", ")", "[", "]", "{", "}", "|", "^", "`", "@", "$", "-", "_", ".",
    "..", "./", "../", "é", "ß", "日本", "Ω", "\u00a0", "\u0301", "\u05d0", "\u2028", "😀", "𝔘", "word", "Name",
]
XML_CONTROLS = ["\t", "\n", "\r", "\r\n", "\x7f", "\x85"]
OTHER_CONTROLS = ["\x01", "\x1b", "\x00"]
HEADER_PIECES = [
    "a", "B", "7", " ", "  ", "+", "%", "%20", "/", "?", "#", "&", "=", ";", ":", "'", "<", ">", "\\", "~", "*", "!",
    "(", ")", "[", "]", "{", "}", "|", "^", "`", "@", "$", "-", "_", ".", "\t", "word", "x=1", "text/plain",
]
HEADER_QUOTED = ['"', ",", '"a, b"']
WIDE = ["é", "日本", "😀"]
KEYS = [
    "k", "photos/2026/a.jpg", "/leading", "//two", "trailing/", "a//b", "./a/../b", "..", ".", "a b", "a+b", "a%20b",
    "a%2Fb", "100%", "?query=1", "#frag", "a&b=c", "'q'", '"q"', "<x>", "~tilde", "*star*", "(paren)!", "a\\b",
    "é/ü", "日本語", "😀", "a\nb", "a\tb", "\x01", "a;b", "a:b@c", "$", "{x}", "[0]", "a|b^c`d", "@", "=",
]
TIMES = [
    "2026-01-02T03:04:05Z", "1999-12-31T23:59:59.999Z", "2024-02-29T00:00:00.123456Z", "2015-08-30T12:36:00+02:00",
    "2030-06-01T00:00:00.5-07:30", "1970-01-01T00:00:00Z", "2100-03-01T08:09:10Z", "2026-01-02T03:04:05",
    "2026-01-02", 0, 1, 1767323045, 1767323045.25, 951782400, 4102444800,
]
# Forms that only a library for dates understands, for a member whose shape is a timestamp.
LENIENT_TIMES = [
    "1767323045", "1767323045.5", "2026-01-02 03:04:05", "20260102T030405Z", "Fri, 02 Jan 2026 03:04:05 GMT", "2026-01-02T03:04",
    "2026-01-02T03:04:05.25+05:30", "2026-01-02T03:04:05.1234567Z", "2026-01-02 03:04:05+00:00",
]
DOCUMENTS = [
    None, True, 0, -7, 1.5, "", "text é", [], {}, [1, [2, {"a": None}]], {"k": "v", "nested": {"list": [True, None, "x"]}},
    {"": 1, "é\u2028": 1e-07, "big": 2**53 + 1},
]
# How many values one set of parameters may have: models that contain themselves have no end.
MOST_VALUES = 600
CHECKSUMS = ["CRC32", "SHA1", "SHA256", "SHA512"]  # those for which botocore needs no native library
PLAIN_BUCKETS = [
    "bucket", "my-bucket", "abc", "a1b2c3", "x" * 63, "1234", "my.dotted.bucket", "UPPER", "under_score", "a.b",
    "x" * 64, "192.168.5.4", "mixedCase-1", "bucket-", "-bucket", "a..b", "aa", "xn--thing", "my.bucket-1",
]


class Draw:
    """One case's worth of choices."""

    def __init__(self, source: random.Random, fullness: float | None = None) -> None:
        self.random = source
        # How much of what is optional is given: cases range from bare to everything.
        self.fullness = source.choice([0.0, 0.1, 0.3, 0.6, 1.0]) if fullness is None else fullness
        self._left = MOST_VALUES

    def params(self, shape) -> dict:
        if shape is None:
            return {}
        names = list(shape.members)
        if self.random.random() < 0.5:
            self.random.shuffle(names)  # what goes over the wire follows the caller's order
        params = {}
        for name in names:
            if name in shape.required_members or self.random.random() < self.fullness:
                member = shape.members[name]
                params[name] = self._top(name, member)
        self._adjust(params)
        return params

    def _adjust(self, params: dict) -> None:
        body = params.get("Body")
        if "ContentLength" in params and isinstance(body, str):
            params["ContentLength"] = len(base64.b64decode(body))
        if "ChecksumAlgorithm" in params and self.random.random() < 0.95:
            params["ChecksumAlgorithm"] = self.random.choice(CHECKSUMS)

    def _top(self, name: str, member):
        location = member.serialization.get("location", "body")
        if is_json_header(member):
            return self.random.choice(DOCUMENTS)
        if member.serialization.get("hostLabel"):
            return self.random.choice(["label-1", "A", "x" * 63, "0"])
        if member.type_name == "string":
            if name == "RequestRoute":
                return "label-1"
            if name == "Bucket" and member.metadata.get("min", 0) <= 2:
                return self.random.choice(PLAIN_BUCKETS)
            if name == "AccountId":
                return "123456789012"
            if name == "KvsARN":  # one of the rule sets takes it apart
                return "arn:aws:cloudfront::123456789012:key-value-store/store-1"
            if location == "uri":
                return self._key(member)
            if location == "header":
                return self._header_text(member)
            if location == "querystring":
                return self._text(member, XML_CONTROLS + OTHER_CONTROLS)
        if location == "header" and member.type_name == "list":
            return self._list(member, lambda inner: self._header_text(inner, quoted=True))
        if location == "headers":
            return self._metadata()
        return self._value(member, 0)

    def _value(self, shape, depth: int):
        kind = shape.type_name
        self._left -= 1
        if getattr(shape, "is_document_type", False):
            return self.random.choice(DOCUMENTS)
        if kind == "structure":
            return self._structure(shape, depth + 1)
        if kind == "list":
            return self._list(shape, lambda inner: self._value(inner, depth + 1), depth)
        if kind == "map":
            count = max(shape.metadata.get("min", 0), self.random.choice([0, 1, 2] if self._left > 0 else [0]))
            return {self._text(shape.key, XML_CONTROLS): self._value(shape.value, depth + 1) for _ in range(count)}
        if kind == "string":
            return self._text(shape, XML_CONTROLS)
        if kind == "blob":
            return self._blob()
        if kind == "timestamp":
            return self.random.choice(TIMES if self.random.random() < 0.85 else LENIENT_TIMES)
        if kind == "boolean":
            return self.random.random() < 0.5
        if kind in ("float", "double"):
            return self._float(shape)
        return self._number(shape)

    def _structure(self, shape, depth: int) -> dict:
        names = list(shape.members)
        if self.random.random() < 0.3:
            self.random.shuffle(names)
        if shape.is_tagged_union:
            names = [self.random.choice(self._ending(shape) if depth > 5 or self._left < 0 else names)]
            return {names[0]: self._value(shape.members[names[0]], depth)}
        chance = self.fullness if depth < 4 else self.fullness * 0.5
        return {
            name: self._value(shape.members[name], depth)
            for name in names
            if name in shape.required_members or (depth < 7 and self._left > 0 and self.random.random() < chance)
        }

    @staticmethod
    def _ending(shape) -> list[str]:
        """The members of a union that do not lead deeper, if there are any."""
        plain = [n for n, m in shape.members.items() if m.type_name not in ("structure", "list", "map")]
        lists = [n for n, m in shape.members.items() if m.type_name in ("list", "map") and not m.metadata.get("min")]
        return plain or lists or list(shape.members)

    def _list(self, shape, draw_item, depth: int = 0) -> list:
        least = shape.metadata.get("min", 0)
        count = max(least, self.random.choice([0, 1, 1, 2, 3] if depth < 3 else [0, 1]) if self._left > 0 else 0)
        return [draw_item(shape.member) for _ in range(count)]

    def _number(self, shape):
        limits = [0, 1, -1, 7, 1000, 2**31 - 1, -(2**31)]
        if shape.type_name == "long":
            limits += [2**31, 2**53 + 1, 2**63 - 1, -(2**63)]
        least = shape.metadata.get("min")
        return self.random.choice([n for n in limits if least is None or n >= least] or [int(least)])

    def _float(self, shape):
        least = shape.metadata.get("min")
        limits = [0.0, -0.0, 1.5, -2.25, 0.1, 1e-05, 0.0001, 1e16, 123456789012345.0, 1e22, 123456789.125, 3, -7, "Infinity"]
        if shape.type_name == "double":
            limits += [5e-324, 1.7976931348623157e308, 2**53 + 1]
        if least is not None:
            return self.random.choice([n for n in limits if n != "Infinity" and n >= least] or [least])
        return self.random.choice(limits + ["NaN", "-Infinity"])

    def _blob(self) -> str:
        size = self.random.choice([0, 1, 2, 3, 57, 1000])
        return base64.b64encode(bytes(self.random.randrange(256) for _ in range(size))).decode()

    def _text(self, shape, controls) -> str:
        if shape.enum and self.random.random() < 0.85:
            return self.random.choice(shape.enum)
        least = shape.metadata.get("min", 0)
        pieces = TEXT_PIECES + (controls if self.random.random() < 0.15 else [])
        text = "".join(self.random.choice(pieces) for _ in range(self.random.choice([0, 1, 2, 4, 8])))
        while len(text) < least:
            text += self.random.choice("abcXYZ019")
        return text

    def _key(self, shape) -> str:
        least = shape.metadata.get("min", 0)
        keys = [key for key in KEYS if len(key) >= least]
        if keys and self.random.random() < 0.6:
            return self.random.choice(keys)
        return self._text(shape, XML_CONTROLS + OTHER_CONTROLS) or "k"

    def _header_text(self, shape, quoted: bool = False) -> str:
        if shape.enum and self.random.random() < 0.85:
            return self.random.choice(shape.enum)
        pieces = list(HEADER_PIECES) + (HEADER_QUOTED if quoted or self.random.random() < 0.3 else [])
        if self.random.random() < 0.1:
            pieces += WIDE
        text = "".join(self.random.choice(pieces) for _ in range(self.random.choice([0, 1, 2, 4, 8])))
        least = shape.metadata.get("min", 0)
        while len(text) < least:
            text += self.random.choice("abcXYZ019")
        return text

    def _metadata(self) -> dict:
        names = ["color", "Color-2", "UPPER", "a.b", "under_score", "x-emc-thing", "7", "Mixed-Case_Name", "a!b~c"]
        self.random.shuffle(names)
        chosen = names[: self.random.choice([0, 1, 2, 5])]
        plain = HEADER_PIECES + HEADER_QUOTED
        return {n: "".join(self.random.choice(plain) for _ in range(self.random.choice([0, 1, 3]))) for n in chosen}


def is_json_header(shape) -> bool:
    """Whether any JSON value is taken, to be sent as base64: the trait means nothing elsewhere."""
    serialization = shape.serialization
    return bool(serialization.get("jsonvalue")) and serialization.get("location") == "header"


# -- making valid parameters invalid

WRONG_VALUES = {
    "string": [1, 1.5, True, None, ["a"], {"a": 1}, {}, []],
    "integer": ["1", 1.5, None, [1], {"a": None}, 1e20],
    "long": ["1", 2.0, None, [1, "two"], {}],
    "boolean": ["true", 0, 1, None, []],
    "timestamp": ["yesterday", None, [], {}, "2026-99-99", ""],
    "blob": [1, None, True, ["aGk="], {"a": "b"}, 2.5],
    "structure": ["text", 1, None, ["a"], True, 0.5],
    "list": ["text", 1, None, {"a": [1, {"b": None}]}, False],
    "map": ["text", 1, None, ["a", 'it\'s "b"']],
    "float": ["x", None, [], {}],
    "double": ["x", None, [], {}],
}


def break_params(source: random.Random, params: dict, shape, count: int) -> dict:
    """A copy of `params` with up to `count` things made wrong."""
    broken = copy.deepcopy(params)
    for _ in range(count):
        places = list(_places(broken, shape))
        if not places:
            break
        holder, holder_shape, key, member = source.choice(places)
        _break_one(source, holder, holder_shape, key, member)
    return broken


def _places(value, shape):
    """Every (container, its shape, key or index, shape there) that is set, plus (container, shape, None, None)."""
    kind = shape.type_name
    if getattr(shape, "is_document_type", False):
        return
    if kind == "structure" and isinstance(value, dict):
        yield value, shape, None, None
        for name in list(value):
            if name in shape.members:
                yield value, shape, name, shape.members[name]
                yield from _places(value[name], shape.members[name])
    elif kind == "list" and isinstance(value, list):
        for index, item in enumerate(value):
            yield value, shape, index, shape.member
            yield from _places(item, shape.member)
    elif kind == "map" and isinstance(value, dict):
        for name in list(value):
            yield value, shape, name, shape.value
            yield from _places(value[name], shape.value)


def _break_one(source, holder, holder_shape, key, member) -> None:
    if key is None:
        choice = source.random()
        required = [n for n in holder_shape.required_members if n in holder]
        if choice < 0.5 and required:
            del holder[source.choice(required)]
        elif holder_shape.is_tagged_union and choice < 0.7:
            holder.clear()
        elif holder_shape.is_tagged_union and choice < 0.9:
            holder.update({n: "x" for n in source.sample(list(holder_shape.members), min(2, len(holder_shape.members)))})
        else:
            names = list(holder_shape.members) or ["Name"]
            near = source.choice(names)
            wrong = source.choice([near.lower(), near + "s", "Unknown", "é", "a b", ""])
            if wrong not in holder_shape.members:
                holder[wrong] = source.choice(["x", 1, None, {}])
        return
    least = member.metadata.get("min")
    if least and source.random() < 0.5:
        if member.type_name == "string":
            holder[key] = "x" * source.randrange(least) if source.random() < 0.7 else ""
            return
        if member.type_name == "list":
            holder[key] = []
            return
        if member.type_name in ("integer", "long"):
            holder[key] = least - source.choice([1, 10, 10**6])
            return
    if not getattr(member, "is_document_type", False) and not is_json_header(member):  # these take anything
        holder[key] = copy.deepcopy(source.choice(WRONG_VALUES[member.type_name]))
