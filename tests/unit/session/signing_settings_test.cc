#include "session/signing_settings.h"

#include "codec/json.h"
#include "model/compiler.h"
#include "session/client_settings.h"
#include "support/scratch_folder.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace botocxx::session {
namespace {

using testing_support::FakeEnvironment;
using Variables = std::map<std::string, std::string>;

class SigningSettingsTest : public testing::Test {
 protected:
  ClientParts completed(const FakeEnvironment& environment, std::string_view signing_name) {
    std::string model = R"({"metadata": {"apiVersion": "2010-01-01", "endpointPrefix": "x",
        "protocol": "query", "serviceId": "X", "signatureVersion": "v4", "signingName": ")";
    model.append(signing_name).append(R"("}, "operations": {}, "shapes": {}})");
    auto compiled =
        model::compile_and_open(codec::parse_json(model).value(), "x", "2010-01-01").value();
    ClientParts parts = given_;
    const Settings settings = Settings::resolve({&environment});
    EXPECT_TRUE(complete_config(parts.config, settings, parts.origins));
    complete_signing_settings(*compiled, environment, settings, parts);
    return parts;
  }

  ClientParts given_;
};

TEST_F(SigningSettingsTest, ATokenIsOfTheServicesOfOneSigningName) {
  FakeEnvironment environment(Variables{{"AWS_BEARER_TOKEN_CODE_STORE", "t"}});
  EXPECT_EQ(completed(environment, "code-store").bearer_token, "t");
  EXPECT_FALSE(completed(environment, "code-store").signing.prefer_bearer);
  EXPECT_EQ(completed(environment, "code").bearer_token, "");
  EXPECT_TRUE(completed(FakeEnvironment(Variables{{"AWS_BEARER_TOKEN_BEDROCK", "t"}}), "bedrock")
                  .signing.prefer_bearer);
}

TEST_F(SigningSettingsTest, WhatTheProgramSaysIsStronger) {
  FakeEnvironment environment({{"AWS_BEARER_TOKEN_X", "t"},
                               {"AWS_SIGV4A_SIGNING_REGION_SET", "a,b"},
                               {"AWS_AUTH_SCHEME_PREFERENCE", "sigv4a"}});
  ClientParts parts = completed(environment, "x");
  EXPECT_EQ(parts.config.sigv4a_signing_region_set, "a,b");
  EXPECT_EQ(parts.signing.auth_scheme_preference, "sigv4a");
  EXPECT_EQ(parts.config.auth_scheme_preference, "") << "code did not say it";
  given_.bearer_token = "mine";
  given_.config.sigv4a_signing_region_set = "region-c";
  parts = completed(environment, "x");
  EXPECT_EQ(parts.bearer_token, "mine");
  EXPECT_EQ(parts.config.sigv4a_signing_region_set, "region-c");
}

}  // namespace
}  // namespace botocxx::session
