#include "auth/redaction.h"

#include "auth/mismatch.h"
#include "auth/sign.h"
#include "unit/auth/sample_requests.h"

#include <gtest/gtest.h>

#include <sstream>

namespace botocxx::auth {
namespace {

constexpr char kSecret[] = "planted/Secret+Key";
constexpr char kToken[] = "planted/Token+Text=";

const char* const kSchemes[] = {"v2",           "v3",
                                "v4",           "v4-query",
                                "v4a",          "v4a-query",
                                "s3v4",         "s3v4-query",
                                "s3v4a",        "s3v4a-query",
                                "s3",           "s3-query",
                                "v4-s3express", "v4-s3express-query",
                                "bearer"};

// Everything of this module that can be printed, for one scheme.
std::string everything_printed(AuthScheme scheme) {
  auto request = make_request("GET", "https://b.example/k?a=1", {{"x-amz-meta-a", "1"}});
  auto credentials = make_credentials("AKID", kSecret, kToken);
  SigningInput input;
  input.scheme = scheme;
  input.v4 = store_options("2026-01-02T03:04:05Z");
  input.bearer_token = kToken;
  auto additions = sign(request, &credentials, input).value();
  std::ostringstream out;
  out << additions << credentials << testing::PrintToString(additions)
      << testing::PrintToString(credentials);
  auto theirs = ServiceStages{.canonical_request = "x\n" + additions.canonical_request,
                              .string_to_sign = "x\n" + additions.string_to_sign};
  out << explain_mismatch(additions, theirs).value_or("");
  std::string text = out.str();
  if (!additions.signature.empty()) {
    EXPECT_EQ(text.find(additions.signature), std::string::npos) << to_string(scheme);
  }
  return text;
}

TEST(Redaction, NoSchemePrintsASecret) {
  for (const char* name : kSchemes) {
    std::string text = everything_printed(parse_scheme(name).value());
    for (const char* secret : {"planted", "Secret", "Token+Text", "Token%2BText", "%2FToken"}) {
      EXPECT_EQ(text.find(secret), std::string::npos) << name << ": " << text;
    }
    EXPECT_NE(text.find("AKID"), std::string::npos) << name;
  }
}

TEST(Redaction, NoErrorShowsASecret) {
  auto credentials = make_credentials("", kSecret, kToken);
  auto request = make_request("POST", "https://b.example/k", {},
                              Body::from_callback([](std::span<std::byte>) -> Result<std::size_t> {
                                return std::size_t{0};
                              }));
  for (const char* name : kSchemes) {
    SigningInput input;
    input.scheme = parse_scheme(name).value();
    input.v4 = store_options("2026-01-02T03:04:05Z");
    auto additions = sign(request, &credentials, input);
    ASSERT_FALSE(additions) << name;
    EXPECT_EQ(additions.error().describe().find("planted"), std::string::npos);
  }
}

TEST(Redaction, KeepsWhatIsNoSecret) {
  EXPECT_EQ(redacted_value("authorization",
                           "AWS4-HMAC-SHA256 Credential=A/b, SignedHeaders=host, Signature=abc"),
            "AWS4-HMAC-SHA256 Credential=A/b, SignedHeaders=host, Signature=[redacted]");
  EXPECT_EQ(redacted_value("Authorization", "AWS AKID:sig"), "AWS AKID:[redacted]");
  EXPECT_EQ(redacted_value("Authorization", "Basic abc"), "Basic [redacted]");
  EXPECT_EQ(redacted_value("Authorization", "abc"), "[redacted]");
  EXPECT_EQ(redacted_value("X-Other", "abc"), "abc");
  EXPECT_EQ(redacted_query("a=1&X-Amz-%53ignature=abc&b"), "a=1&X-Amz-%53ignature=[redacted]&b");
  EXPECT_EQ(redacted_line("/b/k?Signature=x&acl"), "/b/k?Signature=[redacted]&acl");
}

TEST(Credentials, SayWhatIsSetOnly) {
  Credentials credentials = make_credentials("AKID", kSecret, kToken);
  credentials.source = "environment";
  EXPECT_EQ(to_string(credentials),
            "access key AKID, secret key set, session token set, from environment");
  EXPECT_EQ(to_string(Credentials{}), "access key not set, secret key not set");
}

}  // namespace
}  // namespace botocxx::auth
