#pragma once

#include "codec/event_frame.h"
#include "protocol/event_documents.h"
#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <optional>

namespace botocxx::protocol {

inline constexpr std::string_view kInitialRequest = "initial-request";
inline constexpr std::string_view kInitialResponse = "initial-response";

/// What a message says by `stream`, a shape whose members are the kinds of events:
/// {"EventName": {…}}, or nothing for an event that the shape does not know. The value owns all
/// that it holds. A message that announces an error or exception is an error of kind kService, with
/// code, message and modelled members as `fields()`; one that cannot be understood is
/// "ResponseParser".
Result<std::optional<Value>> parse_event(const Shape& stream, const codec::EventFrame& frame,
                                         const EventDocuments& documents);

/// Checks that `frame`, the first of a stream, is an initial-response. An error or exception in its
/// place is that error; anything else, and nothing at all, is "ResponseParser".
Result<void> check_initial_response(const Shape& stream,
                                    const std::optional<codec::EventFrame>& frame,
                                    const EventDocuments& documents);

}  // namespace botocxx::protocol
