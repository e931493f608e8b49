"""Encodes results and errors as a server does: with moto's serializers, and with cbor2 for the one protocol that moto
lacks. Neither shares a line with what is tested."""

from __future__ import annotations

import datetime
import json
import random
import warnings
from xml.sax.saxutils import escape

import cbor2
import moto.core.model
from moto.core.serialize import SERIALIZERS, TimestampSerializer


warnings.filterwarnings("ignore", module="moto")


class CannotEncode(Exception):
    """The serializer fails on this value."""


class ServiceError(Exception):
    """What a server's code raises; code, message and modelled members are its attributes."""


class Encoder:
    def __init__(self, source_model: dict, service: str, protocol: str) -> None:
        self._protocol = protocol
        self._model = moto.core.model.ServiceModel(source_model, service)

    def result(self, operation: str, value: dict, source: random.Random) -> tuple[int, dict, bytes]:
        if self._protocol == "smithy-rpc-v2-cbor":
            shape = self._model.operation_model(operation).output_shape
            return 200, _cbor_headers(), cbor2.dumps(_cbor_value(value, shape, source) if shape else {})
        return self._serialize(operation, value, source)

    def error(self, operation: str, shape_name: str, members: dict, message: str, source: random.Random) -> tuple[int, dict, bytes]:
        shape = self._model.shape_for(shape_name)
        if self._protocol == "smithy-rpc-v2-cbor":
            body = {"__type": f"com.example#{shape_name}", "message": message, **_cbor_value(members, shape, source)}
            return shape.metadata.get("error", {}).get("httpStatusCode", 400), _cbor_headers(), cbor2.dumps(body)
        error = ServiceError(message)
        for name, value in members.items():
            setattr(error, name, value)
        error.code = shape.error_code
        error.message = message
        return self._serialize(operation, error, source)

    def unmodelled_error(self, code: str, message: str) -> tuple[int, dict, bytes]:
        """An error that the model does not know: moto has no serializer for these."""
        if self._protocol == "smithy-rpc-v2-cbor":
            return 400, _cbor_headers(), cbor2.dumps({"__type": code, "message": message})
        if self._protocol in ("json", "rest-json"):
            return 400, {"Content-Type": "application/json"}, json.dumps({"__type": code, "message": message}).encode()
        inner = f"<Error><Code>{escape(code)}</Code><Message>{escape(message)}</Message></Error>"
        if self._protocol == "ec2":
            body = f"<Response><Errors>{inner}</Errors><RequestID>0A1B</RequestID></Response>"
        else:
            body = f"<ErrorResponse>{inner}<RequestId>0A1B</RequestId></ErrorResponse>"
        return 400, {"Content-Type": "text/xml"}, body.encode()

    def _serialize(self, operation: str, value, source: random.Random) -> tuple[int, dict, bytes]:
        try:
            serializer = SERIALIZERS[self._protocol](self._model.operation_model(operation))
            serializer._timestamp_serializer = _LooseTimestamps(serializer.DEFAULT_TIMESTAMP_FORMAT, source, self._protocol)
            response = serializer.serialize(value)
        except Exception as error:  # whatever it stumbles over: the case is drawn again
            raise CannotEncode(f"{type(error).__name__}: {error}") from error
        body = response["body"]
        if not isinstance(body, (str, bytes)):
            raise CannotEncode(f"a body of type {type(body).__name__}")
        headers = {name: str(text) for name, text in response["headers"].items()}
        return response["status_code"], headers, body.encode("utf-8") if isinstance(body, str) else body


class _LooseTimestamps(TimestampSerializer):
    """Most times in the form that the model asks for, some in another that services are known to send."""

    def __init__(self, default_format: str, source: random.Random, protocol: str) -> None:
        super().__init__(default_format)
        self._source = source
        self._numbers = protocol in ("json", "rest-json")

    def _convert_timestamp_to_str(self, value, timestamp_format: str):
        if self._source.random() < 0.8:
            return super()._convert_timestamp_to_str(value, timestamp_format)
        seconds = value.timestamp()
        forms = [
            value.strftime("%Y-%m-%dT%H:%M:%SZ"), value.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), value.strftime("%Y-%m-%dT%H:%M:%S"),
            value.strftime("%Y-%m-%dT%H:%M:%S+00:00"), value.strftime("%a, %d %b %Y %H:%M:%S GMT"), str(int(seconds)), str(seconds),
            value.astimezone(datetime.timezone(datetime.timedelta(hours=-7, minutes=-30))).isoformat(),
        ]
        return self._source.choice(forms + ([int(seconds), seconds] if self._numbers else []))


# -- CBOR


def _cbor_headers() -> dict:
    return {"smithy-protocol": "rpc-v2-cbor", "Content-Type": "application/cbor"}


def _cbor_value(value, shape, source: random.Random):
    kind = shape.type_name
    if kind == "structure":
        return {name: _cbor_value(v, shape.members[name], source) for name, v in value.items()}
    if kind == "list":
        return [_cbor_value(item, shape.member, source) for item in value]
    if kind == "map":
        return {key: _cbor_value(item, shape.value, source) for key, item in value.items()}
    if kind == "timestamp":
        seconds = value.timestamp()
        return cbor2.CBORTag(1, source.choice([seconds, int(seconds)]))
    return value
