#include <botocxx/client/sign_request.h>

#include <gtest/gtest.h>

namespace botocxx {
namespace {

const Timestamp kTime = Timestamp::from_unix(1440938160);  // 2015-08-30T12:36:00Z
const Credentials kCredentials{
    "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "", "", {}, ""};

HttpRequest get(std::string_view url) {
  return {.method = "GET", .url = Url::parse(url).value(), .headers = {}, .body = {}};
}

std::string code(const RequestSigning& how, const Credentials& credentials = kCredentials) {
  auto made = sign_request(get("https://example.amazonaws.com/"), credentials, how, kTime);
  return made ? "ok" : made.error().code();
}

TEST(SignRequestTest, GivesTheSignatureThatAwsPublishes) {
  auto made = sign_request(get("https://example.amazonaws.com/"), kCredentials,
                           {.service = "service", .region = "us-east-1"}, kTime);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->request.headers.get("Authorization"),
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
            "SignedHeaders=host;x-amz-date, "
            "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
}

TEST(SignRequestTest, StoresGetTheirOwnWayOfVersion4) {
  auto made = sign_request(get("https://b.example.com/a//b/../c%20d"), kCredentials,
                           {.service = "s3", .region = "us-east-1"}, kTime);
  ASSERT_TRUE(made);
  EXPECT_TRUE(made->request.headers.contains("X-Amz-Content-SHA256"));
  EXPECT_NE(made->stages.find("/a//b/../c%20d"), std::string::npos) << made->stages;
}

TEST(SignRequestTest, AnExpiryPutsTheSignatureIntoTheUrl) {
  auto made =
      sign_request(get("https://example.amazonaws.com/?a=b"), kCredentials,
                   {.service = "s", .region = "r", .expires_in = std::chrono::seconds(60)}, kTime);
  ASSERT_TRUE(made);
  EXPECT_TRUE(made->request.url.query.starts_with("a=b&X-Amz-Algorithm=AWS4-HMAC-SHA256&"));
  EXPECT_FALSE(made->request.headers.contains("Authorization"));
}

TEST(SignRequestTest, StagesShowNoSecret) {
  Credentials temporary = kCredentials;
  temporary.session_token = "TOKENTOKEN";
  auto made = sign_request(get("https://example.amazonaws.com/"), temporary,
                           {.service = "s", .region = "r"}, kTime);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->stages.find("TOKENTOKEN"), std::string::npos) << made->stages;
  EXPECT_EQ(made->stages.find("wJalr"), std::string::npos);
  EXPECT_NE(made->stages.find("[redacted]"), std::string::npos);
}

TEST(SignRequestTest, TheLengthIsAddedUnsigned) {
  HttpRequest request = get("https://example.amazonaws.com/");
  request.method = "POST";
  request.body = Body("abc");
  auto made =
      sign_request(std::move(request), kCredentials, {.service = "s", .region = "r"}, kTime);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->request.headers.get("Content-Length"), "3");
  EXPECT_EQ(made->stages.find("content-length"), std::string::npos);
}

TEST(SignRequestTest, WhatIsMissingIsNamed) {
  EXPECT_EQ(code({.service = "s"}), "NoRegion");
  EXPECT_EQ(code({.region = "r"}), "MissingSigningName");
  EXPECT_EQ(code({.service = "s", .region = "r"}, {}), "NoCredentials");
  EXPECT_EQ(code({.service = "s", .region = "r", .signature_version = "v5"}),
            "UnknownSignatureVersion");
  EXPECT_EQ(code({.service = "s", .region = "r", .signature_version = "bearer"}),
            "UnsupportedSignatureVersion");
  EXPECT_EQ(code({.signature_version = "v3", .expires_in = std::chrono::seconds(1)}),
            "UnsupportedSignatureVersion");
}

TEST(SignRequestTest, ABodyThatIsReadOnceIsRefusedUnlessItIsLeftOut) {
  auto with = [](bool sign_payload) {
    HttpRequest request = get("https://example.amazonaws.com/");
    request.method = "PUT";
    request.body = Body::from_callback([](auto) -> Result<std::size_t> { return 0; });
    auto made = sign_request(std::move(request), kCredentials,
                             {.service = "s", .region = "r", .sign_payload = sign_payload}, kTime);
    return made ? std::string(made->request.headers.get("X-Amz-Content-SHA256").value_or(""))
                : made.error().code();
  };
  EXPECT_EQ(with(true), "UnseekableStream");
  EXPECT_EQ(with(false), "UNSIGNED-PAYLOAD");
}

}  // namespace
}  // namespace botocxx
