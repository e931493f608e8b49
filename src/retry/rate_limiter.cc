#include "retry/rate_limiter.h"

#include <algorithm>

namespace botocxx::retry {
namespace {

// The rate may not grow faster than this beyond what was measured.
constexpr double kMostGrowth = 2.0;

}  // namespace

RateLimiter::RateLimiter(double now) : cubic_(0, now), bucket_(1, now), meter_(now) {}

double RateLimiter::before_send(double now) {
  std::lock_guard lock(mutex_);
  return enabled_ ? bucket_.acquire(now) : 0;
}

void RateLimiter::after_attempt(Answer answer, double now) {
  std::lock_guard lock(mutex_);
  double measured = meter_.record(now);
  double allowed = 0;
  if (answer == Answer::kThrottled) {
    double current = enabled_ ? std::min(measured, bucket_.max_rate()) : measured;
    allowed = cubic_.throttled(current, now);
    enabled_ = true;
  } else {
    allowed = cubic_.success_received(now);
  }
  bucket_.set_max_rate(std::min(allowed, kMostGrowth * measured), now);
}

double RateLimiter::max_rate() const {
  std::lock_guard lock(mutex_);
  return bucket_.max_rate();
}

}  // namespace botocxx::retry
