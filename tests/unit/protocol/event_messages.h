#pragma once

#include "codec/event_frame.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace botocxx::protocol {

/// A message with text headers.
inline codec::EventFrame event_message(
    std::initializer_list<std::pair<std::string_view, std::string_view>> headers,
    std::string payload = "") {
  codec::EventFrame frame;
  for (const auto& [name, text] : headers) frame.add_text(name, text);
  frame.payload = std::move(payload);
  return frame;
}

/// An event of this type.
inline codec::EventFrame plain_event(std::string_view type, std::string payload = "") {
  return event_message({{":message-type", "event"}, {":event-type", type}}, std::move(payload));
}

inline std::string octets_of(std::initializer_list<codec::EventFrame> frames) {
  std::string out;
  for (const codec::EventFrame& frame : frames) codec::append_event_frame(out, frame).value();
  return out;
}

}  // namespace botocxx::protocol
