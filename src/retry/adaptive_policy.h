#pragma once

#include "retry/rate_limiter.h"
#include "retry/standard_policy.h"

namespace botocxx::retry {

/// botocore's mode "adaptive": "standard", with a limit on the rate of a client's requests.
class AdaptivePolicy : public StandardPolicy {
 public:
  AdaptivePolicy(StandardOptions options, Timestamp now);

  RetryDelay before_send(Timestamp now) override;
  RetryVerdict decide(const AttemptOutcome& outcome, RetryMemory& memory, Timestamp now,
                      const Random& random) override;

 private:
  RateLimiter limiter_;
};

}  // namespace botocxx::retry
