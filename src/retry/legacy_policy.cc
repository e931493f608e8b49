#include "retry/legacy_policy.h"

#include "retry/answer_checksum.h"
#include "retry/failure_kind.h"
#include "retry/fraction.h"
#include "retry/legacy_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace botocxx::retry {
namespace {

// What botocore's GENERAL_CONNECTION_ERROR stands for.
bool is_socket_error(const Error& failure) {
  FailureKind kind = failure_kind(failure);
  return kind != FailureKind::kNone && kind != FailureKind::kOther;
}

Error checksum_error(const ChecksumMismatch& mismatch) {
  return Error(ErrorKind::kParse, "Checksum",
               fmt::format("Checksum crc32 failed, expected checksum {} did not match calculated "
                           "checksum {}.",
                           mismatch.expected, mismatch.actual));
}

// The first rule that has something to say.
struct Finding {
  std::string_view reason;
  std::optional<ChecksumMismatch> mismatch;
};

Finding check_answer(const LegacyRule& rule, const AttemptOutcome& outcome) {
  switch (rule.when) {
    case LegacyRule::When::kStatus:
      if (outcome.status == rule.status) return {"status", {}};
      return {};
    case LegacyRule::When::kErrorCode:
      if (outcome.status == rule.status && outcome.error_code == rule.code) return {"code", {}};
      return {};
    case LegacyRule::When::kCrc32:
      if (auto mismatch = crc32_mismatch(outcome, rule.header)) return {"checksum", mismatch};
      return {};
    case LegacyRule::When::kSocketErrors:
      return {};
  }
  return {};
}

Finding find(const std::vector<LegacyRule>& rules, const AttemptOutcome& outcome) {
  for (const LegacyRule& rule : rules) {
    if (outcome.failure) {
      // botocore raises the failure here, so that later rules do not get to see it.
      if (rule.when == LegacyRule::When::kSocketErrors) return {"connection", {}};
      continue;
    }
    if (Finding found = check_answer(rule, outcome); !found.reason.empty()) return found;
  }
  return {};
}

}  // namespace

Result<std::shared_ptr<LegacyPolicy>> LegacyPolicy::read(const Value& document,
                                                         std::string_view endpoint_prefix,
                                                         std::string_view operation,
                                                         std::optional<int> total_max_attempts) {
  auto settings = read_legacy_settings(document, endpoint_prefix, operation);
  if (!settings) return std::move(settings).error();
  auto policy = std::make_shared<LegacyPolicy>();
  policy->rules_ = std::move(settings->rules);
  policy->max_attempts_ = total_max_attempts.value_or(settings->max_attempts);
  policy->base_ = settings->base;
  policy->growth_factor_ = settings->growth_factor;
  // botocore forgets what it may catch when there is one rule alone.
  if (policy->rules_.size() == 1) return policy;
  for (const LegacyRule& rule : policy->rules_) {
    if (rule.when == LegacyRule::When::kSocketErrors) policy->catches_socket_errors_ = true;
    if (rule.when == LegacyRule::When::kCrc32) policy->catches_checksums_ = true;
  }
  return policy;
}

RetryDelay LegacyPolicy::delay_after(int attempt, const Random& random) const {
  double base = base_ ? *base_ : random_fraction(random);
  return RetryDelay(base * std::pow(growth_factor_, attempt - 1));
}

RetryVerdict LegacyPolicy::decide(const AttemptOutcome& outcome, RetryMemory& memory, Timestamp,
                                  const Random& random) {
  memory.max_attempts = std::max(memory.max_attempts, max_attempts_);
  RetryVerdict verdict;
  Finding found = find(rules_, outcome);
  if (found.reason.empty()) return verdict;
  bool attempts_left = outcome.attempt < max_attempts_;
  if (outcome.failure) {
    if (!catches_socket_errors_ || !is_socket_error(*outcome.failure)) return verdict;
  } else if (found.mismatch && !(attempts_left && catches_checksums_)) {
    verdict.failure = checksum_error(*found.mismatch);
  } else {
    verdict.max_attempts_reached = !attempts_left;
  }
  verdict.reason = found.reason;
  if (attempts_left && !verdict.failure) verdict.delay = delay_after(outcome.attempt, random);
  return verdict;
}

}  // namespace botocxx::retry
