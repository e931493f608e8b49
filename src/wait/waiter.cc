#include "wait/wait_progress.h"
#include "wait/wait_rules.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/wait/waiter.h>

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::inline v1 {

struct Waiter::State {
  Client client;
  std::shared_ptr<const waiting::WaitRules> rules;
};

namespace {

constexpr std::chrono::milliseconds kUntilDelay{2000};
constexpr int kUntilAttempts = 150;

// What botocore's waiters look at: an error of the service is an answer, too.
Value answer_of(const Response& response) {
  Value answer = response.output();
  if (answer.is_null()) answer.make_object();
  answer.set("ResponseMetadata", response.metadata());
  return answer;
}

Value answer_of(const Error& error) {
  Value answer = error.fields() != nullptr ? *error.fields() : Value::object();
  if (!answer.contains("Error")) {
    answer.set("Error", Value{{"Code", error.code()}, {"Message", error.message()}});
  }
  if (!answer.contains("ResponseMetadata")) {
    answer.set("ResponseMetadata",
               Value{{"HTTPStatusCode", error.status()}, {"RequestId", error.request_id()}});
  }
  return answer;
}

// The time of the next call, if that is before the deadline.
std::optional<Sleeper::Time> next_call(const WaitOptions& options,
                                       std::chrono::milliseconds delay) {
  Sleeper::Time next = options.sleeper->now() + delay;
  if (options.call.deadline && next >= *options.call.deadline) return std::nullopt;
  return next;
}

Result<Value> run(const Client& client, std::shared_ptr<const waiting::WaitRules> rules,
                  const Value& params, const WaitOptions& options) {
  std::chrono::milliseconds delay = options.delay.value_or(rules->delay);
  waiting::WaitProgress progress(rules, options.max_attempts.value_or(rules->max_attempts));
  for (;;) {
    auto response = client.call(rules->operation, params, options.call);
    bool answered = response || response.error().kind() == ErrorKind::kService;
    if (!answered) return std::move(response).error();
    Value answer = response ? answer_of(*response) : answer_of(response.error());
    auto done = progress.observe(answer);
    if (!done) {
      Error error = std::move(done).error().with_call(std::string(client.model().service_name()),
                                                      rules->operation);
      return response ? error : std::move(error).with_cause(std::move(response).error());
    }
    if (*done) return answer;
    auto next = next_call(options, delay);
    if (!next) return progress.failure(ErrorKind::kTimeout, "Deadline exceeded", answer);
    auto slept = options.sleeper->sleep_until(*next, options.call.stop);
    if (!slept) return std::move(slept).error();
  }
}

Result<std::shared_ptr<const Value>> load_waiters(const Client& client) {
  auto document = client.load_document("waiters-2");
  if (document) return document;
  bool none = document.error().is("DataNotFound") || document.error().is("UnknownService");
  if (!none) return document;
  return std::make_shared<const Value>(Value{{"version", Value(2)}, {"waiters", Value::object()}});
}

std::vector<std::string> names_in(const Value& document) {
  std::vector<std::string> names;
  for (const Value::Member& entry : document["waiters"].members()) {
    names.emplace_back(entry.key.view());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Error no_such_waiter(std::string_view name, const std::vector<std::string>& names) {
  Error error(ErrorKind::kUsage, "Value", fmt::format("Waiter does not exist: {}", name));
  auto near = nearest_name(name, names);
  return near ? std::move(error).with_hint(fmt::format("did you mean {}?", *near)) : error;
}

}  // namespace

const std::string& Waiter::name() const { return state_->rules->name; }
const std::string& Waiter::operation() const { return state_->rules->operation; }
std::chrono::milliseconds Waiter::delay() const { return state_->rules->delay; }
int Waiter::max_attempts() const { return state_->rules->max_attempts; }

Result<Value> Waiter::wait(const Value& params, const WaitOptions& options) const {
  return run(state_->client, state_->rules, params, options);
}

Result<std::vector<std::string>> waiter_names(const Client& client) {
  auto document = load_waiters(client);
  if (!document) return std::move(document).error();
  return names_in(**document);
}

Result<Waiter> get_waiter(const Client& client, std::string_view name) {
  auto document = load_waiters(client);
  if (!document) return std::move(document).error();
  std::vector<std::string> names = names_in(**document);
  auto found = std::find_if(names.begin(), names.end(), [&](const std::string& candidate) {
    return candidate == name || xform_name(candidate) == name || xform_name(candidate, '-') == name;
  });
  if (found == names.end()) return no_such_waiter(name, names);
  auto rules = waiting::compile_wait_rules(**document, *found);
  if (!rules) return std::move(rules).error();
  auto operation = client.model().operation((*rules)->operation);
  if (!operation) return std::move(operation).error();
  return Waiter(std::make_shared<const Waiter::State>(Waiter::State{client, *std::move(rules)}));
}

Result<Value> wait(const Client& client, std::string_view name, const Value& params,
                   const WaitOptions& options) {
  auto waiter = get_waiter(client, name);
  if (!waiter) return std::move(waiter).error();
  return waiter->wait(params, options);
}

Result<Value> wait_until(const Client& client, std::string_view operation, const Value& params,
                         std::string_view expression, const WaitUntilOptions& options) {
  auto known = client.model().operation(operation);
  if (!known) return std::move(known).error();
  auto rules = std::make_shared<waiting::WaitRules>();
  rules->name = fmt::format("{} until {}", known->name(), expression);
  rules->operation = known->name();
  rules->delay = kUntilDelay;
  rules->max_attempts = kUntilAttempts;
  auto success = waiting::Acceptor::for_truth(expression, "success");
  if (!success) return std::move(success).error();
  rules->acceptors.push_back(*std::move(success));
  if (!options.failure_expression.empty()) {
    auto failure = waiting::Acceptor::for_truth(options.failure_expression, "failure");
    if (!failure) return std::move(failure).error();
    rules->acceptors.push_back(*std::move(failure));
  }
  for (const std::string& code : options.retried_errors) {
    auto retry =
        waiting::Acceptor::compile({{"matcher", "error"}, {"expected", code}, {"state", "retry"}});
    if (!retry) return std::move(retry).error();
    rules->acceptors.push_back(*std::move(retry));
  }
  return run(client, std::move(rules), params, options.wait);
}

}  // namespace botocxx::inline v1
