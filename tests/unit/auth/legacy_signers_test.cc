#include "auth/bearer.h"
#include "auth/hmac_v1.h"
#include "auth/sigv2.h"
#include "unit/auth/sample_requests.h"

#include <gtest/gtest.h>

namespace botocxx::auth {
namespace {

SigningMoment moment(std::string_view time) { return {.time = Timestamp::parse(time).value()}; }

HmacV1Options v1_options(std::string_view time) { return {.moment = moment(time)}; }

// From the S3 documentation's page on the signatures before Version 4, but for the date's zone: we
// write GMT as HTTP has it.
TEST(HmacV1, SignsTheDocumentedRequest) {
  auto get =
      make_request("GET", "https://awsexamplebucket1.us-west-1.s3.amazonaws.com/photos/puppy.jpg");
  auto options = v1_options("Tue, 27 Mar 2007 19:36:42 +0000");
  options.resource_path = "/awsexamplebucket1/photos/puppy.jpg";
  auto additions = sign_hmac_v1(get, documented_credentials(), options).value();
  EXPECT_EQ(additions.string_to_sign,
            "GET\n\n\nTue, 27 Mar 2007 19:36:42 GMT\n/awsexamplebucket1/photos/puppy.jpg");
  EXPECT_EQ(additions.headers.back().value, "AWS AKIAIOSFODNN7EXAMPLE:" + additions.signature);
}

TEST(HmacV1, MakesTheDocumentedUrl) {
  auto get = make_request("GET", "https://johnsmith.s3.amazonaws.com/photos/puppy.jpg");
  HmacV1Options options{.moment = {.time = Timestamp::from_unix(1175139620 - 60)},
                        .resource_path = "/johnsmith/photos/puppy.jpg",
                        .expires = std::chrono::seconds(60)};
  auto additions = sign_hmac_v1(get, documented_credentials(), options).value();
  EXPECT_EQ(additions.signature, "NpgCjnDzrM+WFzoENXmpNDUsSn8=");
  EXPECT_EQ(*additions.query,
            "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D&"
            "Expires=1175139620");
}

TEST(HmacV1, PutsStoreHeadersInOrderAndJoinsRepeatedOnes) {
  auto request = make_request("put", "https://h.example/b/k",
                              {{"X-Amz-Meta-B", " 2 "},
                               {"Content-MD5", "md5"},
                               {"Content-Type", "text/plain"},
                               {"x-amz-meta-a", "1"},
                               {"x-amz-meta-b", "3"},
                               {"x-emc-index", "unsigned here"}});
  auto credentials = make_credentials("AKID", "secret", "token");
  auto additions = sign_hmac_v1(request, credentials, v1_options("2026-01-02T03:04:05Z")).value();
  EXPECT_EQ(additions.string_to_sign,
            "PUT\nmd5\ntext/plain\nFri, 02 Jan 2026 03:04:05 GMT\nx-amz-meta-a:1\n"
            "x-amz-meta-b:2,3\nx-amz-security-token:token\n/b/k");
  apply(additions, request);
  EXPECT_EQ(request.headers.get("x-amz-security-token"), "token");
  EXPECT_EQ(request.headers.get("Date"), "Fri, 02 Jan 2026 03:04:05 GMT");
}

TEST(HmacV1, SignsOnlySubResourcesAndDecodesTheirValues) {
  auto request = make_request(
      "GET", "https://h.example/b?versions&prefix=a&response-content-type=a%2Fb&acl&uploadId=x%3D");
  auto additions =
      sign_hmac_v1(request, make_credentials("AKID", "secret"), v1_options("2026-01-02T03:04:05Z"))
          .value();
  EXPECT_TRUE(
      additions.string_to_sign.ends_with("\n/b?acl&response-content-type=a/b&uploadId=x=&versions"))
      << additions.string_to_sign;
}

TEST(HmacV1, SignsWhatAStoreAdds) {
  auto options = v1_options("2026-01-02T03:04:05Z");
  options.more_sub_resources = {
      {.name = "query"}, {.name = "searchmetadata"}, {.name = "attributes", .unless = "query"}};
  options.more_header_prefixes = {"x-emc-"};
  auto credentials = make_credentials("AKID", "secret");
  auto search =
      make_request("GET", "https://h.example/b?query=Size%3E%3D1&attributes=ETag&marker=m",
                   {{"x-emc-namespace", "ns"}, {"x-amz-a", "1"}, {"x-zzz", "z"}});
  EXPECT_TRUE(
      sign_hmac_v1(search, credentials, options)
          .value()
          .string_to_sign.ends_with("GMT\nx-amz-a:1\nx-emc-namespace:ns\n/b?query=Size>=1"));
  auto attributes = make_request("GET", "https://h.example/b/k?attributes&searchmetadata");
  EXPECT_TRUE(sign_hmac_v1(attributes, credentials, options)
                  .value()
                  .string_to_sign.ends_with("\n/b/k?attributes&searchmetadata"));
}

TEST(HmacV1, LeavesTheDateToAnXAmzDateHeader) {
  auto request = make_request("GET", "https://h.example/b", {{"x-amz-date", "some time"}});
  auto additions =
      sign_hmac_v1(request, make_credentials("AKID", "secret"), v1_options("2026-01-02T03:04:05Z"))
          .value();
  EXPECT_EQ(additions.string_to_sign, "GET\n\n\n\nx-amz-date:some time\n/b");
}

TEST(HmacV1, MakesUrlsWithTheSignedHeadersAsParameters) {
  auto request =
      make_request("PUT", "https://h.example/b/k?acl",
                   {{"Content-Type", "a/b"}, {"X-Amz-Acl", "private"}, {"X-Other", "x"}});
  auto options = v1_options("2026-01-02T03:04:05Z");
  options.expires = std::chrono::seconds(60);
  auto additions =
      sign_hmac_v1(request, make_credentials("AKID", "se/cret", "to/ken"), options).value();
  EXPECT_EQ(additions.string_to_sign,
            "PUT\n\na/b\n1767323105\nx-amz-acl:private\nx-amz-security-token:to/ken\n/b/k?acl");
  EXPECT_TRUE(additions.query->starts_with("acl&AWSAccessKeyId=AKID&Signature="))
      << *additions.query;
  EXPECT_TRUE(
      additions.query->ends_with("&content-type=a%2Fb&x-amz-acl=private&"
                                 "x-amz-security-token=to%2Fken&Expires=1767323105"))
      << *additions.query;
}

TEST(HmacV1, ListsEverySubResourceOnce) {
  std::vector<std::string_view> names(signed_sub_resources().begin(), signed_sub_resources().end());
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
  EXPECT_EQ(names.size(), 35u);
}

TEST(SigV2, SignsTheFormAndAddsItselfBehindIt) {
  auto request = make_request("POST", "https://HOST.example:8080", {}, Body("Foo=a+b%2A&Bar=~"));
  auto additions =
      sign_v2(request, make_credentials("AKID", "secret", "to/k"), moment("2014-06-20T08:40:23Z"))
          .value();
  EXPECT_EQ(additions.string_to_sign,
            "POST\n" + request.url.host +
                ":8080\n/\nAWSAccessKeyId=AKID&Bar=~&Foo=a%20b%2A&SecurityToken=to%2Fk&"
                "SignatureMethod=HmacSHA256&SignatureVersion=2&Timestamp=2014-06-20T08%3A40%3A23Z");
  apply(additions, request);
  EXPECT_TRUE(request.body.bytes().starts_with(
      "Foo=a+b%2A&Bar=~&AWSAccessKeyId=AKID&SignatureVersion=2&SignatureMethod=HmacSHA256&"
      "Timestamp=2014-06-20T08%3A40%3A23Z&SecurityToken=to%2Fk&Signature="))
      << request.body.bytes();
}

TEST(SigV2, SigningAgainReplacesTheOlderSignature) {
  auto request = make_request("GET", "https://h.example/?Foo=1");
  auto credentials = make_credentials("AKID", "secret");
  apply(sign_v2(request, credentials, moment("2014-06-20T08:40:23Z")).value(), request);
  std::string once = request.url.query;
  apply(sign_v2(request, credentials, moment("2014-06-20T08:40:23Z")).value(), request);
  EXPECT_EQ(request.url.query, once);
}

TEST(SigV2, RefusesStreamsAndMissingKeys) {
  auto stream = make_request("POST", "https://h.example/", {},
                             Body::from_callback([](std::span<std::byte>) -> Result<std::size_t> {
                               return std::size_t{0};
                             }));
  EXPECT_EQ(sign_v2(stream, make_credentials("a", "b"), {}).error().code(), "UnsupportedBody");
  for (auto& credentials : {Credentials{}, make_credentials("a", ""), make_credentials("", "b")}) {
    auto request = make_request("GET", "https://h.example/");
    EXPECT_EQ(sign_v2(request, credentials, {}).error().code(), "NoCredentials");
    EXPECT_EQ(sign_v3(request, credentials, {}).error().code(), "NoCredentials");
    EXPECT_EQ(sign_hmac_v1(request, credentials, {}).error().code(), "NoCredentials");
  }
}

TEST(SigV3, SignsTheDateAlone) {
  auto request = make_request("GET", "https://h.example/", {{"Date", "old"}});
  auto additions =
      sign_v3(request, make_credentials("access_key", "secret_key"), moment("2014-03-10T17:02:55Z"))
          .value();
  apply(additions, request);
  EXPECT_EQ(request.headers.get("Date"), "Mon, 10 Mar 2014 17:02:55 GMT");
  EXPECT_EQ(
      request.headers.get("X-Amzn-Authorization"),
      "AWS3-HTTPS AWSAccessKeyId=access_key,Algorithm=HmacSHA256,Signature=" + additions.signature);
}

TEST(Bearer, PutsTheTokenInItsHeader) {
  auto request = make_request("GET", "https://h.example/", {{"authorization", "old"}});
  apply(sign_bearer("abc").value(), request);
  EXPECT_EQ(request.headers.get("Authorization"), "Bearer abc");
  EXPECT_EQ(request.headers.size(), 1u);
}

TEST(Bearer, RefusesTokensThatAreNone) {
  EXPECT_EQ(sign_bearer("").error().code(), "NoAuthToken");
  auto broken = sign_bearer("planted\r\nX-Evil: 1");
  EXPECT_EQ(broken.error().code(), "InvalidAuthToken");
  EXPECT_EQ(broken.error().describe().find("planted"), std::string::npos);
}

}  // namespace
}  // namespace botocxx::auth
