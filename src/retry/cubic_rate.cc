#include "retry/cubic_rate.h"

#include <cmath>

namespace botocxx::retry {

CubicRate::CubicRate(double starting_max_rate, double start_time, double scale, double beta)
    : scale_(scale),
      beta_(beta),
      max_rate_(starting_max_rate),
      last_throttled_(start_time),
      plateau_(find_plateau()) {}

// Not std::cbrt, whose last digit can be another than botocore's power gives.
double CubicRate::find_plateau() const {
  return std::pow(max_rate_ * (1 - beta_) / scale_, 1 / 3.0);
}

double CubicRate::success_received(double now) const {
  return scale_ * std::pow(now - last_throttled_ - plateau_, 3) + max_rate_;
}

double CubicRate::throttled(double current_rate, double now) {
  max_rate_ = current_rate;
  plateau_ = find_plateau();
  last_throttled_ = now;
  return current_rate * beta_;
}

}  // namespace botocxx::retry
