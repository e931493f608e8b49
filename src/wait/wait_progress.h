#pragma once

#include "wait/wait_rules.h"
#include <botocxx/base/result.h>
#include <botocxx/value/value.h>

#include <memory>
#include <optional>

namespace botocxx::waiting {

/// The state of one wait, without calls and pauses: takes answers, and says what they mean.
class WaitProgress {
 public:
  WaitProgress(std::shared_ptr<const WaitRules> rules, int max_attempts)
      : rules_(std::move(rules)), max_attempts_(max_attempts) {}

  /// True when what was waited for has come, false when it is worth another call. Errors: "Waiter"
  /// with `answer` as its fields.
  Result<bool> observe(const Value& answer);

  /// The error for `reason`, in botocore's words.
  Error failure(ErrorKind kind, const std::string& reason, const Value& answer) const;

 private:
  std::shared_ptr<const WaitRules> rules_;
  int max_attempts_;
  int attempts_ = 0;
  bool matched_before_ = false;
};

}  // namespace botocxx::waiting
