#pragma once

namespace botocxx::retry {

/// The rate of requests that CUBIC (RFC 8312) allows: less by a factor after each throttled answer,
/// then growing along a cubic curve through the rate that was throttled. Times are seconds.
class CubicRate {
 public:
  static constexpr double kScale = 0.4;
  static constexpr double kBeta = 0.7;

  CubicRate(double starting_max_rate, double start_time, double scale = kScale,
            double beta = kBeta);

  double success_received(double now) const;
  double throttled(double current_rate, double now);

  double max_rate() const { return max_rate_; }
  /// Seconds after a throttled answer until the curve is back at `max_rate()`.
  double plateau() const { return plateau_; }
  double last_throttled() const { return last_throttled_; }

 private:
  double find_plateau() const;

  double scale_;
  double beta_;
  double max_rate_;
  double last_throttled_;
  double plateau_;
};

}  // namespace botocxx::retry
