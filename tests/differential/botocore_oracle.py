#!/usr/bin/env python3
"""Answers the lines of `botocxx wire request` and `botocxx wire response` with botocore itself.

As a module it is what the differential tests compare with. As a program (`botocore_oracle.py wire request`) it
is a stand-in for botocxx, with which the tests can be tested.
"""

from __future__ import annotations

import python_environment  # first: it may restart the script inside the venv

import base64
import calendar
import copy
import datetime
import email.utils
import hashlib
import http.client
import json
import math
import os
import sys
import time
import types
import uuid
import zlib
import urllib.parse
import xml.etree.ElementTree

import botocore.auth
import botocore.awsrequest
import botocore.client
import botocore.compat
import botocore.compress
import botocore.config
import botocore.credentials
import botocore.endpoint
import botocore.exceptions
import botocore.handlers
import botocore.httpchecksum
import botocore.eventstream
import botocore.loaders
import botocore.model
import botocore.regions
import botocore.serialize
import botocore.session
import botocore.signers
import botocore.tokens
import botocore.utils
import botocore.validate

import documented

RAW_ELEMENT = "\0raw XML element"
MODELS = os.path.join(python_environment.ROOT, "models")

# What single handlers of botocore's add that the program may lack; all others have to be matched. A feature
# named in `without` is taken out of botocore for one call, so that a request which lacks just that feature can
# still be compared in everything else, signature included.
FEATURE_OF_HANDLER: dict[str, str] = {}
# What botocore does apart from its handlers, to requests.
ENGINE_FEATURES: tuple[str, ...] = ()

_state = {"time": datetime.datetime(2026, 1, 2, 3, 4, 5), "uuid": uuid.UUID(int=0), "without": frozenset(), "ran": set()}


# Python 3.13 renamed these; botocore's messages follow the Python it runs on, botocxx's are the older ones.
http.client.responses.update({
    413: "Request Entity Too Large", 414: "Request-URI Too Long", 416: "Requested Range Not Satisfiable",
    422: "Unprocessable Entity",
})


def _freeze() -> None:
    def now(remove_tzinfo=True):
        moment = _state["time"]
        return moment if remove_tzinfo else moment.replace(tzinfo=datetime.timezone.utc)

    def gmtime(seconds=None):
        return time.gmtime(calendar.timegm(now().timetuple()) if seconds is None else seconds)

    # The older signers write their own date.
    botocore.auth.formatdate = lambda usegmt: email.utils.formatdate(calendar.timegm(now().timetuple()), usegmt=usegmt)
    botocore.auth.time = types.SimpleNamespace(
        gmtime=gmtime, strftime=time.strftime, mktime=time.mktime, time=lambda: calendar.timegm(now().timetuple()))
    for module in (botocore.auth, botocore.compat, botocore.endpoint, botocore.signers, botocore.utils):
        module.get_current_datetime = now
    botocore.handlers.uuid.uuid4 = lambda: _state["uuid"]

    _add_checksums()
    botocore.compress.COMPRESSION_MAPPING["gzip"] = _gzip
    botocore.handlers.BUILTIN_HANDLERS[:] = [
        (entry[0], _gate(entry[1]), *entry[2:]) for entry in botocore.handlers.BUILTIN_HANDLERS
    ]
    # A redirect means a second request; one line answers for one.
    botocore.utils.S3RegionRedirectorv2.redirect_from_error = lambda self, *args, **kwargs: None


def _add_checksums() -> None:
    """All algorithms of the models, as where AWS's C library is used; and MD5, which botocore does not know."""
    checksums = botocore.httpchecksum

    class Md5Checksum(checksums.BaseChecksum):
        def __init__(self):
            self._checksum = hashlib.md5()

        def update(self, chunk):
            self._checksum.update(chunk)

        def digest(self):
            return self._checksum.digest()

    checksums._CHECKSUM_CLS["md5"] = Md5Checksum
    checksums._ALGORITHMS_PRIORITY_LIST.append("md5")
    try:
        import awscrt.checksums
    except ImportError:
        pass
    else:
        checksums.crt_checksums = awscrt.checksums
        checksums._CHECKSUM_CLS.update({
            "crc32c": checksums.CrtCrc32cChecksum, "crc64nvme": checksums.CrtCrc64NvmeChecksum,
            "xxhash64": checksums.CrtXxhash64Checksum, "xxhash3": checksums.CrtXxhash3Checksum,
            "xxhash128": checksums.CrtXxhash128Checksum,
        })
    checksums._SUPPORTED_CHECKSUM_ALGORITHMS[:] = list(checksums._CHECKSUM_CLS)


