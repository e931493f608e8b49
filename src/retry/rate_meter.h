#pragma once

namespace botocxx::retry {

/// Measures how many answers come a second, in steps of half a second, smoothed. Times are seconds.
/// Not thread-safe.
class RateMeter {
 public:
  explicit RateMeter(double now);

  /// Counts one and returns the rate as it is now.
  double record(double now);
  double rate() const { return rate_; }

 private:
  double last_step_;
  double rate_ = 0;
  double count_ = 0;
};

}  // namespace botocxx::retry
