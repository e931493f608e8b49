#include "retry/adaptive_policy.h"

namespace botocxx::retry {

AdaptivePolicy::AdaptivePolicy(StandardOptions options, Timestamp now)
    : StandardPolicy(std::move(options)), limiter_(now.to_unix_double()) {}

RetryDelay AdaptivePolicy::before_send(Timestamp now) {
  return RetryDelay(limiter_.before_send(now.to_unix_double()));
}

RetryVerdict AdaptivePolicy::decide(const AttemptOutcome& outcome, RetryMemory& memory,
                                    Timestamp now, const Random& random) {
  RetryVerdict verdict = StandardPolicy::decide(outcome, memory, now, random);
  auto answer =
      is_throttling(outcome) ? RateLimiter::Answer::kThrottled : RateLimiter::Answer::kOther;
  limiter_.after_attempt(answer, now.to_unix_double());
  return verdict;
}

}  // namespace botocxx::retry
