#include "server/event_messages.h"
#include "server/protocol_codec.h"
#include "server/rest_codec.h"
#include <botocxx/server/service_codec.h>

#include <fmt/format.h>

namespace botocxx::inline v1 {
namespace {

using server::ProtocolCodec;

/// Whether `member` may be empty without leaving a trace in the request.
bool can_vanish(const ProtocolCodec& codec, const Shape& input, const Member& member) {
  if (member.event_stream()) return true;  // its events come after the request
  std::optional<Member> payload = input.payload();
  if (payload && payload->name() == member.name()) return server::is_raw_payload(member);
  ShapeType type = member.shape().type();
  bool container =
      type == ShapeType::kList || type == ShapeType::kMap || type == ShapeType::kStructure;
  return container &&
         (!codec.shows_empty || member.location() != Location::kBody || member.flattened());
}

Result<void> check_required(const ProtocolCodec& codec, const Shape& input, const Value& params) {
  for (const Member& member : input.required_members()) {
    const Value* present = params.find(member.name());
    if (present && !present->is_null()) continue;
    if (can_vanish(codec, input, member)) continue;
    bool in_document = codec.shows_empty && member.location() == Location::kBody;
    return Error(ErrorKind::kParse, in_document ? "MalformedBody" : "MissingParameter",
                 fmt::format("{}: required, as {} '{}'", member.name(),
                             to_string(member.location()), member.serialized_name()));
  }
  return {};
}

std::optional<Shape> find_exception(const ServiceModel& model, std::string_view code) {
  if (std::optional<Shape> shape = model.find_error(code)) return shape;
  std::optional<Shape> shape = model.find_shape(code);
  return shape && shape->is_exception() ? shape : std::nullopt;
}

int error_status(const Error& error, const std::optional<Shape>& shape, int otherwise) {
  if (error.status() != 0) return error.status();
  return shape && shape->error_status() != 0 ? shape->error_status() : otherwise;
}

// What is not in the messages is decoded as it is without them.
Result<void> decode_with_events(const ProtocolCodec& codec, const Member& stream,
                                const Route& route, const HttpRequest& request, Value& params) {
  auto decoded = server::decode_events(codec.protocol, stream, request.body);
  if (!decoded) return std::move(decoded).error();
  HttpRequest head = request;
  head.body = Body(std::move(decoded->initial));
  auto done = codec.decode(route.operation.input()->shape(), route, head, params);
  if (done) params.set(stream.name(), std::move(decoded->events));
  return done;
}

Result<void> encode_with_events(const ProtocolCodec& codec, const Member& stream,
                                const Operation& operation, const Value& output,
                                const EncodeOptions& options, HttpResponse& response) {
  Value others = output;
  others.erase(stream.name());
  auto done = codec.encode(operation, others, options, response);
  if (!done) return done;
  return server::encode_events(codec.protocol, stream, output[stream.name()], response);
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
  std::optional<Member> stream = route.operation.event_stream_input();
  Result<void> done = stream ? decode_with_events(**codec, *stream, route, request, params)
                             : (*codec)->decode(shape, route, request, params);
  if (done) done = check_required(**codec, shape, params);
  if (!done) return std::move(done).error();
  return params;
}

Result<HttpResponse> encode_response(const Operation& operation, std::string_view protocol,
                                     const Value& output, const EncodeOptions& options) {
  Result<const ProtocolCodec*> codec = server::find_protocol_codec(protocol);
  if (!codec) return std::move(codec).error();
  HttpResponse response;
  response.status = options.status != 0 ? options.status : operation.response_code();
  std::optional<Member> stream = operation.event_stream_output();
  Result<void> done =
      stream ? encode_with_events(**codec, *stream, operation, output, options, response)
             : (*codec)->encode(operation, output, options, response);
  if (!done) return std::move(done).error();
  return response;
}

HttpResponse encode_error(const Error& error, std::string_view protocol,
                          const ErrorIdentity& identity, const EncodeOptions& options) {
  HttpResponse response;
  response.status = error_status(error, std::nullopt, 500);
  Result<const ProtocolCodec*> codec = server::find_protocol_codec(protocol);
  if (!codec) return response;
  (*codec)->encode_error({error, nullptr, std::nullopt, Value(), identity, options}, response);
  return response;
}

HttpResponse encode_error(const Operation& operation, std::string_view protocol, const Error& error,
                          const ErrorIdentity& identity, const EncodeOptions& options) {
  HttpResponse response;
  std::optional<Shape> shape = find_exception(operation.model(), error.code());
  response.status = error_status(error, shape, 400);
  Result<const ProtocolCodec*> codec = server::find_protocol_codec(protocol);
  if (!codec) return response;
  const Value none;
  const Value& members = error.fields() ? *error.fields() : none;
  (*codec)->encode_error({error, &operation.model(), shape, members, identity, options}, response);
  return response;
}

}  // namespace botocxx::inline v1
