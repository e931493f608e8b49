#include "server/document_params.h"

#include "server/param_error.h"

#include <fmt/format.h>

#include <cmath>

namespace botocxx::server {
namespace {

Result<Value> read_list(const Member& item, const Value& found, ScalarReader scalar) {
  if (!found.is_list()) return unexpected_kind("a list", found);
  Value list = Value::list();
  list.reserve(found.size());
  for (const Value& element : found) {
    Result<Value> value = read_document(item, element, scalar);
    if (!value) return within(std::move(value).error(), list.size());
    list.push_back(std::move(*value));
  }
  return list;
}

Result<Value> read_map(const Member& item, const Value& found, ScalarReader scalar) {
  if (!found.is_object()) return unexpected_kind("a map", found);
  Value map = Value::object();
  for (const Value::Member& entry : found.members()) {
    Result<Value> value = read_document(item, entry.value, scalar);
    if (!value) return within(std::move(value).error(), entry.key);
    map.append_member(Key(entry.key, map.resource()), std::move(*value));
  }
  return map;
}

}  // namespace

Error unexpected_kind(std::string_view expected, const Value& found) {
  return malformed_parameter(
      fmt::format("expected {}, not a value of kind {}", expected, to_string(found.kind())));
}

Result<Value> read_whole_number(const Value& found) {
  if (found.is_int()) return found;
  double number = found.get_if_double().value_or(0.5);
  if (std::trunc(number) != number || std::abs(number) > 9.2e18) {
    return unexpected_kind("an integer of 64 bits", found);
  }
  return Value(static_cast<std::int64_t>(number));
}

Result<void> read_document_members(const Shape& shape, const Value& document, ScalarReader scalar,
                                   Value& params) {
  if (!document.is_object()) return unexpected_kind("a structure", document);
  for (Member member : shape.members()) {
    if (member.location() != Location::kBody) continue;
    const Value* present = document.find(member.serialized_name());
    if (!present || present->is_null()) continue;
    Result<Value> value = read_document(member, *present, scalar);
    if (!value) return within(std::move(value).error(), member.name());
    params.set(member.name(), std::move(*value));
  }
  return {};
}

Result<Value> read_document(const Member& member, const Value& found, ScalarReader scalar) {
  Shape shape = member.shape();
  if (found.is_null() || shape.is_document()) return found;
  switch (shape.type()) {
    case ShapeType::kStructure: {
      Value value = Value::object();
      Result<void> done = read_document_members(shape, found, scalar, value);
      if (!done) return std::move(done).error();
      return value;
    }
    case ShapeType::kList:
      return read_list(shape.list_member(), found, scalar);
    case ShapeType::kMap:
      return read_map(shape.map_value(), found, scalar);
    case ShapeType::kString:
    case ShapeType::kBoolean:
    case ShapeType::kInteger:
    case ShapeType::kLong:
    case ShapeType::kFloat:
    case ShapeType::kDouble:
    case ShapeType::kBlob:
    case ShapeType::kTimestamp:
    case ShapeType::kOther:
      break;
  }
  return scalar(shape.type(), found);
}

}  // namespace botocxx::server