def _gzip(body) -> bytes:
    """As zlib does it by default: which octets a compressor finds is its own business, and signatures cover them."""
    if hasattr(body, "read"):
        body = body.read()
    if isinstance(body, str):
        body = body.encode("utf-8")
    compressor = zlib.compressobj(wbits=31)
    return compressor.compress(body) + compressor.flush()


def _gate(handler):
    """The handler, unless its feature is taken out; notes that it ran."""
    feature = FEATURE_OF_HANDLER.get(getattr(handler, "__name__", ""))
    if feature is None:
        return handler

    def gated(**arguments):
        if feature in _state["without"]:
            return None
        _state["ran"].add(feature)
        return handler(**arguments)

    return gated


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
        self._loader = loader = botocore.loaders.Loader(extra_search_paths=list(extra_roots or [MODELS]))
        self._session.register_component("data_loader", loader)
        self._clients: dict[str, object] = {}
        self._answer_send = None

    def service_model(self, service: str, api_version: str | None = None):
        return self._session.get_service_model(service, api_version=api_version)

    def services(self) -> list[str]:
        return self._loader.list_available_services("service-2")

    def api_versions(self, service: str) -> list[str]:
        return self._loader.list_api_versions(service, "service-2")

    def model_of(self, line: dict):
        return self.service_model(line["service"], line.get("api_version")).operation_model(line["operation"])

    def description(self, service: str, api_version: str) -> dict:
        """The model as it stands in the file, extras merged."""
        return self._loader.load_service_model(service, "service-2", api_version=api_version)

    def model_size(self, service: str, api_version: str) -> int:
        """Octets of the model's file: how much work a service is."""
        for root in self._loader.search_paths:
            path = os.path.join(root, service, api_version, "service-2.json")
            for name in (path, path + ".gz"):
                if os.path.exists(name):
                    return os.path.getsize(name)
        return 0

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
            client = self._client(line)
            self._answer_send = capture
            model = client.meta.service_model.operation_model(line["operation"])
            params = from_wire(line["params"], model.input_shape)
            if line.get("presign"):
                return {**answer, **presigned(client, line, params)}
            if line.get("form"):
                return {**answer, **presigned_form(client, line["form"])}
            try:
                client._make_api_call(line["operation"], params)
            except Exception:
                if not sent:
                    raise
            if model.name != "CreateSession" and sent and urllib.parse.urlsplit(sent[0]["url"]).query == "session":
                raise NeedsConnection("S3 Express needs a session")
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
        model = self.model_of(line)
        params = from_wire(line["params"], model.input_shape)
        botocore.handlers.generate_idempotent_uuid(params, model)
        report = botocore.validate.ParamValidator().validate(params, model.input_shape)
        if not report.has_errors():
            return None
        return str(botocore.exceptions.ParamValidationError(report=report.generate_report()))

    def _client(self, line: dict):
        config = dict(line.get("config") or {})
        credentials = line.get("credentials", {})
        if "credentials" in line and credentials is None:
            config["signature_version"] = botocore.UNSIGNED
            credentials = {}
        key = json.dumps(
            [line["service"], line.get("api_version"), line.get("region"), line.get("endpoint_url"),
             line.get("credentials", 0), line.get("config")],
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
            if credentials.get("bearer_token"):
                client._request_signer._auth_token = botocore.tokens.FrozenAuthToken(credentials["bearer_token"])
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
            client = self._client(plain)
            self._answer_send = reply
            model = client.meta.service_model.operation_model(line["operation"])
            parsed = _receive(client, model)
            parsed.pop("ResponseMetadata", None)
            answer["result"] = to_wire(parsed, model.output_shape)
        except botocore.exceptions.ClientError as error:
            answer["error"] = self._service_error(client, error)
        except Exception as error:
            answer["error"] = error_answer(error)
        return answer

    def features(self, mode: str, line: dict) -> list[str]:
        """What botocore adds to this call that may be taken out: the handlers that run, and its engine's own."""
        _state["ran"] = set()
        getattr(self, mode)(line)
        ran = sorted(_state["ran"])
        return ran + [name for name in ENGINE_FEATURES if name not in ran] if mode == "request" else ran

    def forget(self, service: str) -> None:
        """Drops what is only needed for this service."""
        self._clients.clear()
        cache = self._loader._cache
        for key in [k for k in cache if any(service in str(part) for part in k)]:
            del cache[key]

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
        code, message = details.get("Code", "Unknown"), details.get("Message", "Unknown")
        return {"code": "" if code is None else str(code), "message": "" if message is None else str(message),
                "status": status, "result": to_wire(parsed, shape)}


def presigned(client, line: dict, params: dict) -> dict:
    """The URL, and of the headers of the request that was signed those that its sender has to send."""
    made: list = []
    create = botocore.signers.create_request_object

    def remember(request_dict):
        made.append(create(request_dict))
        return made[-1]

    botocore.signers.create_request_object = remember
    try:
        url = client.generate_presigned_url(
            botocore.xform_name(line["operation"]), Params=params, ExpiresIn=line["presign"].get("expires_in", 3600),
            HttpMethod=line["presign"].get("http_method"))
    finally:
        botocore.signers.create_request_object = create
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query, keep_blank_values=True)
    signed = query.get("X-Amz-SignedHeaders", [""])[-1].split(";")
    older = "AWSAccessKeyId" in query
    headers: dict[str, str] = {}
    for name, value in made[-1].headers.items():
        lower = name.lower()
        moved = older and (lower.startswith("x-amz-") or lower in ("content-md5", "content-type"))
        if (lower in signed and lower != "host") or (moved and lower != "x-amz-security-token"):
            text = value.decode("utf-8") if isinstance(value, bytes) else str(value)
            headers[name] = f"{headers[name]},{text}" if name in headers else text
    return {"method": made[-1].method, "url": url, "headers": headers, "body": ""}


