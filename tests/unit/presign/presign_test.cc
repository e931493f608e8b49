#include "client/regional_endpoint_resolver.h"
#include "codec/json.h"
#include "model/compiler.h"
#include <botocxx/presign/presign.h>

#include <gtest/gtest.h>

#include <algorithm>

namespace botocxx {
namespace {

constexpr std::string_view kModel = R"({
  "metadata": {"apiVersion": "1", "endpointPrefix": "posts", "protocol": "rest-json",
               "serviceId": "Posts", "signatureVersion": "v4"},
  "operations": {
    "Get": {"name": "Get", "http": {"method": "GET", "requestUri": "/items/{Name}"},
            "input": {"shape": "In"}},
    "Put": {"name": "Put", "http": {"method": "PUT", "requestUri": "/items/{Name}"},
            "input": {"shape": "Upload"}},
    "Post": {"name": "Post", "http": {"method": "POST", "requestUri": "/items"},
             "input": {"shape": "Sized"}},
    "Open": {"name": "Open", "http": {"method": "GET", "requestUri": "/open"}, "authtype": "none"},
    "CreateBucket": {"name": "CreateBucket", "http": {"method": "PUT", "requestUri": "/{Bucket}"},
                     "input": {"shape": "Bucket"}}
  },
  "shapes": {
    "Text": {"type": "string"}, "Blob": {"type": "blob", "streaming": true},
    "In": {"type": "structure", "required": ["Name"], "members": {
      "Name": {"shape": "Text", "location": "uri", "locationName": "Name"},
      "Kind": {"shape": "Text", "location": "header", "locationName": "x-kind"}}},
    "Sized": {"type": "structure", "members": {"Size": {"shape": "Text"}}},
    "Upload": {"type": "structure", "required": ["Name"], "payload": "Body", "members": {
      "Name": {"shape": "Text", "location": "uri", "locationName": "Name"},
      "Body": {"shape": "Blob"}}},
    "Bucket": {"type": "structure", "members": {
      "Bucket": {"shape": "Text", "location": "uri", "locationName": "Bucket"}}}
  }})";

class FixedClock : public Clock {
 public:
  Timestamp now() const override { return Timestamp::from_unix(1767323045); }
};

class PresignTest : public testing::Test {
 protected:
  PresignTest() {
    parts_.model = model::compile_and_open(codec::parse_json(kModel).value(), "posts", "1").value();
    parts_.region = "eu-west-1";
    parts_.credentials =
        make_static_credentials_provider({"AKID", "SECRET", "TOKEN/+", "", {}, ""});
    parts_.endpoints = std::make_shared<client::RegionalEndpointResolver>(nullptr);
    parts_.host.clock = &clock_;
  }

  Result<PresignedUrl> url(std::string_view operation, const Value& params = Value::object(),
                           const PresignOptions& options = {}) {
    return presign(Client::create(parts_).value(), operation, params, options);
  }
  std::string code(std::string_view operation, const Value& params = Value::object()) {
    auto made = url(operation, params);
    return made ? "ok" : made.error().code();
  }

  FixedClock clock_;
  ClientParts parts_;
};

TEST_F(PresignTest, AUrlHoldsAllThatASignatureNeeds) {
  auto made = url("Get", {{"Name", "a b"}}, {.expires_in = std::chrono::seconds(60)});
  ASSERT_TRUE(made);
  EXPECT_EQ(made->method, "GET");
  EXPECT_EQ(made->url.substr(0, made->url.find("&X-Amz-Signature=")),
            "https://posts.eu-west-1.amazonaws.com/items/a%20b?X-Amz-Algorithm=AWS4-HMAC-SHA256"
            "&X-Amz-Credential=AKID%2F20260102%2Feu-west-1%2Fposts%2Faws4_request"
            "&X-Amz-Date=20260102T030405Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host"
            "&X-Amz-Security-Token=TOKEN%2F%2B");
  EXPECT_TRUE(made->headers.empty());
}

TEST_F(PresignTest, HeadersOfTheOperationAndOfTheCallerAreSignedAndHandedBack) {
  PresignOptions options;
  options.headers.add("X-Mine", "1");
  auto made = url("Get", {{"Name", "a"}, {"Kind", "small"}}, options);
  ASSERT_TRUE(made);
  EXPECT_NE(made->url.find("X-Amz-SignedHeaders=host%3Bx-kind%3Bx-mine&"), std::string::npos);
  EXPECT_EQ(made->headers.get("x-kind"), "small");
  EXPECT_EQ(made->headers.get("x-mine"), "1");
  EXPECT_FALSE(made->headers.contains("User-Agent"));
}

TEST_F(PresignTest, AnotherMethodIsSigned) {
  auto get = url("Get", {{"Name", "a"}});
  auto head = url("Get", {{"Name", "a"}}, {.http_method = "HEAD"});
  ASSERT_TRUE(get && head);
  EXPECT_EQ(head->method, "HEAD");
  EXPECT_NE(get->url, head->url);
}

TEST_F(PresignTest, MembersOfTheBodyBecomeParameters) {
  auto made = url("Post", {{"Size", "9"}});
  ASSERT_TRUE(made);
  EXPECT_NE(made->url.find("?Size=9&X-Amz-Algorithm"), std::string::npos) << made->url;
}

TEST_F(PresignTest, AStreamThatIsUploadedHasNoPlaceInAUrl) {
  EXPECT_EQ(code("Put", {{"Name", "a"}}), "ok");
  EXPECT_EQ(code("Put", {{"Name", "a"}, {"Body", Bytes{"{}"}}}), "UnsupportedBody");
}

TEST_F(PresignTest, WhatNeedsNoSignatureGetsNone) {
  auto made = url("Open");
  ASSERT_TRUE(made);
  EXPECT_EQ(made->url, "https://posts.eu-west-1.amazonaws.com/open");
}

TEST_F(PresignTest, TokensAndOlderVersionsSignNoUrls) {
  for (const char* version : {"bearer", "v2", "v3", "made-up"}) {
    parts_.config.signature_version = version;
    EXPECT_EQ(code("Get", {{"Name", "a"}}), "UnsupportedSignatureVersion") << version;
  }
}

TEST_F(PresignTest, ErrorsOfACallAreErrorsOfItsUrl) {
  EXPECT_EQ(code("Get"), "ParamValidation");
  EXPECT_EQ(code("Gte"), "UnknownOperation");
  parts_.credentials = nullptr;
  EXPECT_EQ(code("Get", {{"Name", "a"}}), "NoCredentials");
}

TEST_F(PresignTest, AFormHasItsFieldsInOrder) {
  parts_.config.signature_version = "s3v4";
  PresignPostOptions options;
  options.fields = {{"acl", "private"}};
  auto post = presign_post(Client::create(parts_).value(), "bkt", "up/${filename}", options);
  ASSERT_TRUE(post);
  EXPECT_EQ(post->url, "https://posts.eu-west-1.amazonaws.com/bkt");
  std::string names;
  for (const auto& [name, value] : post->fields) names += name + ' ';
  EXPECT_EQ(names,
            "acl key x-amz-algorithm x-amz-credential x-amz-date x-amz-security-token policy "
            "x-amz-signature ");
}

TEST_F(PresignTest, WhatSignsNoFormsIsRefused) {
  parts_.config.signature_version = "v2";
  auto post = presign_post(Client::create(parts_).value(), "bkt", "k");
  ASSERT_FALSE(post);
  EXPECT_EQ(post.error().code(), "UnsupportedSignatureVersion");
}

}  // namespace
}  // namespace botocxx
