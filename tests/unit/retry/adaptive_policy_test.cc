#include "retry/adaptive_policy.h"

#include "attempts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace botocxx::retry {
namespace {

TEST(CubicRate, StartsFromTheRateThatItIsGiven) {
  EXPECT_DOUBLE_EQ(CubicRate(10, 0).plateau(), 1.9574338205844317);
}

TEST(CubicRate, GrowsSlowlyTowardsTheThrottledRateAndFastBeyond) {
  CubicRate cubic(10, 0);
  double k = cubic.plateau();
  double before = cubic.success_received(k / 2);
  EXPECT_LT(cubic.success_received(k / 3), before);
  EXPECT_LT(before, 10);
  EXPECT_NEAR(cubic.success_received(k), 10, 1e-9);
  EXPECT_GT(cubic.success_received(2 * k), cubic.success_received(1.1 * k));
}

TEST(CubicRate, FallsByAFactorWhenItIsThrottled) {
  CubicRate cubic(10, 0);
  EXPECT_DOUBLE_EQ(cubic.throttled(8, 1), 5.6);
  EXPECT_EQ(cubic.max_rate(), 8);
  EXPECT_EQ(cubic.last_throttled(), 1);
  EXPECT_DOUBLE_EQ(cubic.plateau(), 1.8171205928321397);
  EXPECT_NEAR(cubic.success_received(1), 5.6, 1e-9);
}

TEST(TokenBucket, LetsTheRatePass) {
  TokenBucket bucket(10, 0);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(bucket.acquire(1 + 0.1 * i), 0) << i;
}

TEST(TokenBucket, SaysHowLongToWaitForTheNext) {
  TokenBucket bucket(10, 0);
  EXPECT_EQ(bucket.acquire(0.1), 0);
  EXPECT_NEAR(bucket.acquire(0.15), 0.05, 1e-9);
  EXPECT_EQ(bucket.acquire(0.2), 0);
  EXPECT_NEAR(bucket.acquire(0.2, 100), 10, 1e-9);
}

TEST(TokenBucket, ChangesOfTheRateKeepWhatCameInBefore) {
  TokenBucket bucket(10, 0);
  bucket.set_max_rate(1, 5);
  EXPECT_EQ(bucket.available(), 1);
  for (int second = 6; second < 11; ++second) EXPECT_EQ(bucket.acquire(second), 0) << second;
}

TEST(TokenBucket, HoldsOneTokenAtLeastAndHasALeastRate) {
  TokenBucket bucket(10, 0, 0.2);
  bucket.set_max_rate(0.1, 1);
  EXPECT_EQ(bucket.max_rate(), 0.2);
  EXPECT_EQ(bucket.max_capacity(), 1);
}

TEST(RateMeter, KnowsNothingBeforeAStepIsOver) {
  RateMeter meter(0);
  for (double now : {0.1, 0.2, 0.3, 0.4, 0.49}) EXPECT_EQ(meter.record(now), 0);
  EXPECT_DOUBLE_EQ(meter.record(0.5), 12 * 0.8);
}

TEST(RateMeter, FindsASteadyRate) {
  RateMeter meter(0);
  EXPECT_DOUBLE_EQ(meter.record(1), 0.8);
  for (int second = 2; second < 21; ++second) meter.record(second);
  EXPECT_NEAR(meter.rate(), 1, 1e-6);
}

TEST(RateMeter, ForgetsOldTimesQuickly) {
  RateMeter meter(0);
  for (double now : {1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0}) meter.record(now);
  EXPECT_NEAR(meter.rate(), 2, 0.01);
  meter.record(14);
  EXPECT_GT(meter.rate(), 0.1);
  EXPECT_LT(meter.rate(), 0.5);
}

TEST(RateLimiter, LetsEverythingPassBeforeItIsThrottled) {
  RateLimiter limiter(0);
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(limiter.before_send(1), 0);
    limiter.after_attempt(RateLimiter::Answer::kOther, 1);
  }
}

TEST(RateLimiter, MakesRequestsWaitOnceItIsThrottled) {
  RateLimiter limiter(0);
  limiter.after_attempt(RateLimiter::Answer::kThrottled, 0.25);
  EXPECT_EQ(limiter.max_rate(), TokenBucket::kMinRate);
  EXPECT_GT(limiter.before_send(0.25), 0);
}

TEST(RateLimiter, DoesNotGrowPastTwiceTheMeasuredRate) {
  RateLimiter limiter(0);
  limiter.after_attempt(RateLimiter::Answer::kThrottled, 1);
  // Long after, the cubic curve alone would allow thousands.
  limiter.after_attempt(RateLimiter::Answer::kOther, 101);
  EXPECT_LE(limiter.max_rate(), TokenBucket::kMinRate);
  for (double now = 102; now < 112; now += 0.25) {
    limiter.after_attempt(RateLimiter::Answer::kOther, now);
  }
  EXPECT_NEAR(limiter.max_rate(), 8, 0.1);
}

TEST(AdaptivePolicy, TriesAgainAsTheStandardOneDoesAndSlowsDown) {
  AdaptivePolicy policy(StandardOptions{}, Timestamp::from_unix(100));
  Attempts attempts(policy);
  auto at = [](double seconds) { return Timestamp::from_unix_double(seconds); };
  EXPECT_EQ(policy.before_send(at(100)).count(), 0);
  EXPECT_TRUE(attempts.ended(1, {.status = 503}, 100.5).delay);
  EXPECT_EQ(policy.before_send(at(100.5)).count(), 0);
  EXPECT_TRUE(attempts.ended(2, {.status = 400, .code = "Throttling"}, 101).delay);
  double wait = policy.before_send(at(101)).count();
  EXPECT_GT(wait, 0);
  EXPECT_EQ(policy.before_send(at(101.0001 + wait)).count(), 0);
}

}  // namespace
}  // namespace botocxx::retry
