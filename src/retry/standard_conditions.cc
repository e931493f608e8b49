#include "retry/standard_conditions.h"

#include "codec/json.h"
#include "retry/answer_checksum.h"
#include "retry/failure_kind.h"

#include <algorithm>
#include <array>

namespace botocxx::retry {
namespace {

constexpr std::array<std::string_view, 3> kTransientCodes{
    "RequestTimeout", "RequestTimeoutException", "PriorRequestNotComplete"};
constexpr std::array<int, 4> kTransientStatuses{500, 502, 503, 504};
constexpr std::array<std::string_view, 14> kThrottlingCodes{
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottledException",
    "TooManyRequestsException",
    "ProvisionedThroughputExceededException",
    "TransactionInProgressException",
    "RequestLimitExceeded",
    "BandwidthLimitExceeded",
    "LimitExceededException",
    "RequestThrottled",
    "SlowDown",
    "PriorRequestNotComplete",
    "EC2ThrottledException",
};

bool contains(const auto& list, const auto& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

enum class Modeled { kNot, kTransient, kThrottling };

// The first of the operation's errors that has this code and the trait "retryable".
Modeled modeled_kind(const AttemptOutcome& outcome) {
  if (!outcome.operation || outcome.error_code.empty()) return Modeled::kNot;
  for (Member error : outcome.operation->errors()) {
    Shape shape = error.shape();
    if (shape.error_code() != outcome.error_code) continue;
    auto trait = shape.trait("retryable");
    if (!trait) continue;
    auto value = codec::parse_json(*trait);
    bool throttling = value && (*value)["throttling"].get_if_bool() == true;
    return throttling ? Modeled::kThrottling : Modeled::kTransient;
  }
  return Modeled::kNot;
}

}  // namespace

bool is_transient(const AttemptOutcome& outcome) {
  if (contains(kTransientCodes, outcome.error_code)) return true;
  if (contains(kTransientStatuses, outcome.status)) return true;
  return outcome.failure && failure_kind(*outcome.failure) != FailureKind::kNone;
}

bool is_throttling(const AttemptOutcome& outcome) {
  return contains(kThrottlingCodes, outcome.error_code) ||
         modeled_kind(outcome) == Modeled::kThrottling;
}

std::string_view retryable_reason(const AttemptOutcome& outcome, const ServiceConditions& service) {
  if (outcome.failure) return is_transient(outcome) ? "connection" : "";
  if (is_throttling(outcome)) return "throttling";
  if (is_transient(outcome)) return "transient error";
  if (modeled_kind(outcome) != Modeled::kNot) return "modeled as retryable";
  if (contains(service.retryable_codes, outcome.error_code)) return "code";
  if (!service.crc32_header.empty() && crc32_mismatch(outcome, service.crc32_header)) {
    return "checksum";
  }
  return {};
}

}  // namespace botocxx::retry
