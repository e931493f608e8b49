#!/usr/bin/env python3
"""Answers the lines of `botocxx wire request` and `botocxx wire response` with botocore itself.

As a module it is what the differential tests compare with. As a program (`botocore_oracle.py wire request`) it
is a stand-in for botocxx, with which the tests can be tested.
"""

from __future__ import annotations

import python_environment  # first: it may restart the script inside the venv

import base64
import datetime
import http.client
import json
import math
import os
import sys
import uuid
import xml.etree.ElementTree

import botocore.auth
import botocore.awsrequest
import botocore.client
import botocore.compat
import botocore.config
import botocore.credentials
import botocore.endpoint
import botocore.exceptions
import botocore.handlers
import botocore.eventstream
import botocore.loaders
import botocore.model
import botocore.session
import botocore.signers
import botocore.utils
import botocore.validate

RAW_ELEMENT = "\0raw XML element"
MODELS = os.path.join(python_environment.ROOT, "models")

# What botocore adds by its S3 handlers, by feature. A feature named in `without` is taken out of botocore, so
# that a request which lacks just that feature can still be compared in everything else, signature included.
FEATURE_HANDLERS = {
    "checksums": ["_set_extra_headers_for_unsigned_request"],
    "expect-header": ["add_expect_header"],
    "sse-c-md5": ["sse_md5", "copy_source_sse_md5"],
    "copy-source-encoding": ["handle_copy_source_param"],
    "encoding-type-auto": ["set_list_objects_encoding_type_url"],
    "xml-newline-escape": ["escape_xml_payload"],
    "bucket-name-check": ["validate_bucket_name"],
    "ascii-metadata-check": ["validate_ascii_metadata"],
}
# The same for what they do to responses.
RESPONSE_HANDLERS = {
    "location-constraint": ["parse_get_bucket_location"],
    "expires-string": ["handle_expires_header"],
    "error-with-status-200": ["_handle_200_error"],
    "listing-url-decoding": ["set_list_objects_encoding_type_url"],
}

_state = {"time": datetime.datetime(2026, 1, 2, 3, 4, 5), "uuid": uuid.UUID(int=0), "without": frozenset()}


# Python 3.13 renamed these; botocore's messages follow the Python it runs on, botocxx's are the older ones.
http.client.responses.update({
    413: "Request Entity Too Large", 414: "Request-URI Too Long", 416: "Requested Range Not Satisfiable",
    422: "Unprocessable Entity",
})


def _freeze() -> None:
    def now(remove_tzinfo=True):
        moment = _state["time"]
        return moment if remove_tzinfo else moment.replace(tzinfo=datetime.timezone.utc)

    for module in (botocore.auth, botocore.compat, botocore.endpoint, botocore.signers, botocore.utils):
        module.get_current_datetime = now
    botocore.handlers.uuid.uuid4 = lambda: _state["uuid"]

    resolve = botocore.client.resolve_checksum_context

    def resolve_unless_disabled(request, operation_model, params):
        if "checksums" not in _state["without"]:
            resolve(request, operation_model, params)

    botocore.client.resolve_checksum_context = resolve_unless_disabled
    # A redirect means a second request; one line answers for one.
    botocore.utils.S3RegionRedirectorv2.redirect_from_error = lambda self, *args, **kwargs: None


_freeze()


class NeedsConnection(Exception):
    """The call cannot be answered by a single request."""


