#include "retry/legacy_policy.h"

#include "attempts.h"
#include "retry/legacy_document.h"
#include <botocxx/codec/json.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace botocxx::retry {
namespace {

// Two definitions; a service that changes the delay and adds rules, and one with a single rule.
constexpr const char* kDocument = R"({
  "definitions": {
    "busy": {"applies_when": {"response": {"http_status_code": 503}}},
    "sockets": {"applies_when": {"socket_errors": ["GENERAL_CONNECTION_ERROR"]}}
  },
  "retry": {
    "__default__": {
      "max_attempts": 3,
      "delay": {"type": "exponential", "base": "rand", "growth_factor": 2},
      "policies": {"sockets": {"$ref": "sockets"}, "busy": {"$ref": "busy"}}
    },
    "pantry": {
      "__default__": {
        "max_attempts": 4,
        "delay": {"base": 0.5},
        "policies": {
          "full": {"applies_when": {"response": {"http_status_code": 400, "service_error_code": "Full"}}},
          "sum": {"applies_when": {"response": {"crc32body": "x-sum"}}}
        }
      },
      "Stock": {"policies": {"teapot": {"applies_when": {"response": {"http_status_code": 418}}}}}
    },
    "cellar": {"__default__": {"policies": {"busy": {"applies_when": {"response": {"http_status_code": 400, "service_error_code": "Busy"}}}}}}
  }
})";

std::shared_ptr<LegacyPolicy> policy_of(std::string_view service, std::string_view operation = {},
                                        std::optional<int> most = {}) {
  return LegacyPolicy::read(parse_json(kDocument).value(), service, operation, most).value();
}

TEST(LegacyPolicy, WaitsForAFractionOfADoublingTime) {
  auto policy = policy_of("elsewhere");
  Attempts attempts(*policy);
  EXPECT_NEAR(attempts.ended(1, {.status = 503}).delay->count(), 1, 1e-9);
  EXPECT_NEAR(attempts.ended(2, {.status = 503}).delay->count(), 2, 1e-9);
}

TEST(LegacyPolicy, AServiceMayChangePartsOfTheDelay) {
  auto policy = policy_of("pantry");
  Attempts attempts(*policy);
  EXPECT_EQ(attempts.ended(1, {.status = 503}).delay->count(), 0.5);
  EXPECT_EQ(attempts.ended(3, {.status = 503}).delay->count(), 2);
}

TEST(LegacyPolicy, TheLastAttemptIsReportedOnlyWhereAnotherWouldBeWorthIt) {
  auto policy = policy_of("elsewhere");
  Attempts attempts(*policy);
  EXPECT_FALSE(attempts.ended(2, {.status = 503}).max_attempts_reached);
  RetryVerdict last = attempts.ended(3, {.status = 503});
  EXPECT_FALSE(last.delay);
  EXPECT_TRUE(last.max_attempts_reached);
  EXPECT_FALSE(attempts.ended(3, {.status = 200}).max_attempts_reached);
}

TEST(LegacyPolicy, TheNumberOfAttemptsMayBeGiven) {
  auto policy = policy_of("pantry", {}, 1);
  Attempts attempts(*policy);
  EXPECT_FALSE(attempts.ended(1, {.status = 503}).delay);
  EXPECT_EQ(attempts.memory().max_attempts, 1);
}

TEST(LegacyPolicy, ACodeCountsOnlyWithItsStatus) {
  auto policy = policy_of("pantry");
  Attempts attempts(*policy);
  EXPECT_TRUE(attempts.ended(1, {.status = 400, .code = "Full"}).delay);
  EXPECT_FALSE(attempts.ended(1, {.status = 403, .code = "Full"}).delay);
  EXPECT_FALSE(attempts.ended(1, {.status = 400, .code = "Empty"}).delay);
}

TEST(LegacyPolicy, RulesOfAnOperationAddToThoseOfItsService) {
  auto policy = policy_of("pantry", "Stock");
  Attempts attempts(*policy);
  EXPECT_TRUE(attempts.ended(1, {.status = 418}).delay);
  EXPECT_TRUE(attempts.ended(1, {.status = 400, .code = "Full"}).delay);
  auto other = policy_of("pantry", "Cook");
  EXPECT_FALSE(Attempts(*other).ended(1, {.status = 418}).delay);
}

// A rule is merged into the default of its name: what it adds narrows the default.
TEST(LegacyPolicy, ARuleOfADefaultsNameNarrowsTheDefault) {
  auto policy = policy_of("cellar");
  Attempts attempts(*policy);
  EXPECT_FALSE(attempts.ended(1, {.status = 503}).delay);
  EXPECT_TRUE(attempts.ended(1, {.status = 400, .code = "Busy"}).delay);
  auto other = policy_of("elsewhere");
  EXPECT_TRUE(Attempts(*other).ended(1, {.status = 503}).delay);
}

