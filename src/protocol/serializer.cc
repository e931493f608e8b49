#include "protocol/serializer.h"

#include "protocol/event_encoder.h"
#include "protocol/event_parser.h"
#include "protocol/wire_protocol.h"

#include <fmt/format.h>

namespace botocxx::protocol {
namespace {

// The body becomes one of messages: what the protocol made of the other members, where it does not
// put all of them into the head, and then the events.
Result<SerializedRequest> serialize_events(const WireProtocol& wire, const Operation& operation,
                                           const Member& stream, const Value& params,
                                           const SerializeOptions& options) {
  auto documents = event_documents(wire.name);
  if (!documents) return std::move(documents).error();
  Value others = params;
  others.erase(stream.name());
  auto request = wire.serialize(operation, others, options);
  if (!request) return request;
  EventEncoder encoder(stream.shape(), *std::move(documents));
  std::string body;
  if (has_initial_messages(wire.name)) {
    auto initial = encoder.encode_initial(kInitialRequest, request->body.bytes());
    auto added = codec::append_event_frame(body, initial);
    if (!added) return std::move(added).error();
  }
  auto added = encoder.append_all(body, params[stream.name()], stream.name());
  if (!added) return std::move(added).error();
  request->headers.set("Content-Type", std::string(kEventStreamType));
  request->body = Body(std::move(body));
  return request;
}

}  // namespace

Result<SerializedRequest> serialize(const Operation& operation, std::string_view protocol,
                                    const Value& params, const SerializeOptions& options) {
  if (!params.is_object() && !params.is_null()) {
    return Error(ErrorKind::kUsage, "ParamValidation",
                 fmt::format("parameters of {} must be an object, found a value of kind {}",
                             operation.name(), to_string(params.kind())));
  }
  auto wire = find_wire_protocol(protocol);
  if (!wire) return std::move(wire).error();
  if (auto stream = operation.event_stream_input()) {
    return serialize_events(**wire, operation, *stream, params, options);
  }
  return (*wire)->serialize(operation, params, options);
}

}  // namespace botocxx::protocol
