#pragma once

#include <botocxx/base/timestamp.h>

#include <chrono>
#include <string>

namespace botocxx::inline v1 {

/// One attempt of a call: a line of its history. A plain value.
struct AttemptRecord {
  Timestamp time{};          ///< when it was sent
  int status = 0;            ///< HTTP status of the answer; 0 when none came
  std::string error_code{};  ///< what it failed with; empty when it did not
  /// Why there was another attempt, or, of the last one, why there was none; empty: nothing called
  /// for one.
  std::string reason{};
  bool attempts_exhausted = false;    ///< no other was left: botocore's `MaxAttemptsReached`
  std::chrono::nanoseconds delay{0};  ///< waited before the next attempt, or the result
};

}  // namespace botocxx::inline v1
