#pragma once

#include <mutex>

namespace botocxx::retry {

/// What a client may spend on retries: each takes some, a call that succeeds gives some back.
/// Thread-safe.
class RetryQuota {
 public:
  static constexpr int kInitialCapacity = 500;

  explicit RetryQuota(int capacity = kInitialCapacity) : most_(capacity), available_(capacity) {}

  /// All of it or, where less is left, nothing.
  bool acquire(int amount);
  /// Never more than there was at first.
  void release(int amount);
  int available() const;

 private:
  const int most_;
  mutable std::mutex mutex_;
  int available_;
};

}  // namespace botocxx::retry
