#include "validate/validate.h"
#include <botocxx/client/stub.h>
#include <botocxx/codec/json.h>
#include <botocxx/events/payloads.h>

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <mutex>
#include <utility>

namespace botocxx::inline v1 {
namespace {

constexpr std::string_view kAny{"\0any value\0", 11};
constexpr std::string_view kChosen = "botocxx stub";
constexpr int kFirstFailure = 300;

struct Answer {
  std::uint64_t number = 0;
  std::string operation;
  std::optional<Value> expected;
  CallAnswer answer;
};

Error stub_error(std::string code, std::string_view operation, std::string_view reason) {
  return Error(ErrorKind::kUsage, std::move(code),
               fmt::format("Error getting response stub for operation {}: {}", operation, reason));
}

bool matches(const Value& expected, const Value& given) {
  if (auto text = expected.get_if_string(); text && *text == kAny) return true;
  if (expected.is_object() && given.is_object()) {
    return expected.size() == given.size() &&
           std::ranges::all_of(expected.members(), [&](const Value::Member& member) {
             const Value* found = given.find(member.key);
             return found != nullptr && matches(member.value, *found);
           });
  }
  if (expected.is_list() && given.is_list()) {
    if (expected.size() != given.size()) return false;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      if (!matches(expected[i], given[i])) return false;
    }
    return true;
  }
  return expected == given;
}

std::string shown(const Value& params) {
  std::string text = to_json(params);
  // What stands for any value reads better by its name.
  const std::string written = to_json(Value(kAny));
  for (std::size_t at = text.find(written); at != std::string::npos; at = text.find(written)) {
    text.replace(at, written.size(), "ANY");
  }
  return text;
}

Result<void> check_error_fields(const ServiceModel& model, const StubError& error) {
  if (error.modeled_fields.empty()) return {};
  auto shape = model.find_error(error.code);
  if (shape) return validate::check_params(error.modeled_fields, *shape);
  return Error(
      ErrorKind::kValidation, "ParamValidation",
      fmt::format("{} has no modelled error \"{}\", so that it can have no modelled fields",
                  model.service_name(), error.code));
}

}  // namespace

struct Stub::State {
  State(const Client& of, StubOrder given)
      : client(of), events(of.events()), model(of.model()), order(given) {}

  Result<void> choose(BeforeParameterBuild& event);
  Result<void> take(BeforeCall& event);
  std::deque<Answer>::iterator find(std::string_view operation, const Value& params);
  Result<void> check_next(std::string_view operation, const Value& params) const;
  void add(Answer answer);

  Client client;  // keeps the model alive; the handlers' end is the end of the circle
  Events events;
  const ServiceModel& model;
  StubOrder order;
  mutable std::mutex mutex;
  std::deque<Answer> answers;
  std::uint64_t added = 0;
  std::vector<std::pair<std::string, EventHandler>> handlers;
};

void Stub::State::add(Answer answer) {
  std::lock_guard lock(mutex);
  answer.number = ++added;
  answers.push_back(std::move(answer));
}

// In a queue, the first answer is the only one that counts.
Result<void> Stub::State::check_next(std::string_view operation, const Value& params) const {
  if (answers.empty()) {
    return stub_error("UnStubbedResponse", operation,
                      "Unexpected API Call: A call was made but no additional calls expected. "
                      "Either the API Call was not stubbed or it was called multiple times.");
  }
  const Answer& next = answers.front();
  if (next.operation != operation) {
    return stub_error("StubResponse", operation,
                      fmt::format("Operation mismatch: found response for {}.", next.operation));
  }
  if (next.expected && !matches(*next.expected, params)) {
    return stub_error("StubAssertion", operation,
                      fmt::format("Expected parameters:\n{},\nbut received:\n{}",
                                  shown(*next.expected), shown(params)));
  }
  return {};
}

std::deque<Answer>::iterator Stub::State::find(std::string_view operation, const Value& params) {
  return std::ranges::find_if(answers, [&](const Answer& answer) {
    return answer.operation == operation && (!answer.expected || matches(*answer.expected, params));
  });
}

// Before parameters are completed. What is chosen here stays in the list until the call gets to the
// point where a request would be sent: it may fail before.
Result<void> Stub::State::choose(BeforeParameterBuild& event) {
  std::lock_guard lock(mutex);
  std::string_view operation = event.operation.name();
  if (event.context.is_presign_request) return {};
  if (order == StubOrder::kQueue) return check_next(operation, event.params);
  auto found = find(operation, event.params);
  if (found == answers.end()) {
    return stub_error(
        "UnStubbedResponse", operation,
        fmt::format("no response is stubbed for the parameters {}", shown(event.params)));
  }
  event.context.objects[std::string(kChosen)] = std::make_shared<std::uint64_t>(found->number);
  return {};
}