class RawBody:
    """The bytes of a canned response, read as urllib3 would give them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._position = 0

    def read(self, amount=None) -> bytes:
        end = len(self._data) if amount is None or amount < 0 else self._position + amount
        chunk = self._data[self._position : end]
        self._position += len(chunk)
        return chunk

    def stream(self, amount=1024, decode_content=None):
        while True:
            chunk = self.read(amount)
            if not chunk:
                return
            yield chunk

    def close(self) -> None:
        pass


class Oracle:
    def __init__(self, extra_roots: list[str] | None = None) -> None:
        self._session = botocore.session.Session()
        loader = botocore.loaders.Loader(extra_search_paths=list(extra_roots or [MODELS]))
        self._session.register_component("data_loader", loader)
        self._clients: dict[str, object] = {}
        self._answer_send = None

    def service_model(self, service: str, api_version: str | None = None):
        return self._session.get_service_model(service, api_version=api_version)

    # -- requests

    def request(self, line: dict, without: frozenset = frozenset()) -> dict:
        answer = {"id": line.get("id")}
        _state["time"] = _moment(line.get("time", "2026-01-02T03:04:05Z"))
        _state["uuid"] = uuid.UUID(line.get("uuid", "00000000-0000-4000-8000-000000000000"))
        _state["without"] = without
        sent: list = []

        def capture(request, **kwargs):
            if sent:
                raise NeedsConnection("a second request")
            sent.append(_request_answer(request))
            return botocore.awsrequest.AWSResponse(request.url, 200, {}, RawBody(b""))

        try:
            client = self._client(line, without)
            self._answer_send = capture
            model = client.meta.service_model.operation_model(line["operation"])
            params = from_wire(line["params"], model.input_shape)
            if model.name != "CreateSession" and _is_express(params, line):
                raise NeedsConnection("S3 Express needs a session")
            try:
                client._make_api_call(line["operation"], params)
            except Exception:
                if not sent:
                    raise
        except Exception as error:
            answer["error"] = error_answer(error)
            return answer
        if not sent:
            answer["error"] = {"code": "Oracle", "message": "nothing was sent"}
            return answer
        answer.update(sent[0])
        return answer

    def validation_report(self, line: dict) -> str | None:
        """What botocore's validator alone says, where something before it in the client fails."""
        model = self.service_model(line["service"]).operation_model(line["operation"])
        params = from_wire(line["params"], model.input_shape)
        botocore.handlers.generate_idempotent_uuid(params, model)
        report = botocore.validate.ParamValidator().validate(params, model.input_shape)
        if not report.has_errors():
            return None
        return str(botocore.exceptions.ParamValidationError(report=report.generate_report()))

    def _client(self, line: dict, without: frozenset):
        config = dict(line.get("config") or {})
        credentials = line.get("credentials", {})
        if "credentials" in line and credentials is None:
            config["signature_version"] = botocore.UNSIGNED
            credentials = {}
        key = json.dumps(
            [line["service"], line.get("api_version"), line.get("region"), line.get("endpoint_url"),
             line.get("credentials", 0), line.get("config"), sorted(without)],
            sort_keys=True,
        )
        client = self._clients.get(key)
        if client is None:
            config.setdefault("retries", {"total_max_attempts": 1, "mode": "standard"})
            client = self._session.create_client(
                line["service"],
                region_name=line.get("region"),
                api_version=line.get("api_version"),
                endpoint_url=line.get("endpoint_url"),
                aws_access_key_id=credentials.get("access_key"),
                aws_secret_access_key=credentials.get("secret_key"),
                aws_session_token=credentials.get("token"),
                config=botocore.config.Config(**config),
            )
            _disable(client, without)
            client.meta.events.register_first("before-send.*.*", lambda **args: self._answer_send(**args))
            self._clients[key] = client
        return client

    # -- responses

    def response(self, line: dict, without: frozenset = frozenset()) -> dict:
        answer = {"id": line.get("id")}
        _state["without"] = without
        body = base64.b64decode(line.get("body", ""))
        headers = botocore.awsrequest.HeadersDict(line.get("headers") or {})

        def reply(request, **kwargs):
            return botocore.awsrequest.AWSResponse(request.url, line["status"], headers, RawBody(body))

        plain = {"service": line["service"], "api_version": line.get("api_version"), "region": "us-east-1",
                 "credentials": {"access_key": "AKID", "secret_key": "SECRET"},
                 "config": {"parameter_validation": False, "response_checksum_validation": "when_required"}}
        try:
            client = self._client(plain, without)
            self._answer_send = reply
            model = client.meta.service_model.operation_model(line["operation"])
            parsed = client._make_api_call(line["operation"], _least_params(model))
            parsed.pop("ResponseMetadata", None)
            answer["result"] = to_wire(parsed, model.output_shape)
        except botocore.exceptions.ClientError as error:
            answer["error"] = self._service_error(client, error)
        except Exception as error:
            answer["error"] = error_answer(error)
        return answer

    @staticmethod
    def _service_error(client, error) -> dict:
        parsed = dict(error.response)
        details = parsed.pop("Error", {})
        status = parsed.pop("ResponseMetadata", {}).get("HTTPStatusCode")
        shape = None
        for candidate in client.meta.service_model.error_shapes:
            if details.get("Code") in (candidate.error_code, candidate.name):
                shape = candidate
                break
        # An empty element is None to botocore; the wire forms are strings.
        return {"code": details.get("Code", "Unknown") or "", "message": details.get("Message", "Unknown") or "",
                "status": status, "result": to_wire(parsed, shape)}


