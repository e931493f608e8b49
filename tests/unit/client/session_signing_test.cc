#include "codec/json.h"
#include "model/compiler.h"
#include "unit/client/stub_http_client.h"
#include <botocxx/client/client.h>
#include <botocxx/presign/presign.h>

#include <gtest/gtest.h>

namespace botocxx {
namespace {

constexpr std::string_view kModel = R"({
  "metadata": {"apiVersion": "1", "endpointPrefix": "st", "protocol": "rest-xml",
               "serviceId": "St", "signatureVersion": "s3v4"},
  "operations": {
    "Get": {"name": "Get", "http": {"method": "GET", "requestUri": "/{Key}"}, "input": {"shape": "In"}},
    "Open": {"name": "Open", "http": {"method": "GET", "requestUri": "/?session"},
             "input": {"shape": "OpenIn"}, "output": {"shape": "OpenOut"}}},
  "shapes": {
    "Text": {"type": "string"}, "Time": {"type": "timestamp"},
    "In": {"type": "structure", "members": {
      "Bucket": {"shape": "Text", "location": "header", "locationName": "x-bucket"},
      "Key": {"shape": "Text", "location": "uri", "locationName": "Key"}}},
    "OpenIn": {"type": "structure", "members": {
      "Bucket": {"shape": "Text", "location": "header", "locationName": "x-bucket"}}},
    "Keys": {"type": "structure", "members": {
      "AccessKeyId": {"shape": "Text"}, "SecretAccessKey": {"shape": "Text"},
      "SessionToken": {"shape": "Text"}, "Expiration": {"shape": "Time"}}},
    "OpenOut": {"type": "structure", "members": {"Credentials": {"shape": "Keys"}}}}})";

class FixedClock : public Clock {
 public:
  Timestamp now() const override { return Timestamp::from_unix(1767323045); }
};

// Sessions for every operation but the one that opens them.
class SessionEndpoint : public EndpointResolver {
 public:
  Result<Endpoint> resolve(const EndpointQuery& query) const override {
    Endpoint endpoint;
    endpoint.url = Url::parse("https://zone.example.com").value();
    if (query.operation.name() == "Open") return endpoint;
    endpoint.properties.set("authSchemes", codec::parse_json(R"([{"name": "sigv4-s3express",
                              "signingName": "s3express", "signingRegion": "r"}])")
                                               .value());
    return endpoint;
  }
};

HttpResponse session_answer(const std::string& keys) {
  HttpResponse response;
  response.status = 200;
  response.body = Body("<OpenOut><Credentials>" + keys + "</Credentials></OpenOut>");
  return response;
}

const std::string kKeys =
    "<AccessKeyId>SESSIONKEY</AccessKeyId><SecretAccessKey>S</SecretAccessKey>"
    "<SessionToken>SESSIONTOKEN</SessionToken><Expiration>2026-01-02T03:09:05Z</Expiration>";

class SessionSigningTest : public testing::Test {
 protected:
  SessionSigningTest() {
    parts_.model = model::compile_and_open(codec::parse_json(kModel).value(), "st", "1").value();
    parts_.region = "r";
    parts_.credentials = make_static_credentials_provider({"AKID", "SECRET", "TOKEN", "", {}, ""});
    parts_.endpoints = std::make_shared<SessionEndpoint>();
    parts_.http = http_;
    parts_.signing.session_operation = "Open";
    parts_.host.clock = &clock_;
  }

  FixedClock clock_;
  std::shared_ptr<StubHttpClient> http_ = std::make_shared<StubHttpClient>();
  ClientParts parts_;
  Value params_{{"Bucket", "b"}, {"Key", "k"}};
};

TEST_F(SessionSigningTest, ASessionIsOpenedOnceAndSignsTheCallsOfItsBucket) {
  http_->answers.push_back(session_answer(kKeys));
  Client client = Client::create(parts_).value();
  auto first = client.prepare("Get", params_);
  auto second = client.prepare("Get", params_);
  ASSERT_TRUE(first && second) << first.error().message();
  ASSERT_EQ(http_->requests.size(), 1U);
  EXPECT_EQ(http_->requests[0].url.to_string(), "https://zone.example.com/?session");
  EXPECT_EQ(http_->requests[0].headers.get("x-amz-security-token"), "TOKEN");
  EXPECT_EQ(second->headers.get("x-amz-s3session-token"), "SESSIONTOKEN");
  EXPECT_FALSE(second->headers.contains("x-amz-security-token"));
  EXPECT_TRUE(second->headers.get("authorization")
                  .value_or("")
                  .starts_with("AWS4-HMAC-SHA256 Credential=SESSIONKEY/20260102/r/s3express/"));
}

TEST_F(SessionSigningTest, UrlsAreSignedWithTheSessionToo) {
  http_->answers.push_back(session_answer(kKeys));
  auto url = presign(Client::create(parts_).value(), "Get", params_);
  ASSERT_TRUE(url);
  EXPECT_NE(url->url.find("X-Amz-S3session-Token=SESSIONTOKEN"), std::string::npos) << url->url;
}

TEST_F(SessionSigningTest, WhatKeepsASessionFromBeingOpenedIsTheCallsError) {
  Client client = Client::create(parts_).value();
  EXPECT_EQ(client.prepare("Get", params_).error().code(), "EndpointConnection");
  http_->answers.push_back(session_answer(""));
  EXPECT_EQ(client.prepare("Get", params_).error().code(), "ResponseParser");
  EXPECT_EQ(client.prepare("Get", {{"Key", "k"}}).error().code(), "NeedsConnection");
}

TEST_F(SessionSigningTest, WithoutATransportThereIsNoSession) {
  parts_.http = nullptr;
  EXPECT_EQ(Client::create(parts_).value().prepare("Get", params_).error().code(),
            "NeedsConnection");
}

TEST_F(SessionSigningTest, WhatAStoreSignsBesidesIsData) {
  parts_.config.signature_version = "s3";
  parts_.region = "r";
  auto signature = [&] {
    auto request = Client::create(parts_).value().prepare("Open", {{"Bucket", "b"}});
    return std::string(request.value().headers.get("Authorization").value_or(""));
  };
  const std::string plain = signature();
  parts_.signing.store.sub_resources = {{"session", ""}};
  const std::string with_parameter = signature();
  parts_.signing.store.sub_resources = {{"session", "session"}};
  EXPECT_EQ(signature(), plain);
  parts_.signing.store.header_prefixes = {"x-bucket"};
  EXPECT_NE(with_parameter, plain);
  EXPECT_NE(signature(), plain);
}

}  // namespace
}  // namespace botocxx
