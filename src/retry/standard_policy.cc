#include "retry/standard_policy.h"

#include "retry/failure_kind.h"
#include "retry/fraction.h"
#include "retry/retry_after.h"

#include <algorithm>
#include <cmath>

namespace botocxx::retry {
namespace {

constexpr int kRetryCost = 5;
constexpr int kTimeoutCost = 10;
constexpr int kRetryCost2026 = 14;
constexpr int kThrottlingCost2026 = 5;
constexpr int kFirstAttemptReward = 1;
constexpr double kMaxBackoff = 20;
constexpr double kThrottlingScale = 1;
// What the service may add to the delay that was drawn.
constexpr double kMostAskedFor = 5;

bool is_timeout(const AttemptOutcome& outcome) {
  if (!outcome.failure) return false;
  FailureKind kind = failure_kind(*outcome.failure);
  return kind == FailureKind::kConnectTimeout || kind == FailureKind::kReadTimeout;
}

}  // namespace

StandardPolicy::StandardPolicy(StandardOptions options)
    : options_(std::move(options)), quota_(options_.quota) {}

RetryMemory StandardPolicy::begin() const {
  RetryMemory memory;
  if (options_.rules == StandardRules::k2026) memory.max_attempts = options_.max_attempts;
  return memory;
}

int StandardPolicy::cost(const AttemptOutcome& outcome) const {
  if (options_.rules == StandardRules::k2026) {
    return is_throttling(outcome) ? kThrottlingCost2026 : kRetryCost2026;
  }
  return is_timeout(outcome) ? kTimeoutCost : kRetryCost;
}

RetryDelay StandardPolicy::delay_after(const AttemptOutcome& outcome, const Random& random) const {
  double growth = std::pow(2.0, outcome.attempt - 1);
  double fraction = random_fraction(random);
  if (options_.rules == StandardRules::kClassic) {
    return RetryDelay(fraction * std::min(growth, kMaxBackoff));
  }
  double scale = is_throttling(outcome) ? kThrottlingScale : options_.base_scale;
  double drawn = fraction * std::min(scale * growth, kMaxBackoff);
  auto asked = outcome.headers ? amz_retry_after(*outcome.headers) : std::nullopt;
  if (!asked) return RetryDelay(drawn);
  return RetryDelay(std::max(drawn, std::min(asked->count(), kMostAskedFor + drawn)));
}

bool StandardPolicy::is_long_polling(const AttemptOutcome& outcome) const {
  if (options_.rules != StandardRules::k2026 || !outcome.operation) return false;
  const auto& names = options_.long_polling;
  return std::find(names.begin(), names.end(), outcome.operation->name()) != names.end();
}

RetryVerdict StandardPolicy::decide(const AttemptOutcome& outcome, RetryMemory& memory, Timestamp,
                                    const Random& random) {
  memory.max_attempts = std::max(memory.max_attempts, options_.max_attempts);
  RetryVerdict verdict;
  verdict.reason = retryable_reason(outcome, options_.service);
  if (outcome.attempt >= options_.max_attempts) {
    // As botocore says it: of a success, too.
    verdict.max_attempts_reached = true;
    return verdict;
  }
  if (verdict.reason.empty()) return verdict;
  int amount = cost(outcome);
  if (quota_.acquire(amount)) {
    memory.quota_taken = amount;
    verdict.delay = delay_after(outcome, random);
    return verdict;
  }
  verdict.quota_reached = true;
  if (is_long_polling(outcome)) verdict.pause = delay_after(outcome, random);
  return verdict;
}

void StandardPolicy::end(int status, const RetryMemory& memory) {
  if (status < 200 || status >= 300) return;
  quota_.release(memory.quota_taken.value_or(kFirstAttemptReward));
}

}  // namespace botocxx::retry