def signature_of(answer: dict, credentials: dict, region: str) -> str:
    """The Authorization header that belongs to a request as answered, whoever made it."""
    signed = answer["headers"].get("X-Amz-Date") or answer["headers"].get("x-amz-date")
    _state["time"] = datetime.datetime.strptime(signed, "%Y%m%dT%H%M%SZ")
    skipped = ("authorization", "content-length", "host", "x-amz-date", "x-amz-content-sha256")
    headers = {n: v for n, v in answer["headers"].items() if n.lower() not in skipped and not n.startswith("amz-sdk-")}
    request = botocore.awsrequest.AWSRequest(
        answer["method"], answer["url"], headers=headers, data=base64.b64decode(answer.get("body") or "")
    )
    keys = botocore.credentials.Credentials(credentials["access_key"], credentials["secret_key"])
    botocore.auth.S3SigV4Auth(keys, "s3", region).add_auth(request)
    return request.headers["Authorization"]


def _disable(client, without: frozenset) -> None:
    handlers = {**FEATURE_HANDLERS, **RESPONSE_HANDLERS}
    names = {name for feature in without for name in handlers.get(feature, [])}
    for entry in botocore.handlers.BUILTIN_HANDLERS:
        if getattr(entry[1], "__name__", "") in names:
            client.meta.events.unregister(entry[0], entry[1])


def _is_express(params, line: dict) -> bool:
    bucket = params.get("Bucket") if isinstance(params, dict) else None
    return isinstance(bucket, str) and bucket.endswith("--x-s3") and not line.get("endpoint_url")


def _least_params(model) -> dict:
    """Just what the URL needs: the response is what counts."""
    params = {}
    shape = model.input_shape
    for name in shape.required_members if shape else []:
        member = shape.members[name]
        location = member.serialization.get("location")
        if member.type_name == "string" and location in ("uri", "querystring", "header"):
            params[name] = "name"
    return params


def _request_answer(request) -> dict:
    body = request.body
    if hasattr(body, "read"):
        body = body.read()
    if isinstance(body, str):
        body = body.encode("utf-8")
    headers: dict[str, str] = {}
    for name, value in request.headers.items():
        text = value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else str(value)
        headers[name] = f"{headers[name]},{text}" if name in headers else text
    encoded = base64.b64encode(body or b"").decode()
    return {"method": request.method, "url": request.url, "headers": headers, "body": encoded}


def _moment(value) -> datetime.datetime:
    moment = botocore.utils.parse_to_aware_datetime(value)
    return moment.astimezone(datetime.timezone.utc).replace(tzinfo=None)


def error_answer(error: Exception) -> dict:
    """botocore's exception name without its ending, and its text (ParamValidation: the report alone)."""
    if isinstance(error, NeedsConnection):
        return {"code": "NeedsConnection", "message": str(error)}
    if isinstance(error, botocore.model.OperationNotFoundError):
        return {"code": "UnknownOperation", "message": str(error)}
    if not isinstance(error, botocore.exceptions.BotoCoreError):
        return {"code": f"Python:{type(error).__name__}", "message": str(error)}
    name = type(error).__name__
    for ending in ("Error", "Exception"):
        if name.endswith(ending):
            name = name[: -len(ending)]
            break
    return {"code": name, "message": str(error)}


