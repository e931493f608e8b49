#include "server/event_messages.h"

#include "protocol/event_encoder.h"
#include "protocol/event_parser.h"
#include "protocol/event_source.h"

#include <fmt/format.h>

namespace botocxx::server {
namespace {

Error malformed(const Member& stream, const Error& cause) {
  return Error(ErrorKind::kParse, "MalformedBody",
               fmt::format("{}: {}", stream.name(), cause.message()))
      .with_cause(cause);
}

}  // namespace

Result<void> encode_events(std::string_view protocol, const Member& stream, const Value& events,
                           HttpResponse& response) {
  auto documents = protocol::event_documents(protocol);
  if (!documents) return std::move(documents).error();
  protocol::EventEncoder encoder(stream.shape(), *std::move(documents));
  std::string body;
  Result<void> added;
  if (protocol::has_initial_messages(protocol)) {
    auto initial = encoder.encode_initial(protocol::kInitialResponse, response.body.bytes());
    added = codec::append_event_frame(body, initial);
  }
  if (added) added = encoder.append_all(body, events, stream.name());
  if (!added) {
    return Error(ErrorKind::kInternal, "UnencodableOutput", added.error().message())
        .with_cause(added.error());
  }
  // A result's own type, as Lambda's, stays; a document's, which became a message, does not.
  if (protocol::has_initial_messages(protocol) || !response.headers.contains("Content-Type")) {
    response.headers.set("Content-Type", std::string(protocol::kEventStreamType));
  }
  response.body = Body(std::move(body));
  return {};
}

Result<DecodedEvents> decode_events(std::string_view protocol, const Member& stream,
                                    const Body& body) {
  auto documents = protocol::event_documents(protocol);
  if (!documents) return std::move(documents).error();
  protocol::EventSource source(body);
  DecodedEvents out;
  bool expects_initial = protocol::has_initial_messages(protocol);
  while (true) {
    auto frame = source.next();
    if (!frame) return malformed(stream, frame.error());
    if (!*frame) return out;
    if (std::exchange(expects_initial, false) &&
        (*frame)->text(":event-type") == protocol::kInitialRequest) {
      out.initial = std::move((*frame)->payload);
      continue;
    }
    auto event = protocol::parse_event(stream.shape(), **frame, *documents);
    if (!event) return malformed(stream, event.error());
    if (*event) out.events.push_back(**std::move(event));
  }
}

}  // namespace botocxx::server
