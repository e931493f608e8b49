#pragma once

#include "codec/event_frame.h"
#include <botocxx/base/result.h>
#include <botocxx/message/body.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace botocxx::protocol {

/// The messages of a body, each as soon as its last octet has arrived. Memory: one message and a
/// piece of the body.
class EventSource {
 public:
  explicit EventSource(Body body);

  /// The next message; nothing at the end. A body that ends within a message is an error (kind
  /// kTransport, code "IncompleteRead"): what is missing could be what matters.
  Result<std::optional<codec::EventFrame>> next();
  /// Lets the body go, and with it its connection.
  void close();

 private:
  Result<bool> fill();

  Body body_;
  std::string piece_;
  std::string_view rest_;
  codec::EventFrameDecoder decoder_;
};

}  // namespace botocxx::protocol
