#pragma once

#include "retry/retry_quota.h"
#include "retry/standard_conditions.h"
#include <botocxx/retry/retry_policy.h>

#include <string>
#include <vector>

namespace botocxx::retry {

/// The two forms of mode "standard": botocore's own, and the one that AWS_NEW_RETRIES_2026 asks
/// for.
enum class StandardRules { kClassic, k2026 };

struct StandardOptions {
  StandardRules rules = StandardRules::kClassic;
  int max_attempts = 3;
  ServiceConditions service{};
  /// Of `k2026`: the first delay at most, in seconds, where nothing is throttled.
  double base_scale = 0.05;
  /// Of `k2026`: operations that a program calls in a loop. Without quota for a retry they wait all
  /// the same before they fail, so that the loop does.
  std::vector<std::string> long_polling{};
  int quota = RetryQuota::kInitialCapacity;
};

/// botocore's mode "standard". What a client's calls share is its quota.
class StandardPolicy : public RetryPolicy {
 public:
  explicit StandardPolicy(StandardOptions options);

  RetryMemory begin() const override;
  RetryVerdict decide(const AttemptOutcome& outcome, RetryMemory& memory, Timestamp now,
                      const Random& random) override;
  void end(int status, const RetryMemory& memory) override;

  const RetryQuota& quota() const { return quota_; }

 private:
  int cost(const AttemptOutcome& outcome) const;
  RetryDelay delay_after(const AttemptOutcome& outcome, const Random& random) const;
  bool is_long_polling(const AttemptOutcome& outcome) const;

  StandardOptions options_;
  RetryQuota quota_;
};

}  // namespace botocxx::retry
