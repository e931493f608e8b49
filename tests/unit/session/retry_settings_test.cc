#include "session/retry_settings.h"

#include <gtest/gtest.h>

#include <map>

namespace botocxx::session {
namespace {

class Variables : public Environment {
 public:
  std::map<std::string, std::string, std::less<>> values;
  std::optional<std::string> get(std::string_view name) const override {
    auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional(found->second);
  }
};

customize::RetrySettings settings_of(const Config::Retries& retries, Variables variables = {}) {
  return retry_settings(retries, variables, nullptr).value();
}

TEST(RetrySettings, AreLegacyWhereNobodySaysAnything) {
  auto settings = settings_of({});
  EXPECT_EQ(settings.mode, "legacy");
  EXPECT_FALSE(settings.total_max_attempts);
  EXPECT_EQ(settings.rules, retry::StandardRules::kClassic);
}

TEST(RetrySettings, ComeFromTheEnvironmentUnlessTheClientHasThem) {
  Variables variables;
  variables.values = {{"AWS_RETRY_MODE", "adaptive"}, {"AWS_MAX_ATTEMPTS", "7"}};
  EXPECT_EQ(settings_of({}, variables).mode, "adaptive");
  EXPECT_EQ(settings_of({}, variables).total_max_attempts, 7);
  Config::Retries own;
  own.mode = "standard";
  own.total_max_attempts = 2;
  EXPECT_EQ(settings_of(own, variables).mode, "standard");
  EXPECT_EQ(settings_of(own, variables).total_max_attempts, 2);
}

TEST(RetrySettings, NewRulesMakeStandardTheDefault) {
  Variables variables;
  variables.values = {{"AWS_NEW_RETRIES_2026", "True"}};
  EXPECT_EQ(settings_of({}, variables).mode, "standard");
  EXPECT_EQ(settings_of({}, variables).rules, retry::StandardRules::k2026);
  variables.values["AWS_RETRY_MODE"] = "legacy";
  EXPECT_EQ(settings_of({}, variables).mode, "legacy");
  variables.values = {{"AWS_NEW_RETRIES_2026", "1"}};
  EXPECT_EQ(settings_of({}, variables).rules, retry::StandardRules::kClassic);
}

TEST(RetrySettings, RefuseAttemptsThatAreNoPositiveNumber) {
  for (const char* text : {"0", "-1", "three", "", "3.5"}) {
    Variables variables;
    variables.values = {{"AWS_MAX_ATTEMPTS", text}};
    auto settings = retry_settings({}, variables, nullptr);
    ASSERT_FALSE(settings) << text;
    EXPECT_EQ(settings.error().code(), "InvalidMaxRetryAttempts");
  }
}

}  // namespace
}  // namespace botocxx::session
