#include "protocol/json_shape_writer.h"

#include "codec/json.h"
#include "codec/python_text.h"
#include "protocol/scalar_text.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <utility>

namespace botocxx::protocol {
namespace {

using codec::JsonStyle;

Error wrong_kind(const Value& value, const Shape& shape, std::string_view expected) {
  return param_error(fmt::format("{} must be {}, found {}", shape.name(), expected,
                                 codec::python_repr(value).substr(0, 80)));
}

Result<void> write_list(std::string& out, const Value& value, const Shape& shape,
                        TimestampPrecision precision) {
  if (!value.is_list()) return wrong_kind(value, shape, "a list");
  Member item_member = shape.list_member();
  out += '[';
  bool first = true;
  for (const Value& item : value.items()) {
    if (!std::exchange(first, false)) out += ", ";
    if (auto written = write_json_value(out, item, item_member, precision); !written)
      return written;
  }
  out += ']';
  return {};
}

Result<void> write_map(std::string& out, const Value& value, const Shape& shape,
                       TimestampPrecision precision) {
  if (!value.is_object()) return wrong_kind(value, shape, "a map");
  Member value_member = shape.map_value();
  out += '{';
  bool first = true;
  for (const Value::Member& entry : value.members()) {
    if (!std::exchange(first, false)) out += ", ";
    codec::append_json_string(out, entry.key, JsonStyle::kPython);
    out += ": ";
    if (auto written = write_json_value(out, entry.value, value_member, precision); !written)
      return written;
  }
  out += '}';
  return {};
}

Result<void> write_timestamp(std::string& out, const Value& value, const Member& reference,
                             TimestampPrecision precision) {
  TimestampFormat format = reference.timestamp_format();
  auto text = timestamp_text(value, format, TimestampFormat::kUnixTimestamp, precision);
  if (!text) return std::move(text).error();
  bool number = format == TimestampFormat::kDefault || format == TimestampFormat::kUnixTimestamp;
  if (number) {
    out += *text;
  } else {
    codec::append_json_string(out, *text, JsonStyle::kPython);
  }
  return {};
}

Result<void> write_blob(std::string& out, const Value& value) {
  auto octets = octets_of(value);
  if (!octets) return std::move(octets).error();
  out += '"';
  out += base64_encode(as_byte_span(*octets));
  out += '"';
  return {};
}

// What botocore hands over to json.dumps as it is.
Result<void> write_as_is(std::string& out, const Value& value, const Shape& shape) {
  if (value.is_string()) {
    codec::append_json_string(out, value.as_string(), JsonStyle::kPython);
    return {};
  }
  if (value.is_bytes() || value.is_timestamp() || value.is_stream()) {
    return wrong_kind(value, shape, "a value that JSON has");
  }
  out += codec::write_json(value, JsonStyle::kPython);
  return {};
}

}  // namespace

Result<void> write_json_members(std::string& out, const Value& value, const Shape& shape,
                                bool (*keep)(const Member& member, const Value& value),
                                TimestampPrecision precision) {
  if (!value.is_object() && !value.is_null()) return wrong_kind(value, shape, "a structure");
  out += '{';
  bool first = true;
  for (const Value::Member& entry : value.members()) {
    auto member = shape.find_member(entry.key);
    if (!member) {
      return param_error(
          fmt::format("Unknown parameter in {}: \"{}\"", shape.name(), entry.key.view()));
    }
    if (keep != nullptr && !keep(*member, entry.value)) continue;
    if (!std::exchange(first, false)) out += ", ";
    codec::append_json_string(out, member->serialized_name(), JsonStyle::kPython);
    out += ": ";
    if (auto written = write_json_value(out, entry.value, *member, precision); !written)
      return written;
  }
  out += '}';
  return {};
}

Result<void> write_json_value(std::string& out, const Value& value, const Member& reference,
                              TimestampPrecision precision) {
  if (value.is_null()) {
    out += "null";
    return {};
  }
  Shape shape = reference.shape();
  switch (shape.type()) {
    case ShapeType::kStructure:
      if (shape.is_document()) break;
      return write_json_members(out, value, shape, nullptr, precision);
    case ShapeType::kList:
      return write_list(out, value, shape, precision);
    case ShapeType::kMap:
      return write_map(out, value, shape, precision);
    case ShapeType::kTimestamp:
      return write_timestamp(out, value, reference, precision);
    case ShapeType::kBlob:
      return write_blob(out, value);
    case ShapeType::kFloat:
    case ShapeType::kDouble:
    case ShapeType::kString:
    case ShapeType::kBoolean:
    case ShapeType::kInteger:
    case ShapeType::kLong:
    case ShapeType::kOther:
      break;
  }
  return write_as_is(out, value, shape);
}

Result<std::string> write_json_document(const Member& reference, const Value& value) {
  return write_json_document(reference, value, TimestampPrecision::kDefault);
}

Result<std::string> write_json_document(const Member& reference, const Value& value,
                                        TimestampPrecision precision) {
  std::string out;
  auto written = write_json_value(out, value, reference, precision);
  if (!written) return std::move(written).error();
  return out;
}

}  // namespace botocxx::protocol
