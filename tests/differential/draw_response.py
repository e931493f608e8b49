"""Draws random responses for an operation from its output shape: status, headers, XML body.

Most are what a server may well send; some are odd (whitespace, namespaces, comments, unknown elements), some wrong.
"""

from __future__ import annotations

import random
from xml.sax.saxutils import escape, quoteattr

S3_NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"
TEXTS = [
    "", " ", "a", "key/with/slash", "a b", "  padded  ", "line\nbreak", "tab\tbed", "a+b%20c", "%E6%97%A5%2Fx", "<&>\"'",
    "é日本😀", "]]>", "\u00a0", "0", "true", "None", '"d41d8cd98f00b204e9800998ecf8427e"', "x" * 300,
]
URL_TEXTS = ["a%20b", "a+b", "%2Fx%2F", "%C3%A9", "plain", "100%25", "%zz", "%", "a%0Ab"]
ISO_TIMES = [
    "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000Z", "2015-08-30T12:36:00.123Z", "1999-12-31T23:59:59.999999Z",
    "2024-02-29T12:00:00+02:00", "2026-01-02T03:04:05", "1767323045", "1767323045.5",
    "Fri, 02 Jan 2026 03:04:05 GMT",
]
HTTP_TIMES = ["Wed, 02 Oct 2002 13:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "2026-01-02T03:04:05Z", "1767323045"]
HEADER_TEXTS = ["a", "a b", "bytes", '"etag-1"', "text/plain; charset=utf-8", "", "a,b", "GLACIER", "x=1&y=2", "-1"]
ERROR_CODES = [
    "NoSuchKey", "NoSuchBucket", "AccessDenied", "BucketAlreadyOwnedByYou", "InvalidObjectState", "SlowDown",
    "NoSuchUpload", "Metadata search not enabled", "Odd Code", "InternalError", "",
]
STATUSES = [400, 403, 404, 409, 412, 416, 500, 503, 501, 301, 304, 307]
RARE_STATUSES = [
    302, 303, 305, 308, 401, 402, 405, 406, 407, 408, 410, 411, 413, 414, 415, 417, 418, 420, 421, 422, 423, 424,
    425, 426, 428, 429, 431, 451, 499, 502, 504, 505, 506, 507, 508, 509, 510, 511, 599, 600, 999,
]


class DrawResponse:
    def __init__(self, source: random.Random) -> None:
        self.random = source
        self._fullness = source.choice([0.0, 0.3, 0.7, 1.0])
        self._odd = source.random() < 0.4  # whether this body takes liberties
        self._prefix = "s3:" if source.random() < 0.05 else ""

    # -- success

    def success(self, operation) -> tuple[int, dict, bytes]:
        shape = operation.output_shape
        status = operation.http.get("responseCode", 200)
        headers = {"Content-Type": "application/xml", "x-amz-request-id": "0A1B", "x-amz-id-2": "host/id=="}
        if shape is None:
            return status, headers, self.random.choice([b"", b"", b"<Ignored>1</Ignored>", b"text"])
        for name, member in shape.members.items():
            self._header(headers, name, member)
        payload = shape.serialization.get("payload")
        if payload:
            return status, headers, self._payload(shape.members[payload])
        return status, headers, self._document(shape, shape.name)

    def _header(self, headers: dict, name: str, member) -> None:
        location = member.serialization.get("location")
        if location not in ("header", "headers") or self.random.random() > max(0.4, self._fullness):
            return
        wire_name = member.serialization.get("name", name)
        if self.random.random() < 0.3:
            wire_name = wire_name.lower()
        for known in [n for n in headers if n.lower() == wire_name.lower()]:
            del headers[known]
        if location == "headers":
            for key in self.random.sample(["color", "UPPER", "a-b", "x_y", "7"], self.random.choice([1, 2, 4])):
                headers[wire_name + key] = self.random.choice(HEADER_TEXTS)
        else:
            headers[wire_name] = self._header_value(member)

    def _header_value(self, member) -> str:
        kind = member.type_name
        if kind == "timestamp":
            return self.random.choice(HTTP_TIMES)
        if kind in ("integer", "long"):
            return self.random.choice(["0", "1", "42", "-1", "2147483647", "9007199254740993"])
        if kind == "boolean":
            return self.random.choice(["true", "false", "True", "TRUE", "1"])
        if kind == "list":
            return self.random.choice(["a", "a,b", " a , b ", ""])
        return self.random.choice(member.enum) if member.enum else self.random.choice(HEADER_TEXTS)

    def _payload(self, member) -> bytes:
        if member.type_name == "structure":
            return self._document(member, member.serialization.get("name", member.name))
        size = self.random.choice([0, 1, 3, 1000])
        if member.type_name == "string":
            return self.random.choice(['{"Version":"2012-10-17"}', "", "text é", "<xml/>"]).encode()
        return bytes(self.random.randrange(256) for _ in range(size))

    # -- bodies

    def _document(self, shape, root: str) -> bytes:
        if self.random.random() < 0.04:
            return b""
        inner = self._members(shape, 0)
        if self._odd and self.random.random() < 0.2:
            inner += "<Surplus attr='1'><Deep>x</Deep></Surplus>"
        namespace = self.random.choice([f' xmlns="{S3_NAMESPACE}"'] * 3 + ["", ' xmlns:ns2="urn:other"'])
        if self._prefix:
            namespace = f' xmlns:s3="{S3_NAMESPACE}"'
        head = self.random.choice(['<?xml version="1.0" encoding="UTF-8"?>', "", '<?xml version="1.0"?>\n'])
        if self._odd:
            head += self.random.choice(["", "", "<!-- remark -->", "\n"])
        tag = self._prefix + root
        text = f"{head}<{tag}{namespace}>{inner}</{tag}>{self.random.choice(['', chr(10)])}"
        return self._spoil(text.encode())

    def _spoil(self, body: bytes) -> bytes:
        chance = self.random.random()
        if chance < 0.02:
            return body[: self.random.randrange(len(body))]
        if chance < 0.03:
            return body + b"<More/>"
        if chance < 0.04:
            return body.replace(b"</", b"</X", 1)
        if chance < 0.045:
            return b"\xef\xbb\xbf" + body
        if chance < 0.05:
            return b"<html><body>Service Unavailable</body></html>"
        return body

    def _members(self, shape, depth: int) -> str:
        parts, repeatable = [], []
        for name, member in shape.members.items():
            serialization = member.serialization
            if serialization.get("location") or serialization.get("xmlAttribute"):
                continue
            if self.random.random() < (self._fullness if depth < 4 else self._fullness * 0.4):
                parts.append(self._element(self._name(name, member), member, depth))
                # botocore reads the first of repeated structures; of scalars it makes nonsense.
                if member.type_name in ("list", "structure"):
                    repeatable.append(parts[-1])
        if self._odd:
            if self.random.random() < 0.3:
                self.random.shuffle(parts)
            if self.random.random() < 0.1 and repeatable:
                parts.append(self.random.choice(repeatable))
            if self.random.random() < 0.1:
                parts.insert(0, "<!-- c --><?pi x?>")
        return self._gap().join([""] + parts + [""])

    @staticmethod
    def _name(name: str, member) -> str:
        if member.type_name == "list" and member.serialization.get("flattened"):
            return member.member.serialization.get("name", member.serialization.get("name", name))
        return member.serialization.get("name", name)

    def _gap(self) -> str:
        return self.random.choice(["", "\n  ", " "]) if self._odd else ""

    def _element(self, tag: str, shape, depth: int) -> str:
        kind = shape.type_name
        if kind == "list":
            return self._list(tag, shape, depth)
        if kind == "map":
            return self._map(tag, shape, depth)
        if kind == "structure":
            attributes = self._attributes(shape)
            return self._tagged(tag, self._union(shape, depth), attributes)
        return self._tagged(tag, self._scalar(shape), "")

    def _union(self, shape, depth: int) -> str:
        if not shape.is_tagged_union:
            return self._members(shape, depth + 1)
        name = self.random.choice(list(shape.members))
        if self.random.random() < 0.1:
            return "<NewKind>x</NewKind>"
        return self._element(self._name(name, shape.members[name]), shape.members[name], depth + 1)

    def _attributes(self, shape) -> str:
        text = ""
        for name, member in shape.members.items():
            if member.serialization.get("xmlAttribute") and self.random.random() < 0.8:
                wire_name = member.serialization.get("name", name)
                space = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' if wire_name.startswith("xsi:") else ""
                text += f"{space} {wire_name}={quoteattr(self.random.choice(['CanonicalUser', 'Group', 'a&b']))}"
        return text

    def _list(self, tag: str, shape, depth: int) -> str:
        count = self.random.choice([0, 1, 1, 2, 3] if depth < 3 else [0, 1])
        if shape.serialization.get("flattened"):
            return self._gap().join(self._element(tag, shape.member, depth + 1) for _ in range(count))
        inner = shape.member.serialization.get("name", "member")
        return self._tagged(tag, "".join(self._element(inner, shape.member, depth + 1) for _ in range(count)), "")

    def _map(self, tag: str, shape, depth: int) -> str:
        key_tag = shape.key.serialization.get("name", "key")
        value_tag = shape.value.serialization.get("name", "value")
        entries = [
            self._tagged(key_tag, escape(self.random.choice(["k1", "k2", "x-amz-meta-a"])), "")
            + self._element(value_tag, shape.value, depth + 1)
            for _ in range(self.random.choice([0, 1, 2]))
        ]
        if shape.serialization.get("flattened"):
            return "".join(self._tagged(tag, entry, "") for entry in entries)
        return self._tagged(tag, "".join(self._tagged("entry", entry, "") for entry in entries), "")

    def _tagged(self, tag: str, inner: str, attributes: str) -> str:
        tag = self._prefix + tag
        if not inner and self.random.random() < 0.6:
            return f"<{tag}{attributes}/>" if self.random.random() < 0.5 else f"<{tag}{attributes} />"
        return f"<{tag}{attributes}>{inner}</{tag}>"

    def _scalar(self, shape) -> str:
        kind = shape.type_name
        if kind == "boolean":
            return self.random.choice(["true", "false", "true", "false", "TRUE", "1", "yes"] if self._odd else ["true", "false"])
        if kind in ("integer", "long"):
            plain = ["0", "1", "-1", "1000", "2147483647", "9007199254740993"]
            return self.random.choice(plain + ([" 7 ", "+5", "007", "1.5", "many", ""] if self._rarely() else []))
        if kind == "timestamp":
            return self.random.choice(ISO_TIMES + (["yesterday", ""] if self._rarely() else []))
        if kind in ("float", "double"):
            return self.random.choice(["0", "1.5", "-2e10", "NaN", "Infinity"])
        if kind == "blob":
            return self.random.choice(["", "aGk=", "AP8=\n"])
        if shape.enum and self.random.random() < 0.7:
            return self.random.choice(shape.enum)
        text = self.random.choice(TEXTS + URL_TEXTS)
        if self._odd and text and "]]>" not in text and self.random.random() < 0.15:
            return f"<![CDATA[{text}]]>"
        if self._odd and self.random.random() < 0.1:
            return "".join(f"&#{ord(c)};" if ord(c) > 32 else f"&#x{ord(c):x};" for c in text if c not in "\n\t")
        return escape(text)

    def _rarely(self) -> bool:
        return self._odd and self.random.random() < 0.05

    # -- errors

    def error(self, model, operation) -> tuple[int, dict, bytes]:
        status = self.random.choice(STATUSES if self.random.random() < 0.8 else RARE_STATUSES)
        headers = {"x-amz-request-id": "0A1B", "x-amz-id-2": "host/id=="}
        if operation.http["method"] == "HEAD" or self.random.random() < 0.15:
            return status, headers, b""
        if self.random.random() < 0.05:
            return status, headers, self.random.choice([b"<html>oops</html>", b"plain text", b"   ", b"<Error>", b"{}"])
        codes = ERROR_CODES + [s.error_code for s in model.error_shapes]
        code = self.random.choice(codes)
        parts = [self._tagged("Code", escape(code), "")] if self.random.random() < 0.95 else []
        if self.random.random() < 0.9:
            parts.append(self._tagged("Message", escape(self.random.choice(TEXTS)), ""))
        for shape in model.error_shapes:
            if code in (shape.error_code, shape.name):
                parts.append(self._members(shape, 1))
        parts += self.random.sample(
            ["<Key>k</Key>", "<RequestId>0A1B</RequestId>", "<HostId>h</HostId>", "<Resource>/b/k</Resource>",
             "<BucketName>b</BucketName>", "<Endpoint>s3.example.com</Endpoint>"],
            self.random.choice([0, 1, 3]),
        )
        inner = self._gap().join([""] + parts + [""])
        form = self.random.random()
        if form < 0.8:
            body = f"<Error>{inner}</Error>"
        elif form < 0.9:
            body = f'<ErrorResponse xmlns="{S3_NAMESPACE}"><Error>{inner}</Error><RequestId>r1</RequestId></ErrorResponse>'
        else:
            body = f'<Error xmlns="{S3_NAMESPACE}">{inner}</Error>'
        head = self.random.choice(['<?xml version="1.0" encoding="UTF-8"?>\n', ""])
        if self._prefix:
            return status, headers, (head + body.replace("s3:", "")).encode()
        return status, headers, (head + body).encode()
