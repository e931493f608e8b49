#include "auth/sigv4.h"
#include "auth/sigv4a.h"
#include "unit/auth/sample_requests.h"

#include <gtest/gtest.h>

namespace botocxx::auth {
namespace {

SigV4Options url_options(std::string_view time, int seconds) {
  SigV4Options options = store_options(time);
  options.payload = PayloadHash::kUnsigned;
  options.expires = std::chrono::seconds(seconds);
  return options;
}

// From the S3 documentation's page on signatures in the query.
TEST(PresignedUrl, IsTheDocumentedOne) {
  auto request = make_request("GET", "https://examplebucket.s3.amazonaws.com/test.txt");
  auto additions =
      sign_v4(request, documented_credentials(), url_options("2013-05-24T00:00:00Z", 86400))
          .value();
  EXPECT_EQ(additions.canonical_request,
            "GET\n/test.txt\nX-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
            "AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date="
            "20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\n"
            "host:examplebucket.s3.amazonaws.com\n\nhost\nUNSIGNED-PAYLOAD");
  EXPECT_EQ(additions.signature,
            "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
  EXPECT_TRUE(additions.headers.empty());
  apply(additions, request);
  EXPECT_EQ(request.url.target(),
            "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
            "AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date="
            "20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature="
            "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
}

// From the page on signatures in headers.
TEST(SigV4, SignsTheDocumentedRequests) {
  const std::tuple<const char*, std::vector<Headers::Field>, const char*> cases[] = {
      {"/test.txt",
       {{"Range", "bytes=0-9"}},
       "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"},
      {"/?lifecycle", {}, "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"},
      {"/?max-keys=2&prefix=J",
       {},
       "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"}};
  for (const auto& [target, headers, signature] : cases) {
    auto request = make_request(
        "GET", std::string("https://examplebucket.s3.amazonaws.com") + target, headers);
    EXPECT_EQ(sign_v4(request, documented_credentials(), store_options("2013-05-24T00:00:00Z"))
                  .value()
                  .signature,
              signature)
        << target;
  }
}

TEST(PresignedUrl, PutsTheOperationsParametersFirstAndTheTokenLast) {
  auto request = make_request("GET", "https://b.s3.amazonaws.com/k?versionId=a%2Bb+c&acl&acl=2");
  auto credentials = make_credentials("AKID", "secret", "to/k=");
  auto query =
      *sign_v4(request, credentials, url_options("2026-01-02T03:04:05Z", 60)).value().query;
  EXPECT_TRUE(query.starts_with("versionId=a%2Bb%20c&acl=&X-Amz-Algorithm=AWS4-HMAC-SHA256&"))
      << query;
  EXPECT_NE(query.find("&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Security-Token=to%2Fk%3D&"
                       "X-Amz-Signature="),
            std::string::npos)
      << query;
}

TEST(PresignedUrl, OfASessionBucketCarriesTheSessionsToken) {
  auto request = make_request("GET", "https://b--x-s3.s3express-usw2-az1.example.com/k");
  auto options = url_options("2026-01-02T03:04:05Z", 300);
  options.session_auth = true;
  auto query =
      *sign_v4(request, make_credentials("AKID", "secret", "token"), options).value().query;
  EXPECT_NE(query.find("&X-Amz-S3session-Token=token&"), std::string::npos) << query;
  EXPECT_EQ(query.find("Security-Token"), std::string::npos);
}

TEST(PresignedUrl, DropsTheTypeOfAFormAndSignsEveryOtherHeader) {
  auto request = make_request(
      "POST", "https://h.example/",
      {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}, {"X-Id", "1"}});
  auto additions =
      sign_v4(request, make_credentials("AKID", "secret"), url_options("2026-01-02T03:04:05Z", 60))
          .value();
  EXPECT_EQ(additions.signed_headers, "host;x-id");
  apply(additions, request);
  EXPECT_FALSE(request.headers.contains("Content-Type"));
}

TEST(PresignedUrl, HashesTheBodyOfOtherServices) {
  auto request = make_request("POST", "https://h.example/", {}, Body("x"));
  auto options = url_options("2026-01-02T03:04:05Z", 60);
  options.payload = PayloadHash::kSigned;
  auto additions = sign_v4(request, make_credentials("AKID", "secret"), options).value();
  EXPECT_TRUE(additions.canonical_request.ends_with(
      "\n2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"));
}

TEST(SessionHeaders, ReplaceTheSecurityTokenButNotAGivenSessionToken) {
  auto options = store_options("2026-01-02T03:04:05Z");
  options.session_auth = true;
  auto credentials = make_credentials("AKID", "secret", "token");
  auto request = make_request("GET", "https://b.example/k", {{"X-Amz-Security-Token", "old"}});
  auto additions = sign_v4(request, credentials, options).value();
  EXPECT_EQ(additions.signed_headers, "host;x-amz-content-sha256;x-amz-date;x-amz-s3session-token");
  apply(additions, request);
  EXPECT_FALSE(request.headers.contains("X-Amz-Security-Token"));
  EXPECT_EQ(request.headers.get("x-amz-s3session-token"), "token");

  auto given = make_request("GET", "https://b.example/k", {{"x-amz-s3session-token", "mine"}});
  apply(sign_v4(given, credentials, options).value(), given);
  EXPECT_EQ(given.headers.get("x-amz-s3session-token"), "mine");
}

TEST(ClockSkew, MovesTheSignaturesTime) {
  auto request = make_request("GET", "https://b.example/k");
  auto credentials = make_credentials("AKID", "secret");
  auto late = store_options("2026-01-01T23:59:59Z");
  late.clock_skew = std::chrono::seconds(2);
  EXPECT_EQ(sign_v4(request, credentials, late).value().signature,
            sign_v4(request, credentials, store_options("2026-01-02T00:00:01Z")).value().signature);
  late.clock_skew = std::chrono::hours(-24);
  EXPECT_NE(sign_v4(request, credentials, late).value().string_to_sign.find("20251231T235959Z"),
            std::string::npos);
}

TEST(SigV4, NeedsARegion) {
  auto options = store_options("2026-01-02T03:04:05Z");
  options.region = {};
  auto additions = sign_v4(make_request("GET", "https://b.example/k"),
                           make_credentials("AKID", "secret"), options);
  ASSERT_FALSE(additions);
  EXPECT_EQ(additions.error().code(), "NoRegion");
}

TEST(SigV4a, SignsTheRegionSetAndNoRegionInItsScope) {
  auto options = store_options("2026-01-02T03:04:05Z");
  options.region_set = "us-east-1,eu-*";
  auto request = make_request("GET", "https://b.example/a//b");
  auto additions = sign_v4a(request, make_credentials("AKID", "secret"), options).value();
  EXPECT_NE(additions.canonical_request.find("\nx-amz-region-set:us-east-1,eu-*\n"),
            std::string::npos);
  EXPECT_TRUE(additions.canonical_request.starts_with("GET\n/a//b\n"));
  EXPECT_NE(additions.string_to_sign.find("\n20260102/s3/aws4_request\n"), std::string::npos);
  EXPECT_EQ(additions.headers.back().value.rfind("AWS4-ECDSA-P256-SHA256 Credential=AKID/2026", 0),
            0u);
}

TEST(SigV4a, WithoutARegionItIsGoodForAll) {
  auto options = store_options("2026-01-02T03:04:05Z");
  options.region = {};
  auto additions = sign_v4a(make_request("GET", "https://b.example/"),
                            make_credentials("AKID", "secret"), options)
                       .value();
  EXPECT_NE(additions.canonical_request.find("\nx-amz-region-set:*\n"), std::string::npos);
}

}  // namespace
}  // namespace botocxx::auth
