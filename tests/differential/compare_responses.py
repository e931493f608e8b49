"""What differs between what botocore reads out of a response and what the program does."""

from __future__ import annotations

RAW_ELEMENT = "\0raw XML element"  # as in botocore_oracle


def is_parser_error(right: dict) -> bool:
    return right.get("error", {}).get("code") in ("Python:ResponseParserError", "ResponseParser")


def sort_of(right: dict) -> str:
    if "error" not in right:
        return "results"
    code = right["error"]["code"]
    if code.startswith("Python:") or code == "ResponseParser":
        return "unreadable bodies"
    return "service errors"


def compare(right: dict, answer: dict) -> str | None:
    expected, actual = right.get("error"), answer.get("error")
    if expected is None:
        if right.get("or_unreadable") and (actual or {}).get("code") == "ResponseParser":
            return None
        if "an entry of a map needs" in (actual or {}).get("message", ""):
            return None  # where botocore takes the entry before it again; see docs/differences.md
        if actual is not None:
            return f"error where botocore has a result: {actual}"
        return compare_values("result", right["result"], answer.get("result"))
    if expected["code"] in ("Python:TypeError", "Python:AttributeError", "Python:KeyError"):
        return None  # it stumbles over a value or an element that came twice, or not at all
    if actual is None:
        return f"result where botocore has an error: {expected['code']} {expected['message']}"
    if right.get("or_service_error") and (actual or {}).get("status", 0) >= 300:
        return None
    if expected["code"].startswith("Python:") and "Parser" not in expected["code"] and actual.get("status", 0) >= 300:
        return None  # it stumbles over an error's body; the service's error, as far as it can be read, is better
    if sort_of(right) == "unreadable bodies":
        # Where botocore fails with a ValueError of Python's, a parser error is what is meant.
        if actual.get("code") != "ResponseParser":
            return f"error code of an unreadable body: {actual}, botocore {expected}"
        return None
    for field in ("code", "message", "status"):
        if expected[field] != actual.get(field):
            return f"error {field}: botocore {expected[field]!r}, botocxx {actual.get(field)!r}"
    # Members of the error's shape and others that came with them: their order means nothing.
    return compare_values("error result", in_order(expected["result"]), in_order(actual.get("result") or {}))


def in_order(result: dict) -> dict:
    # An error of GetBucketLocation has no location, which botocore says by a null.
    return {name: result[name] for name in sorted(result) if (name, result[name]) != ("LocationConstraint", None)}


def compare_values(path: str, expected, actual) -> str | None:
    if expected == RAW_ELEMENT or (isinstance(expected, list) and RAW_ELEMENT in expected):
        return None  # any value is better than botocore's here
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key in expected:
            if key not in actual:
                return f"{path}.{key} is missing: botocore {expected[key]!r}"
        for key in actual:
            if key not in expected:
                return f"{path}.{key} is surplus: botocxx {actual[key]!r}"
        if list(expected) != list(actual):
            return f"{path} order of keys: botocore {list(expected)}, botocxx {list(actual)}"
        for key in expected:
            problem = compare_values(f"{path}.{key}", expected[key], actual[key])
            if problem:
                return problem
        return None
    if isinstance(expected, list) and isinstance(actual, list):
        if len(expected) != len(actual):
            return f"{path} length: botocore {len(expected)}, botocxx {len(actual)}"
        for index, (left, right) in enumerate(zip(expected, actual)):
            problem = compare_values(f"{path}[{index}]", left, right)
            if problem:
                return problem
        return None
    if path.endswith(".SDK_UNKNOWN_MEMBER.name") and isinstance(actual, str):
        return None  # botocore names the first member, though it may be null; see docs/differences.md
    if type(expected) is not type(actual) or expected != actual:
        return f"{path} value: botocore {expected!r}, botocxx {actual!r}"
    return None
