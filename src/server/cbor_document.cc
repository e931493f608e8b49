#include "server/cbor_document.h"

#include "codec/cbor_value.h"
#include "codec/cbor_writer.h"
#include "server/document_params.h"
#include "server/param_error.h"

#include <fmt/format.h>

#include <cmath>

namespace botocxx::server {
namespace {

using codec::CborWriter;

Result<Value> read_time(const Value& found) {
  if (found.is_timestamp()) return found;
  if (found.is_int()) return Value(Timestamp::from_unix(found.as_int()));
  if (found.is_double() && std::abs(found.as_double()) < 1e12) {
    return Value(Timestamp::from_unix_double(found.as_double()));
  }
  return unexpected_kind("a time", found);
}

Result<Value> read_scalar(ShapeType type, const Value& found) {
  switch (type) {
    case ShapeType::kBoolean:
      return found.is_bool() ? Result<Value>(found) : unexpected_kind("true or false", found);
    case ShapeType::kInteger:
    case ShapeType::kLong:
      return read_whole_number(found);
    case ShapeType::kFloat:
    case ShapeType::kDouble:
      return found.is_number() ? Result<Value>(found) : unexpected_kind("a number", found);
    case ShapeType::kTimestamp:
      return read_time(found);
    case ShapeType::kBlob:
      return found.is_bytes() ? Result<Value>(found) : unexpected_kind("octets", found);
    case ShapeType::kString:
    case ShapeType::kOther:
    case ShapeType::kStructure:
    case ShapeType::kList:
    case ShapeType::kMap:
      break;
  }
  return found.is_string() ? Result<Value>(found) : unexpected_kind("a text", found);
}

class DocumentWriter {
 public:
  explicit DocumentWriter(CborWriter& out) : out_(out) {}

  Result<void> write_members(const Shape& shape, const Value& value, const Value& more) {
    if (!value.is_object()) return unfit("a structure", value);
    std::size_t count = more.size();
    for (Member member : shape.members()) count += is_present(value.find(member.name()));
    out_.map(count);
    for (Member member : shape.members()) {
      const Value* present = value.find(member.name());
      if (!is_present(present)) continue;
      out_.text(member.name());
      Result<void> done = write(member.shape(), *present);
      if (!done) return within(std::move(done).error(), member.name());
    }
    write_texts(more);
    return {};
  }

  void write_texts(const Value& texts) {
    for (const Value::Member& entry : texts.members()) {
      out_.text(entry.key);
      out_.text(entry.value.get_if_string().value_or(""));
    }
  }

 private:
  static bool is_present(const Value* value) { return value && !value->is_null(); }

  static Error unfit(std::string_view expected, const Value& value) {
    return Error(
        ErrorKind::kInternal, "UnencodableOutput",
        fmt::format("expected {}, not a value of kind {}", expected, to_string(value.kind())));
  }

  Result<void> write(const Shape& shape, const Value& value) {
    if (value.is_null()) {
      out_.null();
      return {};
    }
    switch (shape.type()) {
      case ShapeType::kStructure:
        return write_members(shape, value, Value());
      case ShapeType::kList:
        return write_list(shape.list_member().shape(), value);
      case ShapeType::kMap:
        return write_map(shape.map_value().shape(), value);
      case ShapeType::kTimestamp:
        return write_time(value);
      case ShapeType::kBlob:
        if (!value.is_bytes() && !value.is_string()) return unfit("octets", value);
        out_.bytes(value.as_bytes());
        return {};
      case ShapeType::kFloat:
      case ShapeType::kDouble:
        return write_number(shape, value);
      case ShapeType::kString:
      case ShapeType::kBoolean:
      case ShapeType::kInteger:
      case ShapeType::kLong:
      case ShapeType::kOther:
        break;
    }
    return write_scalar(value);
  }

  Result<void> write_list(const Shape& item, const Value& value) {
    if (!value.is_list()) return unfit("a list", value);
    out_.array(value.size());
    std::size_t index = 0;
    for (const Value& element : value) {
      Result<void> done = write(item, element);
      if (!done) return within(std::move(done).error(), index);
      ++index;
    }
    return {};
  }

  Result<void> write_map(const Shape& item, const Value& value) {
    if (!value.is_object()) return unfit("a map", value);
    out_.map(value.size());
    for (const Value::Member& entry : value.members()) {
      out_.text(entry.key);
      Result<void> done = write(item, entry.value);
      if (!done) return within(std::move(done).error(), entry.key);
    }
    return {};
  }

  Result<void> write_time(const Value& value) {
    if (!value.is_timestamp()) return unfit("a timestamp", value);
    out_.tag(1);
    if (value.as_timestamp().nanoseconds() == 0) {
      out_.integer(value.as_timestamp().seconds());
    } else {
      out_.float64(value.as_timestamp().to_unix_double());
    }
    return {};
  }

  Result<void> write_number(const Shape& shape, const Value& value) {
    if (!value.is_number()) return unfit("a number", value);
    if (shape.type() == ShapeType::kFloat) {
      out_.float32(static_cast<float>(value.as_double()));
    } else {
      out_.float64(value.as_double());
    }
    return {};
  }

  Result<void> write_scalar(const Value& value) {
    if (value.is_bool()) {
      out_.boolean(value.as_bool());
    } else if (value.is_int()) {
      out_.integer(value.as_int());
    } else if (value.is_string()) {
      out_.text(value.as_string());
    } else {
      return unfit("a text, a number, true or false", value);
    }
    return {};
  }

  CborWriter& out_;
};

}  // namespace

Result<void> decode_cbor_members(const Shape& input, const std::string& body, Value& params) {
  if (body.empty()) return {};
  Result<Value> document = codec::read_cbor(body);
  if (!document) return malformed_body(document.error().message());
  if (!document->is_object()) return malformed_body("expected a CBOR map");
  return read_document_members(input, *document, read_scalar, params);
}

Result<std::string> encode_cbor_members(const Shape& shape, const Value& value, const Value& more) {
  CborWriter out;
  Result<void> done = DocumentWriter(out).write_members(shape, value, more);
  if (!done) return std::move(done).error();
  return out.take();
}

std::string encode_cbor_texts(const Value& texts) {
  CborWriter out;
  out.map(texts.size());
  DocumentWriter(out).write_texts(texts);
  return out.take();
}

}  // namespace botocxx::server
