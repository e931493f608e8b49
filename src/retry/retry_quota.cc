#include "retry/retry_quota.h"

#include <algorithm>

namespace botocxx::retry {

bool RetryQuota::acquire(int amount) {
  std::lock_guard lock(mutex_);
  if (amount > available_) return false;
  available_ -= amount;
  return true;
}

void RetryQuota::release(int amount) {
  std::lock_guard lock(mutex_);
  available_ += std::min(most_ - available_, amount);
}

int RetryQuota::available() const {
  std::lock_guard lock(mutex_);
  return available_;
}

}  // namespace botocxx::retry
