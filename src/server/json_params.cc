#include "server/json_params.h"

#include "codec/json.h"
#include "server/document_params.h"
#include "server/param_error.h"
#include "server/scalar_text.h"
#include <botocxx/base/text_encoding.h>

#include <cmath>

namespace botocxx::server {
namespace {

Result<Value> read_time(const Value& json) {
  if (json.is_int()) return Value(Timestamp::from_unix(json.as_int()));
  if (json.is_double() && std::abs(json.as_double()) < 1e12) {
    return Value(Timestamp::from_unix_double(json.as_double()));
  }
  Result<Timestamp> time = Timestamp::parse(json.get_if_string().value_or(""));
  if (!time) return unexpected_kind("a time", json);
  return Value(*time);
}

Result<Value> read_blob(const Value& json) {
  std::optional<std::string> octets;
  if (json.is_string()) octets = base64_decode(json.as_string());
  if (!octets) return unexpected_kind("base64 text", json);
  return Value(Bytes{*octets});
}

Result<Value> read_scalar(ShapeType type, const Value& json) {
  switch (type) {
    case ShapeType::kBoolean:
      if (json.is_bool()) return json;
      return unexpected_kind("true or false", json);
    case ShapeType::kInteger:
    case ShapeType::kLong:
      return read_whole_number(json);
    case ShapeType::kFloat:
    case ShapeType::kDouble: {
      if (json.is_number()) return json;
      auto number = parse_special_or_number(json.get_if_string().value_or(""));
      if (number && !std::isfinite(*number)) return Value(*number);
      return unexpected_kind("a number", json);
    }
    case ShapeType::kTimestamp:
      return read_time(json);
    case ShapeType::kBlob:
      return read_blob(json);
    case ShapeType::kString:
    case ShapeType::kOther:
    case ShapeType::kStructure:
    case ShapeType::kList:
    case ShapeType::kMap:
      break;
  }
  if (json.is_string()) return json;
  return unexpected_kind("a text", json);
}

Result<Value> parse_body(std::string_view body) {
  if (body.empty()) return Value::object();
  Result<Value> json = codec::parse_json(body);
  if (!json) return malformed_body(json.error().message());
  return json;
}

}  // namespace

Result<void> decode_json_members(const Shape& input, std::string_view body, Value& params) {
  Result<Value> json = parse_body(body);
  if (!json) return std::move(json).error();
  if (!json->is_object()) return malformed_body("expected a JSON object");
  return read_document_members(input, *json, read_scalar, params);
}

Result<Value> decode_json_payload(const Member& payload, std::string_view body) {
  Result<Value> json = parse_body(body);
  if (!json) return json;
  Result<Value> value = read_document(payload, *json, read_scalar);
  if (!value) return within(std::move(value).error(), payload.name());
  return value;
}

}  // namespace botocxx::server
