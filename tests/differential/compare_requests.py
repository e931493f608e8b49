"""What differs between the request that botocore makes and the program's: a text whose first words name the kind."""

from __future__ import annotations

import base64
import urllib.parse
import xml.etree.ElementTree

# Headers that say who asks and how often, not what: botocore signs none of them.
UNSIGNED_HEADERS = ("user-agent", "amz-sdk-invocation-id", "amz-sdk-request")


def compare(right: dict, answer: dict) -> str | None:
    """What differs, or None. The first word(s) before ':' name the kind."""
    if "error" in right or "error" in answer:
        return compare_errors(right.get("error"), answer.get("error"))
    if right["method"] != answer.get("method"):
        return f"method: {right['method']} expected, got {answer.get('method')}"
    if right["url"] != answer.get("url"):
        return "url " + url_part(right["url"], str(answer.get("url"))) + ": differs"
    return compare_bodies(right, answer) or compare_headers(right, answer)


def compare_errors(right: dict | None, answer: dict | None) -> str | None:
    if right is None:
        return f"error where botocore has none ({answer.get('code')}): {answer.get('message')}"
    if answer is None:
        return f"no error where botocore has {right['code']}: {right['message']}"
    if right["code"] != answer.get("code"):
        return f"error code: {right['code']} expected, got {answer.get('code')}"
    if right["code"] != "NeedsConnection" and right["message"] != answer.get("message"):
        return f"error message of {right['code']}: differs"
    return None


def url_part(right: str, got: str) -> str:
    expected, actual = urllib.parse.urlsplit(right), urllib.parse.urlsplit(got)
    for part in ("scheme", "netloc", "path", "query"):
        if getattr(expected, part) != getattr(actual, part):
            return part
    return "text"


def compare_bodies(right: dict, answer: dict) -> str | None:
    expected = base64.b64decode(right["body"])
    try:
        actual = base64.b64decode(answer.get("body") or "", validate=True)
    except ValueError:
        return "body encoding: not base64"
    if expected == actual:
        return None
    if canonical_xml(expected) is not None and canonical_xml(expected) == canonical_xml(actual):
        return "body bytes: differ, with the same meaning as XML"
    return "body: differs"


def canonical_xml(data: bytes) -> str | None:
    try:
        return xml.etree.ElementTree.canonicalize(data.decode("utf-8"))
    except (UnicodeDecodeError, xml.etree.ElementTree.ParseError):
        return None


def compare_headers(right: dict, answer: dict) -> str | None:
    expected, actual = comparable_headers(right["headers"]), comparable_headers(answer.get("headers") or {})
    host = actual.pop("host", None)
    if host is not None and host[1].lower() != urllib.parse.urlsplit(right["url"]).netloc.rpartition("@")[2].lower():
        return f"host header: {host[1]} is not that of {right['url']}"
    if "content-length" not in expected and "transfer-encoding" not in expected and right["body"]:
        # Of a GET with a body botocore leaves the length, which is not signed, to its HTTP layer.
        expected["content-length"] = ("Content-Length", str(len(base64.b64decode(right["body"]))))
    signature = expected.pop("authorization", None), actual.pop("authorization", None)
    for name in sorted(set(expected) | set(actual)):
        if name not in actual:
            return f"header {name}: missing"
        if name not in expected:
            return f"header {name}: botocore sends none"
        if expected[name][1] != actual[name][1]:
            return f"header {name}: differs"
        # A prefix header's casing is the caller's; of the others it means nothing.
        if name.startswith("x-amz-meta-") and expected[name][0] != actual[name][0]:
            return f"header {name}: spelled {actual[name][0]}"
    if (signature[0] or ("", None))[1] != (signature[1] or ("", None))[1]:
        return "signature: differs"
    return None


def comparable_headers(headers: dict) -> dict:
    return {n.lower(): (n, v) for n, v in headers.items() if n.lower() not in UNSIGNED_HEADERS}


def kind_of(problem: str) -> str:
    return problem.split(":", 1)[0]


def side_by_side(right: dict, answer: dict) -> str:
    """Both requests, line by line; lines that differ are marked."""
    rows = []
    fields = [("error", describe_error), ("method", str), ("url", str), ("body", describe_body)]
    for name, describe in fields:
        rows.append((name, describe(right.get(name)), describe(answer.get(name))))
    expected, actual = comparable_headers(right.get("headers") or {}), comparable_headers(answer.get("headers") or {})
    for name in sorted(set(expected) | set(actual)):
        rows.append((name, repr(expected.get(name, (0, None))[1]), repr(actual.get(name, (0, None))[1])))
    text = []
    for name, left, got in rows:
        if left == got:
            if left != "None":
                text.append(f"  {name}: {left[:160]}")
        else:
            text.append(f"! {name}:\n!   botocore {left}\n!   botocxx  {got}")
    return "\n".join(text)


def describe_error(error) -> str:
    return "None" if error is None else f"{error.get('code')}: {error.get('message')}"


def describe_body(body) -> str:
    return "None" if not body else repr(base64.b64decode(body))[:2000]
