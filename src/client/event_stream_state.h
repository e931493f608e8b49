#pragma once

#include "protocol/event_documents.h"
#include "protocol/event_source.h"
#include <botocxx/client/event_stream.h>
#include <botocxx/message/http.h>
#include <botocxx/model/service_model.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace botocxx::inline v1 {

struct EventStream::State {
  State(std::shared_ptr<const ServiceModel> of, std::string_view called, Body body)
      : model(std::move(of)), operation(called), source(std::move(body)) {}

  /// `error` as one of this call, and of every further `next()`.
  Error fail(Error error);

  std::shared_ptr<const ServiceModel> model;  ///< keeps what the next two refer to
  std::string_view operation;
  std::optional<Shape> shape;  ///< whose members are the events
  protocol::EventDocuments documents;
  protocol::EventSource source;
  int status = 0;
  std::string request_id, host_id;
  std::optional<Error> failure;
  bool ended = false;
};

}  // namespace botocxx::inline v1

namespace botocxx::client {

/// A stream whose first event waits to be read, and what comes before the events.
struct OpenedStream {
  EventStream events;
  /// Payload of the initial response; empty where the protocol has none.
  std::string initial;
};

/// `head.body` as the events that `operation` answers with. Waits for the initial response.
Result<OpenedStream> open_event_stream(std::shared_ptr<const ServiceModel> model,
                                       const Operation& operation, std::string_view protocol,
                                       const HttpResponse& head);

/// What `Response::events()` is for an operation that has none: an error.
EventStream no_event_stream(std::shared_ptr<const ServiceModel> model, std::string_view operation);

}  // namespace botocxx::client
