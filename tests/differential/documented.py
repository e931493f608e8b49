"""botocore's answers, with what docs/differences.md says taken into account: the answers that are expected."""

from __future__ import annotations

import base64
import http.client
import json
import re

import compare_responses


def request(oracle, line: dict, **options) -> dict:
    """botocore's request; unsigned where the model says so, which botocore's endpoint rules override."""
    try:
        model = oracle.service_model(line["service"], line.get("api_version"))
        unsigned = model.operation_model(line["operation"]).auth_type == "none"
    except Exception:
        unsigned = False
    return oracle.request({**line, "credentials": None} if unsigned else line, **options)


def response(oracle, line: dict, **options) -> dict:
    """What botocore makes of the response, with what docs/differences.md says of answers taken into account."""
    body = base64.b64decode(line["body"])
    protocol = oracle.service_model(line["service"], line.get("api_version")).resolved_protocol
    unreadable = protocol in ("json", "rest-json") and body != b"" and json_document(body) is None
    if b"<Error xmlns=" in body:
        line = with_body(line, re.sub(rb'<Error xmlns="[^"]*"', b"<Error", body))
    elif protocol in ("json", "rest-json") and line["status"] >= 500 and not body.strip() and has_error_type(line):
        line = with_body(line, json.dumps({"message": body.decode()} if body else {}).encode())
    if protocol == "json" and line["status"] >= 300:
        line = with_type_from_elsewhere(line, base64.b64decode(line["body"]))
    right = oracle.response(line, **options)
    if unreadable and "error" not in right:
        right["or_unreadable"] = True
    if protocol in ("query", "ec2") and body == b"" and compare_responses.is_parser_error(right) and has_no_output(oracle, line):
        return {"id": line.get("id"), "result": {}}
    if line["status"] >= 300 and "must have one and only one member set" in right.get("error", {}).get("message", ""):
        right["or_service_error"] = True
    if protocol == "smithy-rpc-v2-cbor" and line["status"] >= 300 and compare_responses.is_parser_error(right):
        reason = http.client.responses.get(line["status"], "")
        right["error"] = {"code": str(line["status"]), "message": reason, "status": line["status"], "result": {}}
    return right


def has_no_output(oracle, line: dict) -> bool:
    output = oracle.model_of(line).output_shape
    return line["status"] < 300 and (output is None or not output.members)


def has_error_type(line: dict) -> bool:
    return any(name.lower() == "x-amzn-errortype" for name in line["headers"])


def json_document(body: bytes):
    """None for what is no JSON; botocore then takes the body for a message."""
    try:
        return json.loads(body.decode("utf-8"))
    except ValueError:
        return None


def with_type_from_elsewhere(line: dict, body: bytes) -> dict:
    """An error that names its code only in the header or as "code" counts as one that has it in "__type"."""
    document = json_document(body) if body else {}
    if document is None:
        document = {"message": body.decode("utf-8", "replace")}
    header = next((text for name, text in line["headers"].items() if name.lower() == "x-amzn-errortype"), None)
    if not isinstance(document, dict) or "__type" in document:
        return line
    code = header if header is not None else document.get("code", document.get("Code"))
    if not isinstance(code, str) or not code.split(":")[0].rsplit("#")[-1]:
        return line
    return with_body(line, json.dumps({**document, "__type": code}).encode())


def with_body(line: dict, body: bytes) -> dict:
    headers = {n: v for n, v in line["headers"].items() if n.lower() != "content-length"}
    if len(headers) < len(line["headers"]):
        headers["Content-Length"] = str(len(body))
    return {**line, "headers": headers, "body": base64.b64encode(body).decode()}
