#include "server/protocol_codec.h"
#include "server/rest_bindings.h"
#include <botocxx/server/service_codec.h>

namespace botocxx::inline v1 {
namespace {

using server::ProtocolCodec;

bool is_raw(const Member& payload) {
  ShapeType type = payload.shape().type();
  return type == ShapeType::kBlob || type == ShapeType::kString;
}

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
  params.set(payload.name(), text ? Value(*octets) : Value(Bytes{*octets}));
  return {};
}

Result<void> decode_body(const ProtocolCodec& codec, const Shape& input, const HttpRequest& request,
                         Value& params) {
  std::optional<Member> payload = input.payload();
  if (payload && is_raw(*payload)) return decode_raw_payload(*payload, request, params);
  Result<std::string> octets = request.body.read_all();
  if (!octets) return std::move(octets).error();
  if (octets->empty()) return {};
  return codec.decode_body(input, *octets, params);
}

Result<void> check_required(const Shape& input, const Value& params) {
  for (const Member& member : input.required_members()) {
    const Value* present = params.find(member.name());
    if (present && !present->is_null()) continue;
    if (input.payload() && input.payload()->name() == member.name() && is_raw(member)) continue;
    bool in_body = member.location() == Location::kBody;
    return Error(ErrorKind::kParse, in_body ? "MalformedBody" : "MissingParameter",
                 std::string(member.name()) + ": required, as " +
                     std::string(to_string(member.location())) + " '" +
                     std::string(member.serialized_name()) + "'");
  }
  return {};
}

Result<void> encode_body(const ProtocolCodec& codec, const Member& output, const Value& value,
                         const EncodeOptions& options, HttpResponse& response) {
  std::optional<Member> payload = output.shape().payload();
  if (payload && is_raw(*payload)) {
    const Value* present = value.find(payload->name());
    if (present && !present->is_null()) response.body = present->as_body();
    return {};
  }
  Result<std::string> document = codec.encode_body(output, value, options);
  if (!document) return std::move(document).error();
  if (document->empty()) return {};
  response.headers.set("Content-Type", std::string(codec.content_type));
  response.body = Body(std::move(*document));
  return {};
}

}  // namespace

Result<Value> decode_request(const Route& route, std::string_view protocol,
                             const HttpRequest& request) {
  Result<const ProtocolCodec*> codec = server::find_protocol_codec(protocol);
  if (!codec) return std::move(codec).error();
  Value params;
  params.make_object();
  std::optional<Member> input = route.operation.input();
  if (!input) return params;
  Shape shape = input->shape();
  Result<void> done = server::decode_bindings(shape, route, request, params);
  if (done) done = decode_body(**codec, shape, request, params);
  if (done) done = check_required(shape, params);
  if (!done) return std::move(done).error();
  return params;
}

Result<HttpResponse> encode_response(const Operation& operation, std::string_view protocol,
                                     const Value& output, const EncodeOptions& options) {
  Result<const ProtocolCodec*> codec = server::find_protocol_codec(protocol);
  if (!codec) return std::move(codec).error();
  HttpResponse response;
  response.status = options.status != 0 ? options.status : operation.response_code();
  std::optional<Member> member = operation.output();
  if (!member) return response;
  for (Member part : member->shape().members()) {
    const Value* status =
        part.location() == Location::kStatusCode ? output.find(part.name()) : nullptr;
    if (status && status->is_int()) response.status = static_cast<int>(status->as_int());
  }
  Result<void> done = encode_body(**codec, *member, output, options, response);
  if (done) done = server::encode_headers(member->shape(), output, response.headers);
  if (!done) return std::move(done).error();
  return response;
}

HttpResponse encode_error(const Error& error, std::string_view protocol,
                          const ErrorIdentity& identity, const EncodeOptions& options) {
  HttpResponse response;
  response.status = error.status() != 0 ? error.status() : 500;
  Result<const ProtocolCodec*> codec = server::find_protocol_codec(protocol);
  if (!codec) return response;
  response.headers.add("Content-Type", std::string((*codec)->content_type));
  response.body = Body((*codec)->encode_error(error, identity, options));
  return response;
}

}  // namespace botocxx::inline v1
