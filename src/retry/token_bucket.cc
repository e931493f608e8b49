#include "retry/token_bucket.h"

#include <algorithm>

namespace botocxx::retry {

TokenBucket::TokenBucket(double max_rate, double now, double min_rate) : min_rate_(min_rate) {
  set_max_rate(max_rate, now);
}

double TokenBucket::acquire(double now, double amount) {
  refill(now);
  if (amount > available_) return (amount - available_) / fill_rate_;
  available_ -= amount;
  return 0;
}

void TokenBucket::set_max_rate(double rate, double now) {
  refill(now);
  fill_rate_ = std::max(rate, min_rate_);
  max_capacity_ = rate >= 1 ? rate : 1;
  available_ = std::min(available_, max_capacity_);
}

void TokenBucket::refill(double now) {
  if (filled_at_) {
    available_ = std::min(max_capacity_, available_ + (now - *filled_at_) * fill_rate_);
  }
  filled_at_ = now;
}

}  // namespace botocxx::retry
