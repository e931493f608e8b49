#pragma once

#include "retry/standard_policy.h"
#include <botocxx/base/result.h>
#include <botocxx/retry/retry_policy.h>
#include <botocxx/value/value.h>

#include <memory>
#include <optional>
#include <string>

namespace botocxx::customize {

/// What environment, files and options say about retries, taken together.
struct RetrySettings {
  std::string mode = "legacy";
  /// Attempts at most, the first included; nothing: what mode and service have.
  std::optional<int> total_max_attempts{};
  retry::StandardRules rules = retry::StandardRules::kClassic;
};

/// The policy of a client of that service. `retry_document` is `_retry.json`; null, where there is
/// none: "legacy" has no policy, and its calls are tried once. Errors: "InvalidRetryMode",
/// "InvalidRetryPolicy".
Result<std::shared_ptr<RetryPolicy>> retry_policy_for(const ServiceModel& model,
                                                      const RetrySettings& settings,
                                                      const Value* retry_document, Timestamp now);

}  // namespace botocxx::customize