Result<void> Stub::State::take(BeforeCall& event) {
  std::lock_guard lock(mutex);
  auto chosen = answers.begin();
  if (auto note = event.context.objects.find(kChosen); note != event.context.objects.end()) {
    auto number = *std::static_pointer_cast<std::uint64_t>(note->second);
    chosen = std::ranges::find(answers, number, &Answer::number);
  }
  // Another thread may have been faster.
  if (chosen == answers.end()) {
    return stub_error("UnStubbedResponse", event.operation.name(), "the response was used before");
  }
  event.respond(std::move(chosen->answer));
  answers.erase(chosen);
  return {};
}

Stub::Stub(const Client& client, StubOrder order) : state_(std::make_shared<State>(client, order)) {
  activate();
}

Stub::~Stub() { deactivate(); }

void Stub::activate() {
  std::lock_guard lock(state_->mutex);
  if (!state_->handlers.empty()) return;
  // Handlers of calls on other threads may outlive the stub.
  std::shared_ptr<State> state = state_;
  auto add = [&](std::string name, EventHandler handler, bool first) {
    auto added = first ? state->events.register_first(name, handler)
                       : state->events.register_handler(name, handler);
    if (added) state->handlers.emplace_back(std::move(name), *std::move(added));
  };
  add("before-parameter-build.*.*",
      EventHandler([state](BeforeParameterBuild& event) { return state->choose(event); }), true);
  add("before-call.*.*", EventHandler([state](BeforeCall& event) { return state->take(event); }),
      false);
  // An account's number comes with credentials, which tests have none of.
  add("before-endpoint-resolution.*", EventHandler([](BeforeEndpointResolution& event) {
        if (event.builtins.contains("AWS::Auth::AccountId")) {
          event.builtins.set("AWS::Auth::AccountId", Value());
        }
      }),
      false);
}

void Stub::deactivate() {
  std::vector<std::pair<std::string, EventHandler>> handlers;
  {
    std::lock_guard lock(state_->mutex);
    handlers = std::exchange(state_->handlers, {});
  }
  for (const auto& [name, handler] : handlers) state_->events.unregister(name, handler);
}

Result<void> Stub::add_response(std::string_view name, Value response,
                                std::optional<Value> expected) {
  auto operation = state_->model.operation(name);
  if (!operation) return std::move(operation).error();
  Value output = response.is_null() ? Value::object() : std::move(response);
  Value checked = output;
  checked.erase("ResponseMetadata");
  auto shape = operation->output();
  if (shape) {
    auto fits = validate::check_params(checked, shape->shape());
    if (!fits) return fits;
  } else if (!checked.empty()) {
    return Error(ErrorKind::kValidation, "ParamValidation",
                 fmt::format("Parameter validation failed:\nService response should only contain "
                             "ResponseMetadata: {} has no output",
                             operation->name()));
  }
  Answer answer;
  answer.operation = operation->name();
  answer.expected = std::move(expected);
  answer.answer.response.status = 200;
  answer.answer.parsed = std::move(checked);
  state_->add(std::move(answer));
  return {};
}

Result<void> Stub::add_client_error(std::string_view name, StubError error,
                                    std::optional<Value> expected) {
  auto operation = state_->model.operation(name);
  if (!operation) return std::move(operation).error();
  if (auto fits = check_error_fields(state_->model, error); !fits) return fits;
  if (error.status < kFirstFailure) {
    return Error(
        ErrorKind::kUsage, "InvalidStatus",
        fmt::format("an error's status is {} or more, not {}", kFirstFailure, error.status));
  }
  Answer answer;
  answer.operation = operation->name();
  answer.expected = std::move(expected);
  answer.answer.response.status = error.status;
  Value& details = error.error_fields;
  details.set("Code", error.code);
  details.set("Message", error.message);
  answer.answer.parsed = std::move(error.modeled_fields);
  answer.answer.parsed.set("Error", std::move(details));
  state_->add(std::move(answer));
  return {};
}

Result<void> Stub::assert_no_pending_responses() const {
  std::size_t left = pending();
  if (left == 0) return {};
  return Error(ErrorKind::kUsage, "PendingResponses",
               fmt::format("{} responses remaining in queue.", left));
}

std::size_t Stub::pending() const {
  std::lock_guard lock(state_->mutex);
  return state_->answers.size();
}

Value Stub::any() { return Value(kAny); }

}  // namespace botocxx::inline v1
