#include <botocxx/base/text_encoding.h>
#include <botocxx/model/typed_json.h>

#include <fmt/format.h>

#include <limits>
#include <optional>

namespace botocxx::inline v1 {
namespace {

std::optional<double> special_double(const Value& json) {
  auto text = json.get_if_string();
  if (!text) return std::nullopt;
  if (*text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (*text == "Infinity") return std::numeric_limits<double>::infinity();
  if (*text == "-Infinity") return -std::numeric_limits<double>::infinity();
  return std::nullopt;
}

Result<Value> convert(const Value& json, const Member& reference, const std::string& path);

Result<Value> convert_structure(const Value& json, const Shape& shape, const std::string& path) {
  Value out = Value::object();
  for (const Value::Member& entry : json.members()) {
    auto member = shape.find_member(entry.key);
    if (!member) {
      out.append_member(Key(entry.key, out.resource()), entry.value);
      continue;
    }
    auto value = convert(entry.value, *member, fmt::format("{}.{}", path, entry.key.view()));
    if (!value) return value;
    out.append_member(Key(entry.key, out.resource()), *std::move(value));
  }
  return out;
}

Result<Value> convert_map(const Value& json, const Shape& shape, const std::string& path) {
  Value out = Value::object();
  for (const Value::Member& entry : json.members()) {
    auto value =
        convert(entry.value, shape.map_value(), fmt::format("{}.{}", path, entry.key.view()));
    if (!value) return value;
    out.append_member(Key(entry.key, out.resource()), *std::move(value));
  }
  return out;
}

Result<Value> convert_list(const Value& json, const Shape& shape, const std::string& path) {
  Value out = Value::list();
  std::size_t index = 0;
  for (const Value& item : json.items()) {
    auto value = convert(item, shape.list_member(), fmt::format("{}[{}]", path, index++));
    if (!value) return value;
    out.push_back(*std::move(value));
  }
  return out;
}

// A stream of events is written as a list of objects.
Result<Value> convert_events(const Value& json, const Shape& shape, const std::string& path) {
  Value out = Value::list();
  std::size_t index = 0;
  for (const Value& event : json.items()) {
    std::string at = fmt::format("{}[{}]", path, index++);
    auto value = event.is_object() ? convert_structure(event, shape, at) : event;
    if (!value) return value;
    out.push_back(*std::move(value));
  }
  return out;
}

Result<Value> convert(const Value& json, const Member& reference, const std::string& path) {
  Shape shape = reference.shape();
  if (shape.is_document() || reference.json_value()) return json;
  switch (shape.type()) {
    case ShapeType::kStructure:
      if (shape.event_stream() && json.is_list()) return convert_events(json, shape, path);
      return json.is_object() ? convert_structure(json, shape, path) : json;
    case ShapeType::kMap:
      return json.is_object() ? convert_map(json, shape, path) : json;
    case ShapeType::kList:
      return json.is_list() ? convert_list(json, shape, path) : json;
    case ShapeType::kBlob: {
      if (!json.is_string()) return json;
      auto octets = base64_decode(json.as_string());
      if (octets) return Value(Bytes{*octets});
      return Error(ErrorKind::kValidation, "ParamValidation",
                   fmt::format("Parameter validation failed:\nInvalid base64 for parameter {}",
                               path.substr(1)))
          .with_hint("a blob is written as base64 in JSON");
    }
    case ShapeType::kFloat:
    case ShapeType::kDouble:
      if (auto special = special_double(json)) return Value(*special);
      return json;
    case ShapeType::kString:
    case ShapeType::kBoolean:
    case ShapeType::kInteger:
    case ShapeType::kLong:
    case ShapeType::kTimestamp:
    case ShapeType::kOther:
      return json;
  }
  return json;
}

}  // namespace

Result<Value> from_typed_json(const Value& json, const Shape& shape) {
  if (!json.is_object() || shape.is_document()) return json;
  return convert_structure(json, shape, "");
}

Result<Value> to_typed_json(const Value& value) {
  if (value.is_stream()) {
    auto octets = value.as_body().read_all();
    if (!octets) return std::move(octets).error();
    return Value(Bytes{*octets});
  }
  if (value.is_list()) {
    Value out = Value::list();
    for (const Value& item : value.items()) {
      auto read = to_typed_json(item);
      if (!read) return read;
      out.push_back(*std::move(read));
    }
    return out;
  }
  if (!value.is_object()) return value;
  Value out = Value::object();
  for (const Value::Member& entry : value.members()) {
    auto read = to_typed_json(entry.value);
    if (!read) return read;
    out.append_member(Key(entry.key, out.resource()), *std::move(read));
  }
  return out;
}

}  // namespace botocxx::inline v1
