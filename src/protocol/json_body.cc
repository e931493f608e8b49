#include "protocol/json_body.h"

#include "protocol/query_compatible.h"
#include "protocol/scalar_parse.h"
#include <botocxx/base/text_encoding.h>

#include <utility>

namespace botocxx::protocol {
namespace {

// A result that is cut off must not look like an empty one. (botocore takes it for a message.)
bool begins_like_json(std::string_view body) {
  body = strip(body);
  return body.starts_with('{') || body.starts_with('[');
}

void add_body_as_message(const Shape& shape, std::string_view body, Value& out,
                         std::pmr::memory_resource* resource) {
  for (Member member : shape.members()) {
    bool message =
        member.serialized_name() == "message" && member.shape().type() == ShapeType::kString;
    if (!message) continue;
    out.append_member(Key::borrow(member.name()), Value::borrow_string(body, resource));
  }
}

}  // namespace

Result<void> read_json_members(JsonScalars scalars, const Shape& shape, std::string_view body,
                               Value& out, std::pmr::memory_resource* resource) {
  if (body.empty()) return {};
  JsonShapeReader reader(body, scalars, resource);
  auto value = reader.read(shape);
  if (value) {
    for (Value::Member& member : value->members()) {
      out.append_member(std::move(member.key), std::move(member.value));
    }
    return {};
  }
  bool message =
      reader.is_malformed() && is_utf8(body) && (shape.is_exception() || !begins_like_json(body));
  if (!message) return std::move(value).error();
  add_body_as_message(shape, body, out, resource);
  return {};
}

Result<Value> read_json_payload(JsonScalars scalars, const Member& payload, std::string_view body,
                                std::pmr::memory_resource* resource) {
  Shape shape = payload.shape();
  if (body.empty()) body = shape.type() == ShapeType::kList ? "[]" : "{}";
  return JsonShapeReader(body, scalars, resource).read(shape);
}

std::optional<Value> read_json_error(std::string_view body) {
  Value fields = Value::object();
  if (body.empty()) return fields;
  if (!is_utf8(body)) return std::nullopt;
  codec::JsonTokens tokens(body);
  Value value = tokens.read_value(fields.resource());
  tokens.finish();
  if (value.is_object() && !tokens.failed()) return value;
  fields.append_member(Key::borrow("message"), Value::borrow_string(body, fields.resource()));
  return fields;
}

Value rest_json_error_code(const HttpResponse& head, const Value& body) {
  if (auto header = head.headers.joined("x-amzn-errortype")) return bare_code(*header);
  for (std::string_view name : {"code", "Code"}) {
    const Value* code = body.find(name);
    if (code == nullptr) continue;
    return code->is_string() ? Value(bare_code(code->as_string())) : *code;
  }
  return {};
}

ErrorDocument make_json_error(const HttpResponse& head, const Value& body) {
  ErrorDocument document;
  Value error = Value::object();
  const Value* message = body.find("message");
  if (message == nullptr) message = body.find("Message");
  error.set("Message", message == nullptr ? Value("") : *message);
  error.set("Code", Value(""));
  const Value* type = body.find("__type");
  if (type == nullptr || !type->is_null()) {
    std::string found = std::to_string(head.status);
    Value elsewhere = rest_json_error_code(head, body);
    if (type != nullptr && type->is_string()) {
      found = bare_code(type->as_string());
    } else if (elsewhere.is_string() && !elsewhere.empty()) {
      found = elsewhere.as_string();
    }
    error.set("Code", Value(translate_query_error(head, std::move(found), error)));
  }
  document.fields.set("Error", std::move(error));
  add_request_ids(head, document);
  return document;
}

}  // namespace botocxx::protocol
