#include "server/json_document.h"

#include "server/param_error.h"
#include "server/scalar_text.h"

#include <fmt/format.h>

namespace botocxx::server {
namespace {

Error unfit(std::string_view expected, const Value& value) {
  return Error(ErrorKind::kInternal, "UnencodableOutput",
               fmt::format("expected {}, not a {}", expected, to_string(value.kind())));
}

Result<Value> list_to_json(const Member& item, const Value& value) {
  if (!value.is_list()) return unfit("a list", value);
  Value json = Value::list();
  json.reserve(value.size());
  for (const Value& element : value) {
    Result<Value> converted = to_json(item, element);
    if (!converted) return within(std::move(converted).error(), json.size());
    json.push_back(std::move(*converted));
  }
  return json;
}

Result<Value> map_to_json(const Member& item, const Value& value) {
  if (!value.is_object()) return unfit("a map", value);
  Value json = Value::object();
  for (const Value::Member& entry : value.members()) {
    Result<Value> converted = to_json(item, entry.value);
    if (!converted) return within(std::move(converted).error(), entry.key);
    json.append_member(Key(entry.key, json.resource()), std::move(*converted));
  }
  return json;
}

Result<Value> time_to_json(const Member& member, const Value& value) {
  if (!value.is_timestamp()) return unfit("a timestamp", value);
  Timestamp time = value.as_timestamp();
  if (member.timestamp_format() == TimestampFormat::kIso8601) return Value(time.to_iso8601());
  if (member.timestamp_format() == TimestampFormat::kRfc822) return Value(time.to_rfc822());
  if (time.nanoseconds() == 0) return Value(time.seconds());
  return Value(time.to_unix_double());
}

}  // namespace

Result<Value> to_json(const Member& member, const Value& value) {
  Shape shape = member.shape();
  if (value.is_null() || shape.is_document()) return value;
  switch (shape.type()) {
    case ShapeType::kStructure:
      return members_to_json(shape, value);
    case ShapeType::kList:
      return list_to_json(shape.list_member(), value);
    case ShapeType::kMap:
      return map_to_json(shape.map_value(), value);
    case ShapeType::kTimestamp:
      return time_to_json(member, value);
    case ShapeType::kBlob:
      if (!value.is_bytes() && !value.is_string()) return unfit("octets", value);
      return Value(Bytes{value.as_bytes()});
    default:
      break;
  }
  if (value.is_list() || value.is_object() || value.is_stream()) return unfit("a scalar", value);
  return value;
}

Result<Value> members_to_json(const Shape& shape, const Value& value) {
  if (!value.is_object()) return unfit("a structure", value);
  Value json = Value::object();
  for (Member member : shape.members()) {
    if (member.location() != Location::kBody) continue;
    const Value* present = value.find(member.name());
    if (!present || present->is_null()) continue;
    Result<Value> converted = to_json(member, *present);
    if (!converted) return within(std::move(converted).error(), member.name());
    json.set(member.serialized_name(), std::move(*converted));
  }
  return json;
}

}  // namespace botocxx::server
