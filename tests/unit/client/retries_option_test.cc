#include <botocxx/client/config.h>
#include <botocxx/codec/json.h>

#include <gtest/gtest.h>

namespace botocxx {
namespace {

Result<Config> config_of(const char* retries) {
  Value options = Value::object();
  options.set("retries", parse_json(retries).value());
  return Config::from_value(options);
}

TEST(RetriesOption, CountsAttemptsAfterTheFirstOrAllOfThem) {
  EXPECT_EQ(config_of(R"({"max_attempts": 0})")->retries.total_max_attempts, 1);
  EXPECT_EQ(config_of(R"({"max_attempts": 4})")->retries.total_max_attempts, 5);
  EXPECT_EQ(config_of(R"({"total_max_attempts": 4})")->retries.total_max_attempts, 4);
  EXPECT_EQ(
      config_of(R"({"total_max_attempts": 4, "max_attempts": 9})")->retries.total_max_attempts, 4);
  EXPECT_FALSE(config_of("{}")->retries.total_max_attempts);
}

TEST(RetriesOption, TakesModesAndSwitches) {
  auto config =
      config_of(R"({"mode": "adaptive", "retry_after": false, "clock_skew_correction": false})");
  EXPECT_EQ(config->retries.mode, "adaptive");
  EXPECT_FALSE(config->retries.retry_after);
  EXPECT_FALSE(config->retries.clock_skew_correction);
}

struct Refused {
  const char* retries;
  const char* code;
};
class RefusedRetries : public testing::TestWithParam<Refused> {};

TEST_P(RefusedRetries, AreErrorsWithBotocoresNames) {
  auto config = config_of(GetParam().retries);
  ASSERT_FALSE(config) << GetParam().retries;
  EXPECT_EQ(config.error().code(), GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(
    , RefusedRetries,
    testing::Values(Refused{R"({"max_attempts": -1})", "InvalidMaxRetryAttempts"},
                    Refused{R"({"total_max_attempts": 0})", "InvalidMaxRetryAttempts"},
                    Refused{R"({"total_max_attempts": "3"})", "InvalidMaxRetryAttempts"},
                    Refused{R"({"total_max_attempts": 9999999999})", "InvalidMaxRetryAttempts"},
                    Refused{R"({"mode": "eager"})", "InvalidRetryMode"},
                    Refused{R"({"mode": 1})", "InvalidRetryMode"},
                    Refused{R"({"attempts": 3})", "InvalidRetryConfiguration"},
                    Refused{R"({"retry_after": 1})", "InvalidRetryConfiguration"},
                    Refused{"3", "InvalidRetryConfiguration"}));

TEST(RetriesOption, AMisspeltNameBringsTheNearest) {
  auto config = config_of(R"({"max_attemts": 3})");
  ASSERT_EQ(config.error().hints().size(), 1U);
  EXPECT_EQ(config.error().hints()[0], "did you mean \"max_attempts\"?");
}

}  // namespace
}  // namespace botocxx
