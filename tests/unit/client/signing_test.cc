#include "codec/json.h"
#include "model/compiler.h"
#include <botocxx/client/client.h>

#include <gtest/gtest.h>

namespace botocxx {
namespace {

constexpr std::string_view kModel = R"({
  "metadata": {"apiVersion": "2010-01-01", "endpointPrefix": "posts", "protocol": "query",
               "serviceId": "Posts", "auth": ["aws.auth#sigv4", "smithy.api#httpBearerAuth"]},
  "operations": {
    "Post": {"name": "Post", "http": {"method": "POST", "requestUri": "/"}},
    "Far": {"name": "Far", "http": {"method": "POST", "requestUri": "/"}, "auth": ["aws.auth#sigv4a"]},
    "Free": {"name": "Free", "http": {"method": "POST", "requestUri": "/"}, "auth": ["smithy.api#noAuth"]}},
  "shapes": {}})";

class FixedEndpoint : public EndpointResolver {
 public:
  explicit FixedEndpoint(std::string_view schemes) {
    endpoint_.url = Url::parse("https://posts.example.com").value();
    if (!schemes.empty()) {
      endpoint_.properties.set("authSchemes", codec::parse_json(schemes).value());
    }
  }
  Result<Endpoint> resolve(const EndpointQuery&) const override { return endpoint_; }

 private:
  Endpoint endpoint_{};
};

class SigningTest : public testing::Test {
 protected:
  SigningTest() {
    parts_.model =
        model::compile_and_open(codec::parse_json(kModel).value(), "posts", "2010-01-01").value();
    parts_.region = "eu-west-1";
    parts_.credentials = make_static_credentials_provider({"AKID", "SECRET", "", "", {}, ""});
  }

  // "scheme name region", or the code of the error.
  std::string signer(std::string_view schemes, std::string_view operation = "Post") {
    parts_.endpoints = std::make_shared<FixedEndpoint>(schemes);
    auto client = Client::create(parts_);
    if (!client) return client.error().code();
    auto endpoint = client->resolve_endpoint(operation);
    if (!endpoint) return endpoint.error().code();
    return endpoint->auth_type + ' ' + endpoint->signing_name + ' ' + endpoint->signing_region;
  }
  std::string authorization(std::string_view operation = "Post") {
    auto request = Client::create(parts_).value().prepare(operation);
    if (!request) return request.error().code();
    return std::string(request->headers.get("Authorization").value_or(""));
  }

  ClientParts parts_;
};

constexpr std::string_view kBoth =
    R"([{"name": "sigv9"}, {"name": "sigv4a", "signingName": "n", "signingRegionSet": ["a", "b"]},
        {"name": "sigv4", "signingName": "m", "signingRegion": "r"}])";

TEST_F(SigningTest, TheEndpointsFirstKnownSchemeSigns) {
  EXPECT_EQ(signer(""), "v4 posts eu-west-1");
  EXPECT_EQ(signer(kBoth), "v4 m r") << "4a is not asked for";
  parts_.config.auth_scheme_preference = "sigv4a";
  EXPECT_EQ(signer(kBoth), "v4a n a,b");
  EXPECT_TRUE(authorization().starts_with("AWS4-ECDSA-P256-SHA256 ")) << authorization();
  EXPECT_EQ(signer(R"([{"name": "sigv9"}])"), "UnknownSignatureVersion");
}

TEST_F(SigningTest, Version4aSignsWithoutBeingAskedForWhereThereIsNothingElse) {
  EXPECT_EQ(signer(R"([{"name": "sigv4a", "signingRegionSet": ["*"]}])"), "v4a posts *");
  parts_.config.auth_scheme_preference = "sigv4";
  EXPECT_EQ(signer(R"([{"name": "sigv4a", "signingRegionSet": ["*"]}])"), "v4a posts *");
}

TEST_F(SigningTest, Version4aIsAskedForByTheNameOfItsVersion) {
  parts_.config.signature_version = "v4a";
  EXPECT_EQ(signer(kBoth), "v4a n a,b");
}

TEST_F(SigningTest, WhatIsAskedForComesBeforeTheEndpointsOrder) {
  parts_.config.auth_scheme_preference = " sigv4 ,, httpBearerAuth";
  EXPECT_EQ(signer(R"([{"name": "sigv4a"}, {"name": "sigv4", "signingName": "m"}])"),
            "v4 m eu-west-1");
  parts_.config.auth_scheme_preference.clear();
  parts_.signing.auth_scheme_preference = "sigv4";
  EXPECT_EQ(signer(R"([{"name": "sigv4a"}, {"name": "sigv4", "signingName": "m"}])"),
            "v4 m eu-west-1");
  parts_.config.signature_version = "v2";
  EXPECT_EQ(signer(kBoth), "v2 posts eu-west-1");
  parts_.config.unsigned_requests = true;
  EXPECT_EQ(signer(kBoth).substr(0, 5), "none ");
}

TEST_F(SigningTest, TheRegionsOfVersion4aCanBeSet) {
  parts_.config.auth_scheme_preference = "sigv4a";
  EXPECT_EQ(signer("", "Far"), "v4a posts *");
  parts_.config.sigv4a_signing_region_set = "x,y";
  EXPECT_EQ(signer("", "Far"), "v4a posts x,y");
  EXPECT_EQ(signer(kBoth), "v4a n x,y");
}

TEST_F(SigningTest, ATokenForTheServiceGoesFirstUnlessCodeSaysOtherwise) {
  parts_.bearer_token = "token-1";
  EXPECT_EQ(signer(""), "v4 posts eu-west-1");
  parts_.signing.prefer_bearer = true;
  EXPECT_EQ(signer(""), "bearer posts eu-west-1");
  EXPECT_EQ(authorization(), "Bearer token-1");
  parts_.config.signature_version = "v4";
  EXPECT_EQ(signer(""), "v4 posts eu-west-1");
}

TEST_F(SigningTest, CallsThatNeedNoSignatureNeedNeitherCredentialsNorRegion) {
  parts_.credentials = nullptr;
  parts_.region.clear();
  EXPECT_EQ(signer("", "Free"), "none posts ");
  EXPECT_EQ(authorization("Free"), "");
  EXPECT_EQ(signer("", "Post"), "NoRegion");
  parts_.region.assign(1, 'r');  // a literal makes GCC 12 warn wrongly
  EXPECT_EQ(authorization(), "NoCredentials");
}

TEST_F(SigningTest, SessionsOfABucketAreRefusedInPlainWords) {
  signer(R"([{"name": "sigv4-s3express", "signingName": "s3express", "signingRegion": "r"}])");
  EXPECT_EQ(authorization(), "NeedsConnection");
}

}  // namespace
}  // namespace botocxx