struct Failure {
  const char* code;
  bool retried;
};
class LegacyFailures : public testing::TestWithParam<Failure> {};

TEST_P(LegacyFailures, AreTriedAgainWhenTheyAreOfTheConnection) {
  auto policy = policy_of("elsewhere");
  Attempts attempts(*policy);
  EXPECT_EQ(attempts.ended(1, {.failure = GetParam().code}).delay.has_value(), GetParam().retried);
  EXPECT_FALSE(attempts.ended(3, {.failure = GetParam().code}).delay);
}

INSTANTIATE_TEST_SUITE_P(
    , LegacyFailures,
    testing::Values(Failure{"EndpointConnection", true}, Failure{"ConnectTimeout", true},
                    Failure{"ReadTimeout", true}, Failure{"ConnectionClosed", true},
                    Failure{"SSL", true}, Failure{"ProxyConnection", true},
                    Failure{"HTTPClient", false}, Failure{"ResponseStreaming", false},
                    Failure{"NoCredentials", false}, Failure{"Cancelled", false},
                    Failure{"DeadlineExceeded", false}),
    [](const auto& named) { return std::string(named.param.code); });

// 2356372769 is the CRC-32 of "foo".
TEST(LegacyPolicy, AWrongChecksumIsTriedAgainAndThenBecomesTheError) {
  auto policy = policy_of("pantry");
  Attempts attempts(*policy);
  Ended wrong{.status = 200, .fields = {{"X-Sum", "2356372768"}}, .body = "foo"};
  EXPECT_TRUE(attempts.ended(1, wrong).delay);
  RetryVerdict last = attempts.ended(4, wrong);
  EXPECT_FALSE(last.delay);
  ASSERT_TRUE(last.failure);
  EXPECT_EQ(last.failure->code(), "Checksum");
  EXPECT_THAT(last.failure->message(), testing::HasSubstr("2356372769"));
}

TEST(LegacyPolicy, AChecksumThatFitsIsAbsentOrIsNoNumberIsFine) {
  auto policy = policy_of("pantry");
  Attempts attempts(*policy);
  for (const char* value : {"2356372769", "", "12x", "-1"}) {
    Ended answer{.status = 200, .fields = {{"x-sum", value}}, .body = "foo"};
    EXPECT_TRUE(attempts.ended(1, answer).reason.empty()) << value;
  }
  EXPECT_TRUE(attempts.ended(1, {.status = 200, .body = "foo"}).reason.empty());
}

TEST(LegacyPolicy, TellsTheServiceHowManyAttemptsThereMayBeOnceItWasAsked) {
  auto policy = policy_of("pantry");
  Attempts attempts(*policy);
  EXPECT_EQ(attempts.memory().max_attempts, 0);
  (void)attempts.ended(1, {.status = 200});
  EXPECT_EQ(attempts.memory().max_attempts, 4);
}

struct Damage {
  const char* name;
  const char* from;
  const char* to;
  const char* message;
};
class DamagedDocument : public testing::TestWithParam<Damage> {};

TEST_P(DamagedDocument, IsAnErrorThatSaysWhereAndWhatIsExpected) {
  std::string text = kDocument;
  std::size_t at = text.find(GetParam().from);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, std::string_view(GetParam().from).size(), GetParam().to);
  auto policy = LegacyPolicy::read(parse_json(text).value(), "pantry", "Stock", {});
  ASSERT_FALSE(policy);
  EXPECT_EQ(policy.error().code(), "InvalidRetryPolicy");
  EXPECT_THAT(policy.error().message(), testing::HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    , DamagedDocument,
    testing::Values(
        Damage{"Reference", R"("$ref": "busy")", R"("$ref": "buzy")",
               "a definition named \"buzy\""},
        Damage{"MaxAttempts", R"("max_attempts": 4)", R"("max_attempts": "4")", "max_attempts"},
        Damage{"DelayType", R"("exponential")", R"("linear")", "delay/type"},
        Damage{"DelayBase", R"("base": 0.5)", R"("base": -1)", "greater than 0"},
        Damage{"Growth", R"("growth_factor": 2)", R"("growth_factor": "2")", "growth_factor"},
        Damage{"Condition", R"("crc32body")", R"("crc64body")", "policies/sum: expected"},
        Damage{"SocketErrors", "GENERAL_CONNECTION_ERROR", "ODD_ERROR", "GENERAL_CONNECTION_ERROR"},
        Damage{"When", R"({"response": {"http_status_code": 418}})", "{}", "policies/teapot"},
        Damage{"CodeWithoutStatus", R"("http_status_code": 400, "service_error_code": "Full")",
               R"("service_error_code": "Full")", "http_status_code"}),
    [](const auto& named) { return std::string(named.param.name); });

}  // namespace
}  // namespace botocxx::retry