def presigned_form(client, form: dict) -> dict:
    made = client.generate_presigned_post(
        form["bucket"], form["key"], dict(form.get("fields") or []), copy.deepcopy(form.get("conditions") or []),
        form.get("expires_in", 3600))
    return {"url": made["url"], "fields": [list(field) for field in made["fields"].items()]}


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


def _receive(client, model) -> dict:
    """What a client does with a response, without making the request first."""
    context = {"client_region": client.meta.region_name, "client_config": client.meta.config}
    client._emit_api_params(api_params={}, operation_model=model, context=context)
    request = botocore.awsrequest.AWSRequest(method=model.http.get("method", "POST"), url="https://service.example.com/")
    received, failure = client._endpoint._get_response(request.prepare(), model, context)
    if failure is not None:
        raise failure
    http, parsed = received
    service_id = model.service_model.service_id.hyphenize()
    # What a handler made of the status counts, as where botocore decides on a retry.
    http.status_code = parsed.get("ResponseMetadata", {}).get("HTTPStatusCode", http.status_code)
    client.meta.events.emit(
        f"after-call.{service_id}.{model.name}", http_response=http, parsed=parsed, model=model, context=context
    )
    if http.status_code >= 300:
        code = context.get("error_code_override") or parsed.get("Error", {}).get("Code")
        raise client.exceptions.from_code(code)(parsed, model.name)
    return parsed


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
    answer = documented.request(oracle, line) if mode == "request" else documented.response(oracle, line)
    answer.pop("or_unreadable", None)
    answer.pop("or_service_error", None)
    if answer.get("error", {}).get("code", "").startswith("Python:"):
        if mode == "request":
            report = oracle.validation_report(line) or answer["error"]["message"]
            answer["error"] = {"code": "ParamValidation", "message": report}
        else:
            answer["error"]["code"] = "ResponseParser"
    return answer


if __name__ == "__main__":
    sys.exit(main())
