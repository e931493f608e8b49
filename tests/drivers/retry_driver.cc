// Decides about retries as it is told to: one JSON object a line in, one a line out. For
// tests/differential/test_retry_decisions.py, which says what the members mean.
#include "codec/json.h"
#include "customize/retry_policies.h"
#include <botocxx/model/loader.h>

#include <iostream>

namespace botocxx {
namespace {

// The fraction whose 53 bits are those of the number in `fraction`.
class FixedRandom : public Random {
 public:
  double fraction = 0;

  void fill(std::span<std::byte> out) const override {
    auto bits = static_cast<std::uint64_t>(fraction * 9007199254740992.0);
    std::uint32_t words[2] = {static_cast<std::uint32_t>(bits >> 26) << 5,
                              static_cast<std::uint32_t>(bits & 0x3ffffff) << 6};
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i] = static_cast<std::byte>(words[i / 4 % 2] >> (8 * (i % 4)));
    }
  }
};

Timestamp time_of(const Value& step) {
  return Timestamp::from_unix_double(step["now"].as_double());
}

Value decide(RetryPolicy& policy, const Operation& operation, const Value& step,
             RetryMemory& memory, const FixedRandom& random) {
  Headers headers;
  for (const Value::Member& field : step["headers"].members()) {
    headers.set(std::string(field.key.view()), std::string(field.value.as_string()));
  }
  Error failure(ErrorKind::kTransport, std::string(step["failure"].get_if_string().value_or("")),
                "");
  AttemptOutcome outcome;
  outcome.operation = &operation;
  outcome.attempt = static_cast<int>(step["attempt"].as_int());
  if (step["failure"].is_string()) {
    outcome.failure = &failure;
  } else {
    outcome.status = static_cast<int>(step["status"].as_int());
    outcome.headers = &headers;
    outcome.body = step["body"].as_string();
    outcome.error_code = step["code"].get_if_string().value_or("");
  }
  RetryVerdict verdict = policy.decide(outcome, memory, time_of(step), random);
  Value out = Value::object();
  out.set("delay", verdict.delay ? Value(verdict.delay->count()) : Value());
  out.set("pause", verdict.pause.count());
  out.set("max_attempts_reached", verdict.max_attempts_reached);
  out.set("quota_reached", verdict.quota_reached);
  out.set("failure", verdict.failure ? Value(verdict.failure->code()) : Value());
  out.set("max", memory.max_attempts);
  return out;
}

Value run(const Loader& loader, const Value& job) {
  auto model = loader.load_service_model(job["service"].as_string()).or_throw();
  customize::RetrySettings settings;
  settings.mode = job["mode"].as_string();
  if (auto most = job["total_max_attempts"].get_if_int()) {
    settings.total_max_attempts = static_cast<int>(*most);
  }
  if (job["new_rules"].as_bool()) settings.rules = retry::StandardRules::k2026;
  auto document = loader.load_data("_retry").or_throw();
  auto policy =
      customize::retry_policy_for(*model, settings, document.get(), time_of(job)).or_throw();
  FixedRandom random;
  random.fraction = job["fraction"].as_double();
  Value answers = Value::list();
  RetryMemory memory;
  for (const Value& step : job["steps"].items()) {
    std::string_view kind = step["kind"].as_string();
    if (kind == "begin") {
      memory = policy->begin();
      answers.push_back(Value(memory.max_attempts));
    } else if (kind == "send") {
      answers.push_back(Value(policy->before_send(time_of(step)).count()));
    } else if (kind == "end") {
      policy->end(static_cast<int>(step["status"].as_int()), memory);
      answers.push_back(Value());
    } else {
      auto operation = model->operation(step["operation"].as_string()).or_throw();
      answers.push_back(decide(*policy, operation, step, memory, random));
    }
  }
  return answers;
}

int run_all() {
  Loader loader;
  std::string line;
  while (std::getline(std::cin, line)) {
    auto job = codec::parse_json(line).or_throw();
    std::cout << codec::write_json(run(loader, job)) << std::endl;
  }
  return 0;
}

}  // namespace
}  // namespace botocxx

int main() { return botocxx::run_all(); }
