#pragma once

#include <botocxx/base/result.h>
#include <botocxx/message/http.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <string>
#include <string_view>

namespace botocxx::server {

/// Turns `response`, which holds everything of the result but its event stream, into one that sends
/// `events`, a list of {"EventName": {…}}: in the RPC protocols the document that it has becomes
/// the initial response. An exception's shape is sent as an exception. Error: "UnencodableOutput".
Result<void> encode_events(std::string_view protocol, const Member& stream, const Value& events,
                           HttpResponse& response);

struct DecodedEvents {
  Value events = Value::list();
  /// Document of the members beside the stream; empty where they travel in the head.
  std::string initial{};
};

/// The events of a request's body, without signatures. Unknown ones are left out. Error:
/// "MalformedBody".
Result<DecodedEvents> decode_events(std::string_view protocol, const Member& stream,
                                    const Body& body);

}  // namespace botocxx::server
