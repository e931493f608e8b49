#pragma once

#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <functional>
#include <memory_resource>
#include <string>
#include <string_view>

namespace botocxx::protocol {

/// How the payloads of events are read and written: what the protocols' event streams differ in.
struct EventDocuments {
  /// Media type of what `write` returns.
  std::string_view content_type{};
  /// Adds the members of `shape` that `document` holds to `out`, which may refer to both.
  std::function<Result<void>(const Shape& shape, std::string_view document, Value& out,
                             std::pmr::memory_resource* resource)>
      read{};
  /// The document of `value`, a structure that `reference` describes.
  std::function<Result<std::string>(const Member& reference, const Value& value)> write{};
};

/// Those of a protocol; an error ("UnsupportedServiceProtocols") where it has no event streams.
Result<EventDocuments> event_documents(std::string_view protocol);

/// Whether the members beside an event stream travel in a first message of their own
/// ("initial-request", "initial-response") instead of in the HTTP head: true for the RPC protocols.
bool has_initial_messages(std::string_view protocol);

}  // namespace botocxx::protocol