# -- JSON forms of values


def from_wire(value, shape):
    """The Python value a botocore user would give for the JSON value of a line."""
    if shape is None:
        return value
    if shape.type_name == "blob" and isinstance(value, str):
        try:
            return base64.b64decode(value, validate=True)
        except ValueError:
            return value
    if shape.type_name in ("float", "double") and value in ("NaN", "Infinity", "-Infinity"):
        return float(value)
    if shape.type_name == "structure" and isinstance(value, dict):
        return {k: from_wire(v, shape.members.get(k)) for k, v in value.items()}
    if shape.type_name == "map" and isinstance(value, dict):
        return {k: from_wire(v, shape.value) for k, v in value.items()}
    if shape.type_name == "list" and isinstance(value, list):
        return [from_wire(item, shape.member) for item in value]
    return value


def to_wire(value, shape):
    """The JSON value for what botocore returned."""
    if isinstance(value, botocore.eventstream.EventStream):
        return [to_wire(event, shape) for event in value]
    if isinstance(value, xml.etree.ElementTree.Element):
        return RAW_ELEMENT  # botocore hands these out where an element that is no list is repeated
    if hasattr(value, "read"):
        return base64.b64encode(value.read()).decode()
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, datetime.datetime):
        return _timestamp_text(value)
    if isinstance(value, float) and not math.isfinite(value):
        return {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[str(value)]
    members = getattr(shape, "members", {}) if getattr(shape, "type_name", "") == "structure" else {}
    if isinstance(value, dict):
        if members:
            order = list(members)
            place = lambda k: order.index(k) if k in order else len(order)  # noqa: E731
            return {k: to_wire(value[k], members.get(k)) for k in sorted(value, key=place)}
        inner = getattr(shape, "value", None) if getattr(shape, "type_name", "") == "map" else None
        return {k: to_wire(v, inner) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        inner = getattr(shape, "member", None) if getattr(shape, "type_name", "") == "list" else None
        return [to_wire(item, inner) for item in value]
    return value


def _timestamp_text(value: datetime.datetime) -> str:
    moment = value.astimezone(datetime.timezone.utc)
    text = f"{moment.year:04d}" + moment.strftime("-%m-%dT%H:%M:%S")
    micro = moment.microsecond
    if micro:
        text += f".{micro // 1000:03d}" if micro % 1000 == 0 else f".{micro:06d}"
    return text + "Z"


def main() -> int:
    mode = sys.argv[2] if len(sys.argv) > 2 and sys.argv[1] == "wire" else ""
    if mode not in ("request", "response"):
        print("usage: botocore_oracle.py wire request|response [--input FILE]", file=sys.stderr)
        return 252
    roots = [r for r in python_environment.DATA_PATH.split(":") if r] or None
    source = open(sys.argv[4], "rb") if sys.argv[3:4] == ["--input"] else sys.stdin.buffer
    oracle = Oracle(roots)
    for text in source:
        try:
            answer = stand_in_answer(oracle, mode, json.loads(text))
        except Exception as error:
            answer = {"id": None, "error": {"code": "Line", "message": f"{type(error).__name__}: {error}"}}
        print(json.dumps(answer), flush=True)
    return 0


def stand_in_answer(oracle: Oracle, mode: str, line: dict) -> dict:
    """As botocxx would answer: where botocore itself fails, what the tests take for right."""
    answer = oracle.request(line) if mode == "request" else oracle.response(line)
    if answer.get("error", {}).get("code", "").startswith("Python:"):
        if mode == "request":
            report = oracle.validation_report(line) or answer["error"]["message"]
            answer["error"] = {"code": "ParamValidation", "message": report}
        else:
            answer["error"]["code"] = "ResponseParser"
    return answer


if __name__ == "__main__":
    sys.exit(main())
