#include "protocol/cbor_request.h"

#include "codec/cbor_writer.h"
#include "codec/python_text.h"
#include "codec/python_value.h"
#include "protocol/event_encoder.h"
#include "protocol/host_prefix.h"
#include "protocol/query_compatible.h"
#include "protocol/scalar_text.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <optional>

namespace botocxx::protocol {
namespace {

using codec::CborWriter;

Error wrong_kind(const Value& value, std::string_view name, std::string_view expected) {
  return param_error(fmt::format("{} must be {}, found {}", name, expected,
                                 codec::python_str(value).substr(0, 80)));
}

// A number, or one of the texts that stand for what JSON has no number for.
std::optional<double> number_of(const Value& value) {
  if (value.is_number()) return value.as_double();
  if (value.is_bool()) return value.as_bool() ? 1.0 : 0.0;
  auto text = value.get_if_string();
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (text == "Infinity") return std::numeric_limits<double>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
  return std::nullopt;
}

class DocumentWriter {
 public:
  explicit DocumentWriter(CborWriter& out) : out_(out) {}

  // `name` is for messages.
  Result<void> write(const Value& value, const Shape& shape, std::string_view name) {
    switch (shape.type()) {
      case ShapeType::kStructure:
        return write_structure(value, shape, name);
      case ShapeType::kList:
        return write_list(value, shape, name);
      case ShapeType::kMap:
        return write_map(value, shape, name);
      case ShapeType::kString:
        if (!value.is_string()) return wrong_kind(value, name, "a text");
        out_.text(value.as_string());
        return {};
      case ShapeType::kBoolean:
        out_.boolean(codec::python_truth(value));
        return {};
      case ShapeType::kInteger:
      case ShapeType::kLong:
        if (!value.is_int() && !value.is_bool()) return wrong_kind(value, name, "an integer");
        out_.integer(value.is_int() ? value.as_int() : std::int64_t{value.as_bool()});
        return {};
      case ShapeType::kFloat:
        return write_float(value, name);
      case ShapeType::kDouble:
        if (auto number = number_of(value)) {
          out_.float64(*number);
          return {};
        }
        return wrong_kind(value, name, "a number");
      case ShapeType::kBlob:
        return write_blob(value);
      case ShapeType::kTimestamp:
        return write_timestamp(value);
      case ShapeType::kOther:
        break;
    }
    return param_error(fmt::format("{} has a type that smithy-rpc-v2-cbor cannot send", name));
  }

 private:
  Result<void> write_structure(const Value& value, const Shape& shape, std::string_view name) {
    if (!value.is_object()) return wrong_kind(value, name, "a structure");
    std::size_t given = 0;
    for (const Value::Member& entry : value.members()) given += entry.value.is_null() ? 0 : 1;
    out_.map(given);
    for (const Value::Member& entry : value.members()) {
      if (entry.value.is_null()) continue;
      auto member = shape.find_member(entry.key);
      if (!member) {
        return param_error(fmt::format("Unknown parameter in {}: \"{}\"", name, entry.key.view()));
      }
      if (member->event_stream()) {
        return param_error(
            fmt::format("{} is an event stream, which is no part of a document", entry.key.view()));
      }
      out_.text(member->serialized_name());
      auto written = write(entry.value, member->shape(), entry.key);
      if (!written) return written;
    }
    return {};
  }

  Result<void> write_list(const Value& value, const Shape& shape, std::string_view name) {
    if (!value.is_list()) return wrong_kind(value, name, "a list");
    Shape item_shape = shape.list_member().shape();
    out_.array(value.size());
    for (const Value& item : value.items()) {
      auto written = write_sparse(item, item_shape, name);
      if (!written) return written;
    }
    return {};
  }

  Result<void> write_map(const Value& value, const Shape& shape, std::string_view name) {
    if (!value.is_object()) return wrong_kind(value, name, "a map");
    Shape value_shape = shape.map_value().shape();
    out_.map(value.size());
    for (const Value::Member& entry : value.members()) {
      out_.text(entry.key);
      auto written = write_sparse(entry.value, value_shape, name);
      if (!written) return written;
    }
    return {};
  }

  // Lists and maps may hold nulls, at which botocore fails.
  Result<void> write_sparse(const Value& value, const Shape& shape, std::string_view name) {
    if (!value.is_null()) return write(value, shape, name);
    out_.null();
    return {};
  }

  Result<void> write_float(const Value& value, std::string_view name) {
    auto number = number_of(value);
    if (!number) return wrong_kind(value, name, "a number");
    auto narrow = static_cast<float>(*number);
    if (std::isinf(narrow) && !std::isinf(*number)) {
      return wrong_kind(value, name, "a number that four octets can hold");
    }
    out_.float32(narrow);
    return {};
  }

  // A stream is read here: a blob is a part of the document, never the whole body.
  Result<void> write_blob(const Value& value) {
    if (value.is_stream()) {
      auto content = value.as_body().read_all();
      if (!content) return std::move(content).error();
      out_.bytes(*content);
      return {};
    }
    auto octets = octets_of(value);
    if (!octets) return std::move(octets).error();
    out_.bytes(*octets);
    return {};
  }

  // Whole seconds, whatever format the model states; before 1970 a negative number.
  Result<void> write_timestamp(const Value& value) {
    auto time = to_timestamp(value);
    if (!time) return std::move(time).error();
    out_.tag(1);
    out_.integer(time->seconds());
    return {};
  }

  CborWriter& out_;
};

}  // namespace

Result<std::string> write_cbor_document(const Member& reference, const Value& value) {
  CborWriter document;
  std::string_view name = reference.name().empty() ? "input" : reference.name();
  auto written = DocumentWriter(document).write(value, reference.shape(), name);
  if (!written) return std::move(written).error();
  return document.take();
}

Result<SerializedRequest> serialize_rpc_v2_cbor(const Operation& operation, const Value& params,
                                                const SerializeOptions&) {
  std::string target = operation.model().metadata("targetPrefix");
  if (target.empty()) {
    return Error(ErrorKind::kModel, "InvalidModel",
                 fmt::format("the model of {} states no targetPrefix in its metadata",
                             operation.model().service_name()));
  }
  SerializedRequest request;
  request.method = "POST";
  request.path = fmt::format("/service/{}/operation/{}", target, operation.name());
  auto input = operation.input();
  if (input) {
    const Value nothing = Value::object();
    auto document = write_cbor_document(*input, params.is_null() ? nothing : params);
    if (!document) return std::move(document).error();
    request.body = Body(*std::move(document));
  }
  auto prefix = expand_host_prefix(operation, params);
  if (!prefix) return std::move(prefix).error();
  request.host_prefix = *std::move(prefix);
  std::string_view type = operation.event_stream_output() ? kEventStreamType : "application/cbor";
  request.headers.set("smithy-protocol", "rpc-v2-cbor");
  add_query_mode(operation.model(), request.headers);
  request.headers.set("Accept", std::string(type));
  if (input) request.headers.set("Content-Type", std::string(type));
  return request;
}

}  // namespace botocxx::protocol
