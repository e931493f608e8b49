#include "retry/standard_policy.h"

#include "attempts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace botocxx::retry {
namespace {

StandardOptions options_of(StandardRules rules, int most = 20, int quota = 500) {
  StandardOptions options;
  options.rules = rules;
  options.max_attempts = most;
  options.quota = quota;
  return options;
}

std::vector<double> longest_delays(const StandardOptions& options, const Ended& with, int count) {
  StandardPolicy policy(options);
  Attempts attempts(policy);
  std::vector<double> delays;
  for (int i = 1; i <= count; ++i) delays.push_back(attempts.ended(i, with).delay->count());
  return delays;
}

testing::Matcher<std::vector<double>> near(const std::vector<double>& expected) {
  return testing::Pointwise(testing::DoubleNear(1e-9), expected);
}

TEST(StandardPolicy, DelaysDoubleUpToTwentySeconds) {
  EXPECT_THAT(longest_delays(options_of(StandardRules::kClassic), {.status = 500}, 8),
              near({1, 2, 4, 8, 16, 20, 20, 20}));
}

TEST(StandardPolicy, NewRulesBeginWithFiftyMillisecondsAndASecondWhenThrottled) {
  auto options = options_of(StandardRules::k2026);
  EXPECT_THAT(longest_delays(options, {.status = 500}, 11),
              near({0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 20, 20}));
  EXPECT_THAT(longest_delays(options, {.status = 400, .code = "SlowDown"}, 6),
              near({1, 2, 4, 8, 16, 20}));
  options.base_scale = 0.025;
  EXPECT_THAT(longest_delays(options, {.status = 500}, 3), near({0.025, 0.05, 0.1}));
}

struct Asked {
  const char* name;
  const char* header;
  double delay;
};
class AskedDelay : public testing::TestWithParam<Asked> {};

TEST_P(AskedDelay, LiesBetweenTheDrawnOneAndFiveSecondsMore) {
  Ended busy{.status = 500, .fields = {{"x-amz-retry-after", GetParam().header}}};
  EXPECT_THAT(longest_delays(options_of(StandardRules::k2026), busy, 1), near({GetParam().delay}));
  EXPECT_THAT(longest_delays(options_of(StandardRules::kClassic), busy, 1), near({1}));
}

INSTANTIATE_TEST_SUITE_P(
    , AskedDelay,
    testing::Values(Asked{"More", "1500", 1.5}, Asked{"Less", "0", 0.05},
                    Asked{"TooMuch", "10000", 5.05}, Asked{"Words", "invalid", 0.05},
                    Asked{"Negative", "-100", 0.05}, Asked{"Fraction", "1500.5", 0.05},
                    Asked{"Huge", "99999999999999999999", 0.05}, Asked{"Blanks", " 700 ", 0.7}),
    [](const auto& named) { return std::string(named.param.name); });

struct Case {
  const char* name;
  Ended ended;
  const char* reason;
};
class StandardConditions : public testing::TestWithParam<Case> {};

TEST_P(StandardConditions, SayWhatIsWorthAnotherAttempt) {
  StandardPolicy policy(options_of(StandardRules::kClassic));
  RetryVerdict verdict = Attempts(policy).ended(1, GetParam().ended);
  EXPECT_EQ(verdict.reason, GetParam().reason);
  EXPECT_EQ(verdict.delay.has_value(), *GetParam().reason != '\0');
}

INSTANTIATE_TEST_SUITE_P(
    , StandardConditions,
    testing::Values(
        Case{"Success", {.status = 200}, ""}, Case{"NotFound", {.status = 404, .code = "404"}, ""},
        Case{"Throttled", {.status = 400, .code = "Throttling"}, "throttling"},
        Case{"ThrottledWithAnyStatus",
             {.status = 418, .code = "LimitExceededException"},
             "throttling"},
        Case{"CodesAreCaseSensitive", {.status = 400, .code = "throttling"}, ""},
        Case{"TooManyRequestsWithoutACode", {.status = 429, .code = "429"}, ""},
        Case{"BandwidthWithoutACode", {.status = 509, .code = "509"}, ""},
        Case{"NotImplemented", {.status = 501, .code = "501"}, ""},
        Case{"ServerError", {.status = 500, .code = "AnyCode"}, "transient error"},
        Case{"BadGateway", {.status = 502}, "transient error"},
        Case{"GatewayTimeout", {.status = 504}, "transient error"},
        Case{"RequestTimeout", {.status = 400, .code = "RequestTimeout"}, "transient error"},
        Case{"BothWays", {.status = 400, .code = "PriorRequestNotComplete"}, "throttling"},
        Case{"OtherServicesCode", {.status = 400, .code = "IDPCommunicationError"}, ""},
        Case{"ReadTimeout", {.failure = "ReadTimeout"}, "connection"},
        Case{"AnyHttpFailure", {.failure = "HTTPClient"}, "connection"},
        Case{"NoCredentials", {.failure = "NoCredentials"}, ""},
        Case{"Deadline", {.failure = "DeadlineExceeded"}, ""}),
    [](const auto& named) { return std::string(named.param.name); });

TEST(StandardPolicy, ServicesAddCodesAndAChecksum) {
  StandardOptions options = options_of(StandardRules::kClassic);
  options.service.retryable_codes = {"IDPCommunicationError"};
  options.service.crc32_header = "x-amz-crc32";
  StandardPolicy policy(options);
  Attempts attempts(policy);
  EXPECT_TRUE(attempts.ended(1, {.status = 400, .code = "IDPCommunicationError"}).delay);
  Ended sum{.status = 200, .fields = {{"x-amz-crc32", "2356372768"}}, .body = "foo"};
  EXPECT_TRUE(attempts.ended(1, sum).delay);
  sum.fields[0].value = "2356372769";
  EXPECT_FALSE(attempts.ended(1, sum).delay);
}

TEST(StandardPolicy, TheLastAttemptIsReportedEvenWhenItSucceeded) {
  StandardPolicy policy(options_of(StandardRules::kClassic, 2));
  EXPECT_FALSE(Attempts(policy).ended(1, {.status = 200}).max_attempts_reached);
  EXPECT_TRUE(Attempts(policy).ended(2, {.status = 200}).max_attempts_reached);
  EXPECT_FALSE(Attempts(policy).ended(2, {.status = 500}).delay);
}

TEST(StandardPolicy, NewRulesTellTheNumberOfAttemptsFromTheFirstOn) {
  StandardPolicy newer(options_of(StandardRules::k2026, 4));
  EXPECT_EQ(newer.begin().max_attempts, 4);
  StandardPolicy classic(options_of(StandardRules::kClassic, 4));
  EXPECT_EQ(classic.begin().max_attempts, 0);
}

struct Cost {
  const char* name;
  StandardRules rules;
  Ended ended;
  int cost;
};
class RetryCost : public testing::TestWithParam<Cost> {};

TEST_P(RetryCost, IsTakenFromTheQuotaAndGivenBackBySuccess) {
  StandardPolicy policy(options_of(GetParam().rules));
  Attempts attempts(policy);
  ASSERT_TRUE(attempts.ended(1, GetParam().ended).delay);
  EXPECT_EQ(policy.quota().available(), 500 - GetParam().cost);
  attempts.succeeded();
  EXPECT_EQ(policy.quota().available(), 500);
}

INSTANTIATE_TEST_SUITE_P(
    , RetryCost,
    testing::Values(
        Cost{"Error", StandardRules::kClassic, {.status = 500}, 5},
        Cost{"Throttling", StandardRules::kClassic, {.status = 400, .code = "SlowDown"}, 5},
        Cost{"ReadTimeout", StandardRules::kClassic, {.failure = "ReadTimeout"}, 10},
        Cost{"ConnectTimeout", StandardRules::kClassic, {.failure = "ConnectTimeout"}, 10},
        Cost{"Connection", StandardRules::kClassic, {.failure = "EndpointConnection"}, 5},
        Cost{"NewError", StandardRules::k2026, {.status = 500}, 14},
        Cost{"NewTimeout", StandardRules::k2026, {.failure = "ReadTimeout"}, 14},
        Cost{"NewThrottling", StandardRules::k2026, {.status = 400, .code = "SlowDown"}, 5}),
    [](const auto& named) { return std::string(named.param.name); });

TEST(StandardPolicy, SuccessGivesBackTheLastRetryOnly) {
  StandardPolicy policy(options_of(StandardRules::kClassic));
  Attempts attempts(policy);
  (void)attempts.ended(1, {.failure = "ReadTimeout"});
  (void)attempts.ended(2, {.status = 500});
  EXPECT_EQ(policy.quota().available(), 485);
  attempts.succeeded();
  EXPECT_EQ(policy.quota().available(), 490);
}

TEST(StandardPolicy, ASuccessAtOnceGivesOneBackAndAFailureNothing) {
  StandardPolicy policy(options_of(StandardRules::kClassic));
  Attempts failing(policy);
  (void)failing.ended(1, {.status = 500});
  policy.end(500, failing.memory());
  policy.end(304, failing.memory());
  EXPECT_EQ(policy.quota().available(), 495);
  Attempts(policy).succeeded();
  EXPECT_EQ(policy.quota().available(), 496);
}

TEST(StandardPolicy, WithoutQuotaThereIsNoOtherAttempt) {
  StandardPolicy policy(options_of(StandardRules::kClassic, 3, 9));
  EXPECT_TRUE(Attempts(policy).ended(1, {.status = 500}).delay);
  RetryVerdict refused = Attempts(policy).ended(1, {.status = 500});
  EXPECT_FALSE(refused.delay);
  EXPECT_TRUE(refused.quota_reached);
  EXPECT_FALSE(refused.max_attempts_reached);
  EXPECT_EQ(policy.quota().available(), 4);
}

// 500 / 5 retries of two a call are fifty calls.
TEST(StandardPolicy, FiftyCallsThatFailUseUpTheQuota) {
  StandardPolicy policy(options_of(StandardRules::kClassic, 3));
  for (int call = 0; call < 50; ++call) {
    Attempts attempts(policy);
    for (int attempt = 1; attempt < 3; ++attempt) {
      ASSERT_TRUE(attempts.ended(attempt, {.status = 500}).delay) << call;
    }
    (void)attempts.ended(3, {.status = 500});
  }
  EXPECT_EQ(policy.quota().available(), 0);
  EXPECT_TRUE(Attempts(policy).ended(1, {.status = 500}).quota_reached);
}

TEST(RetryQuota, HoldsUnderConcurrentUse) {
  RetryQuota quota(1000);
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 2000; ++n) {
        if (quota.acquire(7)) quota.release(7);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(quota.available(), 1000);
  quota.release(5);
  EXPECT_EQ(quota.available(), 1000);
}

}  // namespace
}  // namespace botocxx::retry
