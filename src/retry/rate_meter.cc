#include "retry/rate_meter.h"

#include <cmath>

namespace botocxx::retry {
namespace {

constexpr double kSmoothing = 0.8;
constexpr double kStepsPerSecond = 2;

}  // namespace

// The first step begins at a whole second, as botocore's does.
RateMeter::RateMeter(double now) : last_step_(std::floor(now)) {}

double RateMeter::record(double now) {
  double step = std::floor(now * kStepsPerSecond) / kStepsPerSecond;
  count_ += 1;
  if (step > last_step_) {
    double current = count_ / (step - last_step_);
    rate_ = current * kSmoothing + rate_ * (1 - kSmoothing);
    count_ = 0;
    last_step_ = step;
  }
  return rate_;
}

}  // namespace botocxx::retry
