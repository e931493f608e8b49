#include "client/outcome.h"

#include "client/body_integrity.h"
#include "client/event_stream_state.h"
#include "codec/xml.h"
#include "protocol/parser.h"

#include <algorithm>

namespace botocxx::client {
namespace {

// An error body is a small document; a server that streams more than this is not read to its end.
constexpr std::uint64_t kErrorBodyLimit = 16 * 1024 * 1024;
constexpr int kFirstFailure = 300;

Outcome unreadable(Error error) {
  Outcome outcome = failed(std::move(error));
  outcome.may_retry = false;
  return outcome;
}

bool is_streamed(const Operation& operation, int status) {
  return status < kFirstFailure &&
         (operation.has_streaming_output() || operation.event_stream_output());
}

Result<void> read_body(HttpResponse& response) {
  bool failure = response.status >= kFirstFailure;
  auto body = response.body.read_all(failure ? kErrorBodyLimit : UINT64_MAX);
  // That the service failed matters more than that it said so at too great length.
  bool too_long = !body && failure && body.error().code() == "BodyTooLarge";
  if (!body && !too_long) return std::move(body).error();
  response.body = too_long ? Body() : Body(*std::move(body));
  return {};
}

Outcome read_error(const Call& call, HttpResponse response) {
  Outcome outcome = failed(
      protocol::parse_error(call.operation, call.client.protocol, response, response.body.bytes()));
  outcome.may_retry = outcome.error->kind() == ErrorKind::kService;
  outcome.has_response = true;
  outcome.error_body = response.body.bytes();
  outcome.head = std::move(response);
  outcome.head.body = Body();
  return outcome;
}

std::unique_ptr<Response::State> state_of(const Call& call, HttpResponse response) {
  auto state = std::make_unique<Response::State>();
  state->model = call.client.parts.model;
  state->head = std::move(response);
  state->operation = call.operation.name();
  return state;
}

Outcome read_output(const Call& call, HttpResponse response, Value added,
                    std::optional<int> status_if_damaged) {
  bool streamed = is_streamed(call.operation, response.status);
  auto events = call.operation.event_stream_output();
  auto state = state_of(call, std::move(response));
  if (events) {
    auto opened =
        open_event_stream(state->model, call.operation, call.client.protocol, state->head);
    if (!opened) return unreadable(std::move(opened).error());
    state->events = std::move(opened->events);
    state->body = std::move(opened->initial);
  } else if (!streamed) {
    state->body = state->head.body.bytes();
    state->head.body = Body();
  }
  auto answer = protocol::parse_answer(call.operation, call.client.protocol, state->head,
                                       state->body, &state->arena);
  if (!answer && answer.error().kind() == ErrorKind::kService) {
    // An error that hides behind a good status.
    Outcome outcome = failed(std::move(answer).error());
    outcome.has_response = true;
    outcome.head = std::move(state->head);
    outcome.head.status = outcome.error->status();
    outcome.error_body = std::move(state->body);
    return outcome;
  }
  if (!answer && status_if_damaged && !codec::XmlDocument::parse(state->body)) {
    HttpResponse damaged = std::move(state->head);
    damaged.status = *status_if_damaged;
    damaged.body = Body(std::move(state->body));
    return read_error(call, std::move(damaged));
  }
  if (!answer) return unreadable(std::move(answer).error());
  state->output = std::move(answer->output);
  if (events) state->output.erase(events->name());
  for (Value::Member& member : added.members()) {
    state->output.set(member.key, std::move(member.value));
  }
  state->metadata = std::move(answer->metadata);
  state->head.body = Body();
  Outcome outcome;
  outcome.has_response = true;
  outcome.state = std::move(state);
  return outcome;
}

Error error_of(const Value& parsed, int status) {
  const Value& details = parsed["Error"];
  auto text = [&](std::string_view name) {
    return std::string(details[name].get_if_string().value_or("Unknown"));
  };
  return Error(ErrorKind::kService, text("Code"), text("Message"))
      .with_status(status)
      .with_fields(std::make_shared<const Value>(parsed));
}

// What handlers changed in an error's document changes the error.
Error with_parsed(Error error, Value parsed) {
  Error changed = error_of(parsed, error.status());
  return std::move(changed).with_request_ids(error.request_id(), error.host_id());
}

Result<void> emit_after_call(Call& call, Outcome& outcome) {
  if (outcome.state) {
    AfterCall event(call.operation, call.context, outcome.state->head, outcome.state->output);
    return call.events.emit(event);
  }
  Value parsed = outcome.parsed() != nullptr ? *outcome.parsed() : Value::object();
  Value before = parsed;
  AfterCall event(call.operation, call.context, outcome.head, parsed);
  if (auto handled = call.events.emit(event); !handled) return handled;
  if (parsed != before) {
    outcome.error = with_parsed(*std::move(outcome.error), std::move(parsed));
  }
  return {};
}

Result<void> emit_after_call_error(Call& call, const Error& error) {
  AfterCallError event(call.operation, call.context, error);
  return call.events.emit(event);
}

}  // namespace

HttpResponse* Outcome::response() {
  if (state) return &state->head;
  return has_response ? &head : nullptr;
}

const Value* Outcome::parsed() const {
  if (state) return &state->output;
  return error ? error->fields() : nullptr;
}

Outcome failed(Error error) {
  Outcome outcome;
  outcome.error = std::move(error);
  return outcome;
}

Outcome read_response(Call& call, HttpResponse response) {
  if (!is_streamed(call.operation, response.status)) {
    if (auto read = read_body(response); !read) return unreadable(std::move(read).error());
  }
  if (response.status < kFirstFailure) {
    if (auto good = check_body(call, response); !good) return unreadable(std::move(good).error());
  }
  Value added = Value::object();
  std::optional<int> status_if_damaged;
  if (call.events.heard(EventKind::kBeforeParse)) {
    BeforeParse event(call.operation, call.context, response, added);
    if (auto handled = call.events.emit(event); !handled) {
      return unreadable(std::move(handled).error());
    }
    status_if_damaged = event.status_if_damaged;
  }
  if (response.status >= kFirstFailure) return read_error(call, std::move(response));
  return read_output(call, std::move(response), std::move(added), status_if_damaged);
}

Outcome answered(Call& call, CallAnswer answer) {
  Outcome outcome;
  outcome.has_response = true;
  if (answer.response.status >= kFirstFailure) {
    outcome.error = error_of(answer.parsed, answer.response.status);
    outcome.head = std::move(answer.response);
    return outcome;
  }
  outcome.state = state_of(call, std::move(answer.response));
  outcome.state->output = std::move(answer.parsed);
  return outcome;
}

Result<Response> finish(Call& call, Outcome outcome, std::vector<AttemptRecord> history) {
  int attempts = static_cast<int>(history.size());
  bool from_service = outcome.state || outcome.error->kind() == ErrorKind::kService;
  bool heard = call.events.heard(from_service ? EventKind::kAfterCall : EventKind::kAfterCallError);
  if (heard) {
    auto handled =
        from_service ? emit_after_call(call, outcome) : emit_after_call_error(call, *outcome.error);
    if (!handled) outcome = failed(std::move(handled).error());
  }
  if (!outcome.state) {
    Error error = (*std::move(outcome.error)).with_attempts(attempts);
    const std::string& other_code = call.context.error_code_override;
    if (!other_code.empty()) error = std::move(error).with_other_code(other_code);
    return with_call(std::move(error).with_attempt_history(std::move(history)), call);
  }
  outcome.state->attempts = std::max(attempts, 1);
  outcome.state->history = std::move(history);
  outcome.state->checked_by = call.checked_by;
  outcome.state->retry_metadata = std::move(call.context.retries.metadata);
  return Response(std::move(outcome.state));
}

}  // namespace botocxx::client
