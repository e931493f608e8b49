#pragma once

#include <optional>

namespace botocxx::retry {

/// Lets requests pass at a rate that may change. Times are seconds of any one clock. Not
/// thread-safe.
class TokenBucket {
 public:
  static constexpr double kMinRate = 0.5;

  TokenBucket(double max_rate, double now, double min_rate = kMinRate);

  /// 0, and the token is taken; or the time until there can be one.
  double acquire(double now, double amount = 1);
  /// What has come in by then came at the old rate.
  void set_max_rate(double rate, double now);

  double max_rate() const { return fill_rate_; }
  double max_capacity() const { return max_capacity_; }
  double available() const { return available_; }

 private:
  void refill(double now);

  double min_rate_;
  double fill_rate_ = 0;
  double max_capacity_ = 1;
  double available_ = 0;
  std::optional<double> filled_at_;
};

}  // namespace botocxx::retry
