#include "client/event_stream_state.h"
#include "protocol/error_document.h"
#include "protocol/event_parser.h"

#include <fmt/format.h>

#include <utility>

namespace botocxx::inline v1 {

Error EventStream::State::fail(Error error) {
  source.close();
  ended = true;
  error = std::move(error).with_call(std::string(model->service_name()), std::string(operation));
  if (!request_id.empty() || !host_id.empty()) {
    error = std::move(error).with_request_ids(request_id, host_id);
  }
  if (error.kind() == ErrorKind::kService) error = std::move(error).with_status(status);
  failure = error;
  return error;
}

EventStream::EventStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
EventStream::EventStream(EventStream&&) noexcept = default;
EventStream& EventStream::operator=(EventStream&&) noexcept = default;
EventStream::~EventStream() = default;

Result<std::optional<Value>> EventStream::next() {
  if (!state_) return std::optional<Value>();  // moved from
  if (state_->failure) return *state_->failure;
  while (!state_->ended) {
    auto frame = state_->source.next();
    if (!frame) return state_->fail(std::move(frame).error());
    if (!*frame) break;
    auto event = protocol::parse_event(*state_->shape, **frame, state_->documents);
    if (!event) return state_->fail(std::move(event).error());
    if (*event) return event;
  }
  close();
  return std::optional<Value>();
}

void EventStream::close() {
  if (!state_) return;
  state_->ended = true;
  state_->source.close();
}

void EventStream::Iterator::step() {
  bool failed = item_ && !*item_;
  item_.reset();
  if (failed) return;
  auto event = stream_->next();
  if (!event) {
    item_.emplace(std::move(event).error());
  } else if (*event) {
    item_.emplace(**std::move(event));
  }
}

}  // namespace botocxx::inline v1

namespace botocxx::client {

Result<OpenedStream> open_event_stream(std::shared_ptr<const ServiceModel> model,
                                       const Operation& operation, std::string_view protocol,
                                       const HttpResponse& head) {
  auto documents = protocol::event_documents(protocol);
  if (!documents) return std::move(documents).error();
  auto state = std::make_unique<EventStream::State>(std::move(model), operation.name(), head.body);
  state->shape = operation.event_stream_output()->shape();
  state->documents = *std::move(documents);
  state->status = head.status;
  protocol::ErrorDocument ids;
  protocol::add_request_ids(head, ids);
  state->request_id = std::move(ids.request_id);
  state->host_id = std::move(ids.host_id);
  std::string initial;
  if (protocol::has_initial_messages(protocol)) {
    auto frame = state->source.next();
    if (!frame) return state->fail(std::move(frame).error());
    auto good = protocol::check_initial_response(*state->shape, *frame, state->documents);
    if (!good) return state->fail(std::move(good).error());
    initial = std::move((*frame)->payload);
  }
  return OpenedStream{EventStream(std::move(state)), std::move(initial)};
}

EventStream no_event_stream(std::shared_ptr<const ServiceModel> model, std::string_view operation) {
  auto state = std::make_unique<EventStream::State>(std::move(model), operation, Body());
  state->fail(Error(ErrorKind::kUsage, "NoEventStream",
                    fmt::format("{} does not answer with an event stream", operation)));
  return EventStream(std::move(state));
}

}  // namespace botocxx::client
