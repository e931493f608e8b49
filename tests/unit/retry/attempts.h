#pragma once

#include <botocxx/model/service_model.h>
#include <botocxx/retry/retry_policy.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::retry {

/// Every fraction that it is asked for is all but 1, so that delays are those at most.
class LargestRandom : public Random {
 public:
  void fill(std::span<std::byte> out) const override {
    for (std::byte& octet : out) octet = std::byte{0xff};
  }
};

/// What an attempt ended with, with all that an `AttemptOutcome` refers to.
struct Ended {
  int status = 0;
  std::string code{};
  std::vector<Headers::Field> fields{};
  std::string body{};
  std::string failure{};
};

/// Asks a policy about the attempts of one call.
class Attempts {
 public:
  explicit Attempts(RetryPolicy& policy, const Operation* operation = nullptr)
      : policy_(policy), operation_(operation), memory_(policy.begin()) {}

  RetryVerdict ended(int attempt, const Ended& with, double now = 0) {
    Headers headers;
    for (const Headers::Field& field : with.fields) headers.add(field.name, field.value);
    Error failure(ErrorKind::kTransport, with.failure, "");
    AttemptOutcome outcome;
    outcome.operation = operation_;
    outcome.attempt = attempt;
    outcome.status = with.status;
    outcome.body = with.body;
    outcome.error_code = with.code;
    if (with.status != 0) outcome.headers = &headers;
    if (!with.failure.empty()) outcome.failure = &failure;
    return policy_.decide(outcome, memory_, Timestamp::from_unix_double(now), random_);
  }
  void succeeded() { policy_.end(200, memory_); }
  const RetryMemory& memory() const { return memory_; }

 private:
  RetryPolicy& policy_;
  const Operation* operation_;
  RetryMemory memory_;
  LargestRandom random_;
};

}  // namespace botocxx::retry
