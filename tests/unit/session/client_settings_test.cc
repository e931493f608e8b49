#include "session/client_settings.h"

#include "support/scratch_folder.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <tuple>

namespace botocxx::session {
namespace {

using testing_support::FakeEnvironment;
using testing_support::ScratchFolder;
using Variables = std::map<std::string, std::string>;

Result<void> complete(Config& config, const Environment& environment,
                      const SharedConfig* shared = nullptr, SettingOrigins origins = {}) {
  return complete_config(config, Settings::resolve({&environment, shared}), origins);
}

TEST(ClientSettings, ComeFromTheEnvironment) {
  FakeEnvironment environment({{"AWS_USE_FIPS_ENDPOINT", "True"},
                               {"AWS_USE_DUALSTACK_ENDPOINT", "1"},
                               {"AWS_S3_USE_ARN_REGION", "false"},
                               {"AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS", "true"},
                               {"AWS_S3_US_EAST_1_REGIONAL_ENDPOINT", "regional"},
                               {"AWS_STS_REGIONAL_ENDPOINTS", "legacy"},
                               {"AWS_ACCOUNT_ID_ENDPOINT_MODE", "Required"}});
  Config config;
  ASSERT_TRUE(complete(config, environment));
  EXPECT_EQ(config.use_fips_endpoint, true);
  EXPECT_EQ(config.use_dualstack_endpoint, false) << "only \"true\" is true";
  EXPECT_EQ(config.s3.use_arn_region, false);
  EXPECT_EQ(config.s3.disable_multiregion_access_points, true);
  EXPECT_EQ(config.s3.us_east_1_regional_endpoint, "regional");
  EXPECT_EQ(config.sts_regional_endpoints, "legacy");
  EXPECT_EQ(config.account_id_endpoint_mode, "required");
}

TEST(ClientSettings, OfTheProgramComeFirstThenTheEnvironmentThenTheProfile) {
  ScratchFolder folder;
  folder.write("config",
               "[default]\nuse_fips_endpoint = true\nuse_dualstack_endpoint = true\n"
               "account_id_endpoint_mode = disabled\n");
  FakeEnvironment environment({{"AWS_CONFIG_FILE", folder.path("config")},
                               {"AWS_SHARED_CREDENTIALS_FILE", folder.path("none")},
                               {"AWS_USE_DUALSTACK_ENDPOINT", "false"}});
  auto shared = SharedConfig::load(testing_support::host_with(environment)).value();
  Config config;
  config.account_id_endpoint_mode = "required";
  ASSERT_TRUE(complete(config, environment, shared.get()));
  EXPECT_EQ(config.use_fips_endpoint, true);
  EXPECT_EQ(config.use_dualstack_endpoint, false);
  EXPECT_EQ(config.account_id_endpoint_mode, "required");
}

TEST(ClientSettings, ThatCannotBeMeantAreBotocoresErrorsAndNameTheirPlace) {
  for (auto [name, value, code] :
       {std::tuple{"AWS_STS_REGIONAL_ENDPOINTS", "sometimes", "InvalidSTSRegionalEndpointsConfig"},
        {"AWS_STS_REGIONAL_ENDPOINTS", "Legacy", "InvalidSTSRegionalEndpointsConfig"},
        {"AWS_S3_US_EAST_1_REGIONAL_ENDPOINT", "x", "InvalidS3UsEast1RegionalEndpointConfig"},
        {"AWS_ACCOUNT_ID_ENDPOINT_MODE", "sometimes", "InvalidConfig"},
        {"AWS_REQUEST_CHECKSUM_CALCULATION", "never", "InvalidChecksumConfig"},
        {"AWS_RESPONSE_CHECKSUM_VALIDATION", "", "InvalidChecksumConfig"},
        {"AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "many", "InvalidConfig"},
        {"AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "0", "InvalidConfig"},
        {"AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "1048577", "InvalidConfig"},
        {"AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "1", "InvalidConfig"}}) {
    FakeEnvironment environment(std::map<std::string, std::string>{{name, value}});
    Config config;
    auto done = complete(config, environment);
    ASSERT_FALSE(done) << name;
    EXPECT_EQ(done.error().code(), code) << name;
    EXPECT_NE(done.error().describe().find(name), std::string::npos) << done.error().describe();
  }
}

TEST(ClientSettings, TellWhereEachCameFrom) {
  ScratchFolder folder;
  folder.write("config", "[default]\nuse_fips_endpoint = true\n");
  FakeEnvironment environment({{"AWS_CONFIG_FILE", folder.path("config")},
                               {"AWS_SHARED_CREDENTIALS_FILE", folder.path("none")},
                               {"AWS_S3_USE_ARN_REGION", "false"},
                               {"AWS_USE_DUALSTACK_ENDPOINT", "false"},
                               {"AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "true"}});
  auto shared = SharedConfig::load(testing_support::host_with(environment)).value();
  Config config;
  config.use_dualstack_endpoint = true;
  SettingOrigins origins;
  ASSERT_TRUE(complete_config(config, Settings::resolve({&environment, shared.get()}), origins));
  EXPECT_EQ(origins["use_fips_endpoint"], "use_fips_endpoint in " + folder.path("config") + ":2");
  EXPECT_EQ(origins["s3.use_arn_region"], "AWS_S3_USE_ARN_REGION");
  EXPECT_EQ(origins["s3.disable_s3_express_session_auth"], "AWS_S3_DISABLE_EXPRESS_SESSION_AUTH");
  EXPECT_EQ(origins.count("use_dualstack_endpoint"), 0U) << "the program's own";
  EXPECT_EQ(origins.count("account_id_endpoint_mode"), 0U) << "the default";
}

TEST(ClientSettings, HaveBotocoresDefaults) {
  Config config;
  ASSERT_TRUE(complete(config, FakeEnvironment()));
  EXPECT_EQ(config.request_checksum_calculation, "when_supported");
  EXPECT_EQ(config.response_checksum_validation, "when_supported");
  EXPECT_EQ(config.request_min_compression_size_bytes, 10240);
  EXPECT_EQ(config.disable_request_compression, false);
  EXPECT_EQ(config.account_id_endpoint_mode, "preferred");
  EXPECT_EQ(config.connect_timeout, std::chrono::seconds(60));
  EXPECT_EQ(config.parameter_validation, true);
  EXPECT_EQ(config.inject_host_prefix, std::nullopt);
  EXPECT_EQ(config.s3, Config::S3());
}

TEST(ClientSettings, OfUnsignedRequestsDoNotNameAnAccount) {
  FakeEnvironment environment(Variables{{"AWS_ACCOUNT_ID_ENDPOINT_MODE", "required"}});
  Config config;
  config.unsigned_requests = true;
  ASSERT_TRUE(complete(config, environment));
  EXPECT_EQ(config.account_id_endpoint_mode, "disabled");
}

TEST(ClientSettings, HostPrefixesCanBeTurnedOffOutsideTheProgram) {
  FakeEnvironment environment(Variables{{"AWS_DISABLE_HOST_PREFIX_INJECTION", "TRUE"}});
  Config config;
  ASSERT_TRUE(complete(config, environment));
  EXPECT_EQ(config.inject_host_prefix, false);
  Config own;
  own.inject_host_prefix = true;
  ASSERT_TRUE(complete(own, environment));
  EXPECT_EQ(own.inject_host_prefix, true);
}

TEST(FipsRegions, AreRealRegionsWithTheOption) {
  for (auto [given, real] : {std::pair{"fips-us-gov-west-1", "us-gov-west-1"},
                             std::pair{"us-east-1-fips", "us-east-1"}}) {
    Config config;
    SettingOrigins origins;
    EXPECT_EQ(without_fips(given, config, origins), real);
    EXPECT_EQ(origins["use_fips_endpoint"], "the region's name");
    EXPECT_EQ(config.use_fips_endpoint, true);
  }
  Config config;
  SettingOrigins origins;
  EXPECT_EQ(without_fips("eu-west-1", config, origins), "eu-west-1");
  EXPECT_TRUE(origins.empty());
  EXPECT_EQ(config.use_fips_endpoint, std::nullopt);
}

}  // namespace
}  // namespace botocxx::session
