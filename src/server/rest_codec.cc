#include "server/rest_codec.h"

#include "server/param_error.h"
#include "server/rest_bindings.h"
#include "server/scalar_text.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

namespace botocxx::server {
namespace {

/// A payload that is the body itself. A blob stays a stream where the front end streams.
Result<void> decode_raw_payload(const Member& payload, const HttpRequest& request, Value& params) {
  const Body& body = request.body;
  if (payload.shape().type() == ShapeType::kBlob && body.is_stream()) {
    params.set(payload.name(), Value(body));
    return {};
  }
  Result<std::string> octets = body.read_all();
  if (!octets) return std::move(octets).error();
  if (octets->empty()) return {};
  bool text = payload.shape().type() == ShapeType::kString;
  if (text && !is_utf8(*octets)) return malformed_body("expected text, not octets");
  params.set(payload.name(), text ? Value(*octets) : Value(Bytes{*octets}));
  return {};
}

Result<void> decode_body(const RestDocuments& documents, const Shape& input,
                         const HttpRequest& request, Value& params) {
  std::optional<Member> payload = input.payload();
  if (payload && is_raw_payload(*payload)) return decode_raw_payload(*payload, request, params);
  Result<std::string> octets = request.body.read_all();
  if (!octets) return std::move(octets).error();
  if (octets->empty()) return {};
  return documents.decode(input, *octets, params);
}

Result<void> encode_body(const RestDocuments& documents, const Member& output, const Value& value,
                         const EncodeOptions& options, HttpResponse& response) {
  std::optional<Member> payload = output.shape().payload();
  if (payload && is_raw_payload(*payload)) {
    const Value* present = value.find(payload->name());
    if (!present || present->is_null()) return {};
    if (!present->is_stream() && !present->is_bytes() && !present->is_string()) {
      return unencodable(payload->name(), fmt::format("expected a stream, octets or a text, not a "
                                                      "{}",
                                                      to_string(present->kind())));
    }
    response.body = present->as_body();
    return {};
  }
  Result<std::string> document = documents.encode(output, value, options);
  if (!document) return std::move(document).error();
  if (document->empty()) return {};
  if (!response.headers.contains("Content-Type")) {
    response.headers.set("Content-Type", std::string(documents.content_type));
  }
  response.body = Body(std::move(*document));
  return {};
}

void add_id(std::string_view name, std::string_view id, HttpResponse& response) {
  if (!id.empty()) response.headers.set(std::string(name), std::string(id));
}

}  // namespace

bool has_body_members(const Shape& shape) {
  for (Member member : shape.members()) {
    if (member.location() == Location::kBody) return true;
  }
  return false;
}

bool is_raw_payload(const Member& payload) {
  ShapeType type = payload.shape().type();
  return type == ShapeType::kBlob || type == ShapeType::kString;
}

Result<void> decode_rest(const RestDocuments& documents, const Shape& input, const Route& route,
                         const HttpRequest& request, Value& params) {
  Result<void> done = decode_bindings(input, route, request, params);
  return done ? decode_body(documents, input, request, params) : done;
}

Result<void> encode_rest(const RestDocuments& documents, const Operation& operation,
                         const Value& output, const EncodeOptions& options,
                         HttpResponse& response) {
  add_id("x-amzn-RequestId", options.request_id, response);
  std::optional<Member> member = operation.output();
  if (!member) return {};
  for (Member part : member->shape().members()) {
    const Value* status =
        part.location() == Location::kStatusCode ? output.find(part.name()) : nullptr;
    if (status && status->is_int()) response.status = static_cast<int>(status->as_int());
  }
  Result<void> done = encode_headers(member->shape(), output, response.headers);
  return done ? encode_body(documents, *member, output, options, response) : done;
}

void encode_rest_error_headers(const ErrorAnswer& answer, HttpResponse& response) {
  if (!answer.shape) return;
  // A header that can't be sent is left out with those after it: an error is never refused.
  static_cast<void>(encode_headers(*answer.shape, answer.members, response.headers));
}

}  // namespace botocxx::server
