#include "session/integrity_settings.h"

#include "support/scratch_folder.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace botocxx::session {
namespace {

using testing_support::FakeEnvironment;
using Variables = std::map<std::string, std::string>;

TEST(IntegritySettings, NothingSaidLeavesEverythingOpen) {
  Config config;
  ASSERT_TRUE(complete_integrity_settings(config, FakeEnvironment(Variables{}), nullptr));
  EXPECT_EQ(config.request_checksum_calculation, "");
  EXPECT_EQ(config.response_checksum_validation, "");
  EXPECT_FALSE(config.request_min_compression_size_bytes);
  EXPECT_FALSE(config.disable_request_compression);
}

TEST(IntegritySettings, AreReadFromTheEnvironmentInAnyCase) {
  FakeEnvironment environment(Variables{{"AWS_REQUEST_CHECKSUM_CALCULATION", "When_Required"},
                                        {"AWS_RESPONSE_CHECKSUM_VALIDATION", "WHEN_SUPPORTED"},
                                        {"AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "1"},
                                        {"AWS_DISABLE_REQUEST_COMPRESSION", "TRUE"}});
  Config config;
  ASSERT_TRUE(complete_integrity_settings(config, environment, nullptr));
  EXPECT_EQ(config.request_checksum_calculation, "when_required");
  EXPECT_EQ(config.response_checksum_validation, "when_supported");
  EXPECT_EQ(config.request_min_compression_size_bytes, 1U);
  EXPECT_EQ(config.disable_request_compression, true);
}

TEST(IntegritySettings, WhatTheProgramSaysIsStrongerAndTheRestIsNotLookedAt) {
  FakeEnvironment environment(Variables{{"AWS_REQUEST_CHECKSUM_CALCULATION", "nonsense"},
                                        {"AWS_RESPONSE_CHECKSUM_VALIDATION", "nonsense"},
                                        {"AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "nonsense"},
                                        {"AWS_DISABLE_REQUEST_COMPRESSION", "true"}});
  Config config;
  config.request_checksum_calculation = "when_supported";
  config.response_checksum_validation = "when_required";
  config.request_min_compression_size_bytes = 77;
  config.disable_request_compression = false;
  ASSERT_TRUE(complete_integrity_settings(config, environment, nullptr));
  EXPECT_EQ(config.request_checksum_calculation, "when_supported");
  EXPECT_EQ(config.request_min_compression_size_bytes, 77U);
  EXPECT_EQ(config.disable_request_compression, false);
}

std::string problem(const std::string& variable, const std::string& text) {
  Config config;
  FakeEnvironment environment(Variables{{variable, text}});
  auto done = complete_integrity_settings(config, environment, nullptr);
  return done ? "" : done.error().code() + ": " + done.error().message();
}

TEST(IntegritySettings, WhatCannotBeMeantIsAnErrorInBotocoresWords) {
  EXPECT_EQ(problem("AWS_REQUEST_CHECKSUM_CALCULATION", "Sometimes"),
            "InvalidChecksumConfig: Unsupported configuration value for "
            "request_checksum_calculation. Expected one of ('when_supported', 'when_required') but "
            "got sometimes.");
  EXPECT_EQ(problem("AWS_RESPONSE_CHECKSUM_VALIDATION", "").substr(0, 21), "InvalidChecksumConfig");
  const std::string name = "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES";
  EXPECT_EQ(problem(name, "0"),
            "InvalidConfig: Invalid value \"0\" for request_min_compression_size_bytes. Value must "
            "be between 1 and 1048576.");
  EXPECT_EQ(problem(name, "foo"),
            "InvalidConfig: Invalid value \"foo\" for request_min_compression_size_bytes. Value "
            "must be an integer. Received <class 'str'> instead.");
  for (std::string text : {"-1", "1048577", "", "1.5", "99999999999999999999"}) {
    EXPECT_EQ(problem(name, text).substr(0, 14), "InvalidConfig:") << text;
  }
  EXPECT_EQ(problem(name, "1048576"), "");
  EXPECT_EQ(problem("AWS_DISABLE_REQUEST_COMPRESSION", "maybe"), "") << "anything else means no";
}

TEST(IntegritySettings, OptionsInCodeAreCheckedTheSameWay) {
  auto code = [](const Value& options) {
    auto config = Config::from_value(options);
    return config ? std::string() : config.error().code();
  };
  EXPECT_EQ(code({{"request_checksum_calculation", "never"}}), "InvalidChecksumConfig");
  EXPECT_EQ(code({{"response_checksum_validation", 5}}), "InvalidChecksumConfig");
  EXPECT_EQ(code({{"request_min_compression_size_bytes", 0}}), "InvalidConfig");
  EXPECT_EQ(code({{"request_min_compression_size_bytes", true}}), "InvalidConfig");
  EXPECT_EQ(code({{"disable_request_compression", 1}}), "InvalidConfig");
  auto config = Config::from_value({{"request_checksum_calculation", "when_required"},
                                    {"request_min_compression_size_bytes", "128"},
                                    {"disable_request_compression", true}});
  ASSERT_TRUE(config);
  EXPECT_TRUE(config->without_effect.empty());
  EXPECT_EQ(config->request_min_compression_size_bytes, 128U);
}

}  // namespace
}  // namespace botocxx::session
