#pragma once

#include <botocxx/retry/retry_policy.h>
#include <botocxx/value/value.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::retry {

/// One "applies_when" of `_retry.json`.
struct LegacyRule {
  enum class When { kStatus, kErrorCode, kCrc32, kSocketErrors };
  When when = When::kStatus;
  int status = 0;        ///< of kStatus, kErrorCode
  std::string code{};    ///< of kErrorCode
  std::string header{};  ///< of kCrc32
};

/// What `_retry.json` says for one service: botocore's mode "legacy". Immutable.
class LegacyPolicy : public RetryPolicy {
 public:
  /// `document` is the file's content; a service is looked up by its endpoint prefix. Rules of one
  /// operation are those under `operation`. `total_max_attempts` is stronger than the file's.
  /// Errors: "InvalidRetryPolicy" with the place in the document.
  static Result<std::shared_ptr<LegacyPolicy>> read(const Value& document,
                                                    std::string_view endpoint_prefix,
                                                    std::string_view operation,
                                                    std::optional<int> total_max_attempts);

  RetryVerdict decide(const AttemptOutcome& outcome, RetryMemory& memory, Timestamp now,
                      const Random& random) override;

  int max_attempts() const { return max_attempts_; }
  const std::vector<LegacyRule>& rules() const { return rules_; }

 private:
  RetryDelay delay_after(int attempt, const Random& random) const;

  std::vector<LegacyRule> rules_;
  int max_attempts_ = 1;
  std::optional<double> base_;  ///< nothing: a random fraction
  double growth_factor_ = 1;
  bool catches_socket_errors_ = false;
  bool catches_checksums_ = false;
};

}  // namespace botocxx::retry
