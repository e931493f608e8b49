#pragma once

#include "codec/event_frame.h"
#include "protocol/event_documents.h"
#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <string>
#include <string_view>
#include <utility>

namespace botocxx::protocol {

inline constexpr std::string_view kEventStreamType = "application/vnd.amazon.eventstream";

/// Turns events into messages, one for each, so that they can be signed and sent one by one. Pure.
/// Events should have passed validation; what has not gives an error (code "ParamValidation" or
/// "InvalidEventMessage") that names the member's path, or a message.
class EventEncoder {
 public:
  /// `stream` is the shape whose members are the kinds of events; its model must outlive this.
  EventEncoder(Shape stream, EventDocuments documents)
      : stream_(stream), documents_(std::move(documents)) {}

  /// {"EventName": {…}} as a message. An exception's shape makes an exception of it.
  Result<codec::EventFrame> encode(const Value& event) const;
  /// The members beside the stream, already a document, as the message that comes first.
  codec::EventFrame encode_initial(std::string_view event_type, std::string document) const;

  /// A list of events as one body. Errors begin with `path` and the event's index.
  Result<void> append_all(std::string& out, const Value& events, std::string_view path) const;

 private:
  Shape stream_;
  EventDocuments documents_;
};

}  // namespace botocxx::protocol
