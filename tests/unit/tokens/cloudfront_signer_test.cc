#include <botocxx/tokens/cloudfront_signer.h>

#include <gtest/gtest.h>

namespace botocxx {
namespace {

constexpr char kUrl[] = "http://d1.cloudfront.net/image.jpeg?large=yes";

Timestamp at(std::string_view text) { return Timestamp::parse(text).value(); }

// Octets that exercise CloudFront's alphabet, and the message they "sign".
CloudFrontSigner fake_signer(std::string* message = nullptr) {
  return {"MY_KEY", [message](std::string_view text) -> Result<std::string> {
            if (message) *message = text;
            return std::string("\xfb\xff\xfe\x01", 4);
          }};
}

TEST(CloudFrontPolicy, IsTheCannedOneWithoutMore) {
  EXPECT_EQ(
      cloudfront_policy("foo", {.expires = at("2016-01-01T00:00:00Z")}),
      R"({"Statement":[{"Resource":"foo","Condition":{"DateLessThan":{"AWS:EpochTime":1451606400}}}]})");
}

TEST(CloudFrontPolicy, LimitsTimeAndAddress) {
  CloudFrontLimits limits{.expires = at("2016-01-01T00:00:00Z"),
                          .not_before = at("2015-12-01T00:00:00Z"),
                          .ip_address = "12.34.56.78"};
  EXPECT_EQ(
      cloudfront_policy("fo\"o", limits),
      R"({"Statement":[{"Resource":"fo\"o","Condition":{"DateLessThan":{"AWS:EpochTime":1451606400},)"
      R"("IpAddress":{"AWS:SourceIp":"12.34.56.78/32"},"DateGreaterThan":{"AWS:EpochTime":1448928000}}}]})");
  limits.ip_address = "12.34.56.0/24";
  EXPECT_NE(cloudfront_policy("foo", limits).find("\"12.34.56.0/24\""), std::string::npos);
}

TEST(CloudFrontSigner, SignsUrlsWithCannedPolicies) {
  std::string message;
  auto url = fake_signer(&message).signed_url(kUrl, at("2016-01-01T00:00:00Z")).value();
  EXPECT_EQ(url, std::string(kUrl) + "&Expires=1451606400&Signature=-~~-AQ__&Key-Pair-Id=MY_KEY");
  EXPECT_EQ(message, cloudfront_policy(kUrl, {.expires = at("2016-01-01T00:00:00Z")}));
}

TEST(CloudFrontSigner, SignsUrlsAndCookiesWithPolicies) {
  auto url = fake_signer().signed_url("http://h/x", "{}").value();
  EXPECT_TRUE(url.starts_with("http://h/x?Policy=e30_&Signature=")) << url;
  auto cookies = fake_signer().signed_cookies("{}").value();
  ASSERT_EQ(cookies.size(), 3u);
  EXPECT_EQ(cookies[0], std::make_pair(std::string("CloudFront-Policy"), std::string("e30_")));
  EXPECT_EQ(cookies[1].first, "CloudFront-Signature");
  EXPECT_EQ(cookies[2].second, "MY_KEY");
  auto canned = fake_signer().signed_cookies(kUrl, at("2016-01-01T00:00:00Z")).value();
  EXPECT_EQ(canned[0].first, "CloudFront-Expires");
}

TEST(CloudFrontSigner, HandsOnWhatItsSignerSays) {
  CloudFrontSigner failing("K", [](std::string_view) -> Result<std::string> {
    return Error(ErrorKind::kUsage, "Broken", "no");
  });
  EXPECT_EQ(failing.signed_url(kUrl, "{}").error().code(), "Broken");
  EXPECT_EQ(CloudFrontSigner("K", nullptr).signed_cookies("{}").error().code(), "NoSigner");
}

TEST(RsaSigner, RefusesWhatIsNoKeyWithoutShowingIt) {
  for (const char* pem : {"", "planted", "-----BEGIN RSA PRIVATE KEY-----\nplanted\n"}) {
    auto signer = rsa_sha1_signer(pem);
    ASSERT_FALSE(signer);
    EXPECT_EQ(signer.error().code(), "InvalidKey");
    EXPECT_EQ(signer.error().describe().find("planted"), std::string::npos);
  }
}

}  // namespace
}  // namespace botocxx
