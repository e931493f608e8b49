#include "customize/retry_policies.h"

#include "retry/adaptive_policy.h"
#include "retry/legacy_policy.h"

#include <fmt/format.h>

namespace botocxx::customize {
namespace {

constexpr int kDefaultAttempts = 3;

retry::ServiceConditions conditions_for(const ServiceModel& model) {
  retry::ServiceConditions conditions;
  if (model.service_name() == "sts") conditions.retryable_codes = {"IDPCommunicationError"};
  if (model.service_name() == "dynamodb") conditions.crc32_header = "x-amz-crc32";
  return conditions;
}

// What the newer rules know of single services.
void add_2026_rules(const ServiceModel& model, retry::StandardOptions& options) {
  std::string id = model.hyphenized_service_id();
  if (id == "dynamodb" || id == "dynamodb-streams") options.base_scale = 0.025;
  if (id == "sqs") options.long_polling = {"ReceiveMessage"};
  if (id == "sfn") options.long_polling = {"GetActivityTask"};
  if (id == "swf") options.long_polling = {"PollForActivityTask", "PollForDecisionTask"};
}

int default_attempts(const ServiceModel& model, retry::StandardRules rules) {
  std::string id = model.hyphenized_service_id();
  bool more =
      rules == retry::StandardRules::k2026 && (id == "dynamodb" || id == "dynamodb-streams");
  return more ? kDefaultAttempts + 1 : kDefaultAttempts;
}

retry::StandardOptions standard_options(const ServiceModel& model, const RetrySettings& settings) {
  retry::StandardOptions options;
  options.rules = settings.rules;
  options.service = conditions_for(model);
  options.max_attempts =
      settings.total_max_attempts.value_or(default_attempts(model, settings.rules));
  if (settings.rules == retry::StandardRules::k2026) add_2026_rules(model, options);
  return options;
}

}  // namespace

Result<std::shared_ptr<RetryPolicy>> retry_policy_for(const ServiceModel& model,
                                                      const RetrySettings& settings,
                                                      const Value* retry_document, Timestamp now) {
  std::shared_ptr<RetryPolicy> policy;
  if (settings.mode == "standard") {
    policy = std::make_shared<retry::StandardPolicy>(standard_options(model, settings));
  } else if (settings.mode == "adaptive") {
    policy = std::make_shared<retry::AdaptivePolicy>(standard_options(model, settings), now);
  } else if (settings.mode != "legacy") {
    return Error(ErrorKind::kUsage, "InvalidRetryMode",
                 fmt::format("Invalid value provided to \"mode\": \"{}\" must be one of: legacy, "
                             "standard, adaptive",
                             settings.mode));
  } else if (retry_document) {
    std::string prefix = model.endpoint_prefix();
    // botocore passes the prefix in the place of an operation's name, too.
    auto legacy =
        retry::LegacyPolicy::read(*retry_document, prefix, prefix, settings.total_max_attempts);
    if (!legacy) return std::move(legacy).error();
    policy = *std::move(legacy);
  }
  return policy;
}

}  // namespace botocxx::customize
