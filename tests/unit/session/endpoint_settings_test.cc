#include "session/endpoint_settings.h"

#include "model/compiler.h"
#include "support/scratch_folder.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace botocxx::session {
namespace {

using testing_support::FakeEnvironment;
using testing_support::ScratchFolder;

std::shared_ptr<const ServiceModel> model(std::string_view id) {
  Value document{{"metadata", Value{{"apiVersion", "2020-01-01"},
                                    {"endpointPrefix", "x"},
                                    {"protocol", "json"},
                                    {"serviceId", id}}},
                 {"operations", Value::object()},
                 {"shapes", Value::object()}};
  return model::compile_and_open(document, "x", "2020-01-01").value();
}

TEST(EndpointSettings, ComeFromTheEnvironment) {
  SettingOrigins origins;
  FakeEnvironment environment({{"AWS_USE_FIPS_ENDPOINT", "True"},
                               {"AWS_USE_DUALSTACK_ENDPOINT", "1"},
                               {"AWS_S3_USE_ARN_REGION", "false"},
                               {"AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS", "true"},
                               {"AWS_S3_US_EAST_1_REGIONAL_ENDPOINT", "Regional"},
                               {"AWS_STS_REGIONAL_ENDPOINTS", "legacy"},
                               {"AWS_ACCOUNT_ID_ENDPOINT_MODE", "required"}});
  Config config;
  ASSERT_TRUE(complete_endpoint_settings(config, environment, nullptr, origins));
  EXPECT_EQ(config.use_fips_endpoint, true);
  EXPECT_EQ(config.use_dualstack_endpoint, false) << "only \"true\" is true";
  EXPECT_EQ(config.s3.use_arn_region, false);
  EXPECT_TRUE(config.s3.disable_multiregion_access_points);
  EXPECT_EQ(config.s3.us_east_1_regional_endpoint, "regional");
  EXPECT_EQ(config.sts_regional_endpoints, "legacy");
  EXPECT_EQ(config.account_id_endpoint_mode, "required");
  EXPECT_EQ(origins["s3.use_arn_region"], "AWS_S3_USE_ARN_REGION");
}

TEST(EndpointSettings, OfTheProgramComeFirstThenTheEnvironmentThenTheProfile) {
  SettingOrigins origins;
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
  ASSERT_TRUE(complete_endpoint_settings(config, environment, shared.get(), origins));
  EXPECT_EQ(config.use_fips_endpoint, true);
  EXPECT_EQ(config.use_dualstack_endpoint, false);
  EXPECT_EQ(config.account_id_endpoint_mode, "required");
  EXPECT_EQ(origins["use_fips_endpoint"], "use_fips_endpoint in " + folder.path("config") + ":2");
  EXPECT_EQ(origins["use_dualstack_endpoint"], "AWS_USE_DUALSTACK_ENDPOINT");
  EXPECT_EQ(origins.count("account_id_endpoint_mode"), 0u);
}

TEST(EndpointSettings, ThatCannotBeMeantAreErrors) {
  SettingOrigins origins;
  for (const char* name : {"AWS_STS_REGIONAL_ENDPOINTS", "AWS_S3_US_EAST_1_REGIONAL_ENDPOINT",
                           "AWS_ACCOUNT_ID_ENDPOINT_MODE"}) {
    std::map<std::string, std::string> variables{{name, "sometimes"}};
    FakeEnvironment environment(variables);
    Config config;
    auto complete = complete_endpoint_settings(config, environment, nullptr, origins);
    ASSERT_FALSE(complete) << name;
    EXPECT_EQ(complete.error().code(), "InvalidConfig");
    EXPECT_NE(complete.error().message().find("sometimes"), std::string::npos);
  }
}

TEST(EndpointUrl, OfTheServiceComesBeforeThatOfAll) {
  SettingOrigins origins;
  FakeEnvironment environment({{"AWS_ENDPOINT_URL", "http://all"},
                               {"AWS_ENDPOINT_URL_ELASTIC_BEANSTALK", "http://beans"},
                               {"AWS_ENDPOINT_URL_S3", ""}});
  EXPECT_EQ(configured_endpoint_url(*model("Elastic Beanstalk"), {}, environment, origins),
            "http://beans");
  EXPECT_EQ(configured_endpoint_url(*model("S3"), {}, environment, origins), "http://all");
  EXPECT_EQ(configured_endpoint_url(*model("S3"), {}, FakeEnvironment(), origins), "");
  Config ignoring;
  ignoring.ignore_configured_endpoint_urls = true;
  EXPECT_EQ(configured_endpoint_url(*model("S3"), ignoring, environment, origins), "");
}

TEST(FipsRegions, AreRealRegionsWithTheOption) {
  SettingOrigins origins;
  for (auto [given, real] : {std::pair{"fips-us-gov-west-1", "us-gov-west-1"},
                             std::pair{"us-east-1-fips", "us-east-1"}}) {
    Config config;
    EXPECT_EQ(without_fips(given, config, origins), real);
    EXPECT_EQ(config.use_fips_endpoint, true);
  }
  Config config;
  EXPECT_EQ(without_fips("eu-west-1", config, origins), "eu-west-1");
  EXPECT_EQ(config.use_fips_endpoint, std::nullopt);
}

}  // namespace
}  // namespace botocxx::session
