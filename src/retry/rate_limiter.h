#pragma once

#include "retry/cubic_rate.h"
#include "retry/rate_meter.h"
#include "retry/token_bucket.h"

#include <mutex>

namespace botocxx::retry {

/// Keeps a client below the rate at which its service throttles it. Does nothing before the first
/// throttled answer. Times are seconds. Thread-safe.
class RateLimiter {
 public:
  explicit RateLimiter(double now);

  /// How long a request has to wait, and then ask again; 0: it may be sent.
  double before_send(double now);
  enum class Answer { kThrottled, kOther };
  void after_attempt(Answer answer, double now);

  double max_rate() const;

 private:
  mutable std::mutex mutex_;
  CubicRate cubic_;
  TokenBucket bucket_;
  RateMeter meter_;
  bool enabled_ = false;
};

}  // namespace botocxx::retry
