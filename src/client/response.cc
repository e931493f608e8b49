#include "client/event_stream_state.h"
#include "client/response_state.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/client/response.h>

namespace botocxx::inline v1 {

Response::Response(std::unique_ptr<State> state) : state_(std::move(state)) {}
Response::Response(Response&&) noexcept = default;
Response& Response::operator=(Response&&) noexcept = default;
Response::~Response() = default;

Response Response::of(Value output) {
  auto state = std::make_unique<State>();
  state->head.status = 200;
  state->output = std::move(output);
  return Response(std::move(state));
}

const Value& Response::output() const { return state_->output; }
EventStream& Response::events() {
  if (!state_->events) state_->events = client::no_event_stream(state_->model, state_->operation);
  return *state_->events;
}

int Response::status() const { return state_->head.status; }
const Headers& Response::headers() const { return state_->head.headers; }
int Response::attempts() const { return state_->attempts; }
const std::vector<AttemptRecord>& Response::attempt_history() const { return state_->history; }

std::string_view Response::request_id() const {
  if (auto id = state_->metadata["RequestId"].get_if_string()) return *id;
  for (std::string_view name : {"x-amzn-requestid", "x-amz-request-id"}) {
    if (auto id = state_->head.headers.get(name)) return *id;
  }
  return {};
}

Value Response::metadata() const {
  Value metadata = state_->metadata.is_object() ? state_->metadata : Value::object();
  if (!request_id().empty()) metadata.set("RequestId", request_id());
  if (auto id = headers().get("x-amz-id-2")) metadata.set("HostId", *id);
  metadata.set("HTTPStatusCode", status());
  Value fields = Value::object();
  for (const Headers::Field& field : headers()) {
    fields.set(to_lower(field.name), *headers().joined(field.name));
  }
  metadata.set("HTTPHeaders", std::move(fields));
  metadata.set("RetryAttempts", attempts() - 1);
  if (!state_->checked_by.empty()) metadata.set("ChecksumAlgorithm", state_->checked_by);
  for (const Value::Member& member : state_->retry_metadata.members()) {
    metadata.set(member.key, member.value);
  }
  return metadata;
}

}  // namespace botocxx::inline v1
