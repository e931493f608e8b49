"""Changes responses as real services and the machines before them do: what a client must read all the same, and some
that no client can read."""

from __future__ import annotations

import json
import random
import re
from xml.sax.saxutils import unescape

import cbor2

from comparison import element_spans

HTML = [
    b"<html><body>Service Unavailable</body></html>", b"<!DOCTYPE html>\n<html><head><title>502</title></head></html>",
    b"<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n</html>", b"  <html></html>",
]
STATUSES = [400, 401, 403, 404, 405, 409, 412, 413, 429, 500, 502, 503, 504, 301, 302, 304, 307]
WRONG_TYPES = ["text/html", "text/plain", "application/octet-stream", "application/xml", "application/json", ""]


class Mutator:
    """What is done to one response; at most a few things at a time, so that a failure is easy to read."""

    def __init__(self, source: random.Random, protocol: str) -> None:
        self.random = source
        self._protocol = protocol

    def success(self, status: int, headers: dict, body: bytes, opaque: bool) -> tuple[int, dict, bytes]:
        """`opaque`: the body is a payload, not a document."""
        if not opaque and self.random.random() < 0.6:
            body = self._body(body)
        if self.random.random() < 0.03:
            status = self.random.choice([200, 201, 202, 204, 206, 299])
        return status, self._headers(headers), body

    def error(self, status: int, headers: dict, body: bytes) -> tuple[int, dict, bytes]:
        chance = self.random.random()
        if chance < 0.06:
            return self.random.choice([500, 502, 503, 504, 404]), {"Content-Type": "text/html"}, self.random.choice(HTML)
        if chance < 0.12:
            return self.random.choice(STATUSES), self._headers(headers), self.random.choice([b"", b" ", b"plain text", b"{}", b"<a/>", b"[]"])
        if chance < 0.16:
            body = body[: self.random.randrange(len(body) + 1)]
        elif chance < 0.6:
            body = self._error_body(body)
        if self.random.random() < 0.4:
            status = self.random.choice(STATUSES)
        return status, self._error_headers(self._headers(headers)), body

    # -- headers

    def _headers(self, headers: dict) -> dict:
        changed = {}
        for name, text in headers.items():
            if self.random.random() < 0.3:
                name = self.random.choice([name.lower(), name.upper(), name.title()])
            if name.lower() == "content-type" and self.random.random() < 0.1:
                text = self.random.choice(WRONG_TYPES)
            changed[name] = text
        request_id = self.random.choice(["x-amzn-RequestId", "x-amz-request-id", "X-Amz-Id-2", "Date", ""])
        if request_id and request_id.lower() not in [n.lower() for n in changed]:
            changed[request_id] = "Wed, 02 Oct 2002 13:00:00 GMT" if request_id == "Date" else "0A1B"
        return changed

    def _error_headers(self, headers: dict) -> dict:
        if self._protocol in ("json", "rest-json", "smithy-rpc-v2-cbor"):
            if self.random.random() < 0.3:
                headers = {n: t for n, t in headers.items() if n.lower() != "x-amzn-errortype"}
            elif self.random.random() < 0.3:
                code = self.random.choice(["OtherCode", "OtherCode:http://internal.example.com/doc/", "ns#OtherCode", "a#b:c", "", ":x"])
                headers = {n: t for n, t in headers.items() if n.lower() != "x-amzn-errortype"}
                headers["X-Amzn-ErrorType"] = code
            if self.random.random() < 0.05 and "x-amzn-query-error" not in [name.lower() for name in headers]:
                headers["x-amzn-query-error"] = self.random.choice(["Old.Code;Sender", "Old.Code", "a;b;c", ";Sender", ""])
        return headers

    # -- bodies

    def _body(self, body: bytes) -> bytes:
        if not body:
            return self.random.choice([b"", b"", b"{}", b"<a/>"])
        if self._protocol == "smithy-rpc-v2-cbor":
            return self._cbor(body)
        if self._protocol in ("json", "rest-json"):
            return self._json(body)
        return self._xml(body)

    def _error_body(self, body: bytes) -> bytes:
        if self._protocol in ("json", "rest-json") and self.random.random() < 0.7:
            return self._json_error(body)
        return self._body(body)

    def _json_error(self, body: bytes) -> bytes:
        try:
            error = json.loads(body)
        except ValueError:
            return body
        if not isinstance(error, dict):
            return body
        code, message = error.pop("__type", None), error.pop("Message", error.pop("message", None))
        name = self.random.choice(["__type", "__type", "code", "Code", ""])
        if name and code is not None:
            error[name] = self.random.choice([code, f"com.example#{code}", f"{code}:http://x.example.com/", f"a#b#{code}", f"{code}#", 7, None][:6])
        name = self.random.choice(["message", "Message", "Message", "errorMessage", "error_description", ""])
        if name:
            error[name] = self.random.choice([message, "Try again", "", None, "é"])
        return json.dumps(error).encode()

    # -- JSON

    def _json(self, body: bytes) -> bytes:
        try:
            document = json.loads(body)
        except ValueError:
            return body
        for _ in range(self.random.choice([0, 1, 1, 2, 4])):
            document = self._change_json(document)
        text = json.dumps(
            document, ensure_ascii=self.random.random() < 0.5, indent=self.random.choice([None, None, 2]),
            separators=self.random.choice([None, (",", ":"), (" , ", " : ")]),
        )
        data = text.encode("utf-8")
        chance = self.random.random()
        if chance < 0.02:
            return data[: self.random.randrange(len(data))]
        if chance < 0.03:
            return b"\xef\xbb\xbf" + data
        if chance < 0.04:
            return data + b" x"
        if chance < 0.06:
            return b" \r\n\t" + data + b"\n"
        return data

    def _change_json(self, document):
        holders = [h for h in _containers(document) if h or isinstance(h, dict)]
        if not holders:
            return document
        holder = self.random.choice(holders)
        what = self.random.choice(["unknown", "unknown", "null", "null", "missing", "text", "type", "float"])
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        key = self.random.choice(keys) if keys else None
        # A stranger in a map of lists or of nothing would be read as a list, letter by letter.
        takes_strangers = isinstance(holder, dict) and any(not isinstance(item, (list, type(None))) for item in holder.values())
        if what in ("unknown", "type") and not takes_strangers and holder is not document:
            pass
        elif isinstance(holder, dict) and what == "unknown":
            holder[self.random.choice(["ZzUnknown", "zz.new", "SDK_UNKNOWN_MEMBER"])] = self.random.choice([1, None, "x", {"a": [1]}, [], [{}]])
        elif isinstance(holder, dict) and what == "type":
            holder["__type"] = "com.example#Structure"
        elif key is None:
            pass
        elif what == "null":
            holder[key] = None
        elif what == "missing":
            del holder[key]
        elif what == "text" and isinstance(holder[key], (int, float)) and not isinstance(holder[key], bool):
            holder[key] = str(holder[key])
        elif what == "float" and isinstance(holder[key], int) and not isinstance(holder[key], bool) and abs(holder[key]) < 2**53:
            holder[key] = float(holder[key])
        return document

    # -- XML

    def _xml(self, body: bytes) -> bytes:
        text = body.decode("utf-8")
        changes = [self._self_close, self._space_out, self._prefix, self._cdata, self._unknown, self._drop, self._remark,
                   self._attribute, self._pad, self._case, self._declaration]
        for change in self.random.sample(changes, self.random.choice([1, 1, 2, 3])):
            text = change(text)
        data = text.encode("utf-8")
        chance = self.random.random()
        if chance < 0.02:
            return data[: self.random.randrange(len(data))]
        if chance < 0.03:
            return data + b"<More/>"
        if chance < 0.04:
            return b"\xef\xbb\xbf" + data
        return data

    def _self_close(self, text: str) -> str:
        form = self.random.choice(["<{}{}/>", "<{}{} />"])
        if self.random.random() < 0.5:
            return re.sub(r"<([\w.:-]+)([^<>]*)></\1>", lambda m: form.format(m.group(1), m.group(2)), text)
        return re.sub(r"<([\w.:-]+)([^<>]*?) ?/>", r"<\1\2></\1>", text)

    def _space_out(self, text: str) -> str:
        gap = self.random.choice(["\n", "\n    ", " ", "\r\n"])
        return re.sub(r"(</[^<>]*>|/>)(?=<)", lambda m: m.group(1) + gap, text)

    def _prefix(self, text: str) -> str:
        if "xmlns:p=" in text or "<Error" in text:
            return text
        text = re.sub(r"<(/?)([A-Za-z_])", r"<\1p:\2", text)
        return re.sub(r"<(p:[\w.-]+)", r'<\1 xmlns:p="urn:other"', text, count=1)

    def _cdata(self, text: str) -> str:
        def wrap(match) -> str:
            inner = unescape(match.group(1))
            return match.group(0) if "]]>" in inner or self.random.random() < 0.5 else f"><![CDATA[{inner}]]></"

        return re.sub(r">([^<>]+)</", wrap, text)

    def _insert(self, text: str, addition: str) -> str:
        places = [m.end() for m in re.finditer(r"</[^<>]*>|/>", text)][:-1]
        if not places:
            return text
        place = self.random.choice(places)
        return text[:place] + addition + text[place:]

    def _unknown(self, text: str) -> str:
        return self._insert(text, self.random.choice(["<ZzUnknown>1</ZzUnknown>", "<ZzUnknown><Deep a='1'>x</Deep></ZzUnknown>", "<zz.new/>"]))

    def _remark(self, text: str) -> str:
        return self._insert(text, self.random.choice(["<!-- remark -->", "<?pi x?>", "<!-- <A>b</A> -->"]))

    def _drop(self, text: str) -> str:
        data = text.encode("utf-8")
        spans = [span for span in element_spans(data) if span[0] > 0 and span[1] < len(data)]
        if not spans:
            return text
        start, end = self.random.choice(spans)
        return (data[:start] + data[end:]).decode("utf-8")

    def _attribute(self, text: str) -> str:
        places = [m.end() for m in re.finditer(r"<[A-Za-z][\w.:-]*", text)]
        if not places:
            return text
        place = self.random.choice(places)
        return text[:place] + self.random.choice([' zz="1"', ' xmlns:zz="urn:zz" zz:a="b"', " xml:lang='en'"]) + text[place:]

    def _pad(self, text: str) -> str:
        form = self.random.choice([" {} ", "\n{}\n", "{} "])
        return re.sub(r">(-?[0-9]+)</", lambda m: f">{form.format(m.group(1))}</" if self.random.random() < 0.3 else m.group(0), text)

    def _case(self, text: str) -> str:
        return re.sub(r">(true|false)</", lambda m: f">{self.random.choice([m.group(1), m.group(1).title(), '1', '0', ''])}</", text)

    def _declaration(self, text: str) -> str:
        text = re.sub(r"^<\?xml[^>]*\?>\n?", "", text)
        return self.random.choice(["", '<?xml version="1.0"?>\n', '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', "<!-- c -->"]) + text

    # -- CBOR

    def _cbor(self, body: bytes) -> bytes:
        document = cbor2.loads(body)
        for _ in range(self.random.choice([0, 1, 2])):
            document = self._change_json(document)
        data = cbor2.dumps(document)
        chance = self.random.random()
        if chance < 0.03:
            return data[: self.random.randrange(len(data) + 1)]
        if chance < 0.05:
            return data + b"\x00"
        return data


def _containers(document):
    if isinstance(document, dict):
        yield document
        for value in list(document.values()):
            yield from _containers(value)
    elif isinstance(document, list):
        yield document
        for value in document:
            yield from _containers(value)
