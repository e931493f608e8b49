#include "auth/sigv4.h"

#include "auth/canonical_request.h"
#include "auth/signing_key.h"
#include <botocxx/base/text_encoding.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace botocxx::auth {
namespace {

constexpr char kSecret[] = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

HttpRequest make_request(std::string method, std::string_view url,
                         std::vector<Headers::Field> headers, Body body = {}) {
  HttpRequest request;
  request.method = std::move(method);
  request.url = Url::parse(url).value();
  for (auto& field : headers) request.headers.add(field.name, field.value);
  request.body = std::move(body);
  return request;
}

Credentials make_credentials(std::string access_key = "AKIDEXAMPLE", std::string token = {}) {
  Credentials credentials;
  credentials.access_key = std::move(access_key);
  credentials.secret_key = kSecret;
  credentials.session_token = std::move(token);
  return credentials;
}

SigV4Options options_for(std::string_view service) {
  SigV4Options options;
  options.region = "us-east-1";
  options.service = service;
  options.time = Timestamp::parse("2026-01-02T03:04:05Z").value();
  return options;
}

SigV4Options s3_options() {
  SigV4Options options = options_for("s3");
  options.double_encode_path = options.normalize_path = false;
  options.send_content_sha256 = true;
  return options;
}

std::string wire_headers(const HttpRequest& request) {
  std::string text;
  for (const auto& field : request.headers) text += field.name + ": " + field.value + "\n";
  return text;
}

/// Delivers seven octets at a time and can be read again.
class SlowStream : public ByteStream {
 public:
  explicit SlowStream(std::string text) : text_(std::move(text)) {}
  Result<std::size_t> read(std::span<std::byte> out) override {
    std::size_t count = std::min({out.size(), std::size_t{7}, text_.size() - at_});
    for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<std::byte>(text_[at_ + i]);
    at_ += count;
    return count;
  }
  bool can_rewind() const override { return true; }
  Result<void> rewind() override {
    at_ = 0;
    return {};
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

// The expectations below were made by running botocore 1.43.67 with the clock held at that time.

TEST(SigV4, S3KeepsThePathAsItIsAndSendsTheHashOfAnEmptyBody) {
  auto request = make_request(
      "GET",
      "https://bucket.s3.amazonaws.com/a//b/../c%2Fd%20e+f/"
      ".?prefix=a%2Fb&list-type=2&delimiter=%2F&acl",
      {{"Host", "bucket.s3.amazonaws.com"}, {"User-Agent", "x"}, {"Range", "bytes=0-1"}});
  auto additions = sign_v4(request, make_credentials(), s3_options()).value();
  EXPECT_EQ(additions.canonical_request,
            "GET\n/a//b/../c%2Fd%20e+f/.\nacl=&delimiter=%2F&list-type=2&prefix=a%2Fb\n"
            "host:bucket.s3.amazonaws.com\nrange:bytes=0-1\n"
            "x-amz-content-sha256:"
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"
            "x-amz-date:20260102T030405Z\n\nhost;range;x-amz-content-sha256;x-amz-date\n"
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(additions.signature,
            "0d8465b4050a6a00953cdba55ffa8ef7ba608c611bcc398d713c920b6dc89221");
}

TEST(SigV4, S3OverHttpHashesAStreamInPiecesAndReplacesWhatAnEarlierSignatureLeft) {
  auto request = make_request("PUT", "http://LocalHost:9000/bucket/key",
                              {{"Content-Type", "text/plain"},
                               {"x-amz-meta-a", "  a   b\t c "},
                               {"X-Amz-Content-SHA256", "old"},
                               {"Authorization", "old"},
                               {"X-Amz-Date", "old"}},
                              Body(std::make_shared<SlowStream>("hello world")));
  auto credentials = make_credentials("user@example.com", "tok/+=en");
  auto additions = sign_v4(request, credentials, s3_options()).value();
  apply(additions, request);
  EXPECT_EQ(
      wire_headers(request),
      "Content-Type: text/plain\nx-amz-meta-a:   a   b\t c \nX-Amz-Date: 20260102T030405Z\n"
      "X-Amz-Security-Token: tok/+=en\n"
      "X-Amz-Content-SHA256: b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9\n"
      "Authorization: AWS4-HMAC-SHA256 "
      "Credential=user@example.com/20260102/us-east-1/s3/aws4_request, "
      "SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-meta-a;"
      "x-amz-security-token, "
      "Signature=7bf24df34edeec9519112081064c640e3d174929fda054091ee64e60121c025c\n");
  EXPECT_EQ(request.body.read_all().value(), "hello world") << "the body must be rewound";
  EXPECT_EQ(additions.string_to_sign,
            "AWS4-HMAC-SHA256\n20260102T030405Z\n20260102/us-east-1/s3/aws4_request\n"
            "2e74fc411afa71b1dfbc560ae5619ff9179644b6a7c120cf7e31c8bac0a3686f");
}

TEST(SigV4, SigningASignedRequestAgainGivesTheSameHeaders) {
  auto request = make_request("PUT", "https://b.s3.amazonaws.com/k", {}, Body("x"));
  auto credentials = make_credentials("AKID", "token");
  apply(sign_v4(request, credentials, s3_options()).value(), request);
  std::string once = wire_headers(request);
  apply(sign_v4(request, credentials, s3_options()).value(), request);
  EXPECT_EQ(wire_headers(request), once);
}

TEST(SigV4, S3UnsignedPayload) {
  auto request = make_request("PUT", "https://b.s3.amazonaws.com/k",
                              {{"Content-MD5", "XrY7u+Ae7tCTyyK7j1rNww=="}}, Body("hello world"));
  auto options = s3_options();
  options.payload = PayloadHash::kUnsigned;
  auto additions = sign_v4(request, make_credentials(), options).value();
  EXPECT_EQ(additions.signature,
            "33a00282d09722c928acfaa699f4a5ce3629fe89e2df00a752554a0191cdd3a8");
}

TEST(SigV4, S3TrailerValueComesFromTheRequestAndHopHeadersStayUnsigned) {
  auto request = make_request("PUT", "https://b.s3.amazonaws.com/k",
                              {{"X-Amz-Content-SHA256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"},
                               {"X-Amz-Trailer", "x-amz-checksum-crc32"},
                               {"Content-Encoding", "aws-chunked"},
                               {"Transfer-Encoding", "chunked"},
                               {"X-Amz-Decoded-Content-Length", "11"},
                               {"Expect", "100-continue"}},
                              Body::from_callback([](std::span<std::byte>) -> Result<std::size_t> {
                                return Error(ErrorKind::kInternal, "Read", "must not be read");
                              }));
  auto options = s3_options();
  options.payload = PayloadHash::kHeader;
  auto additions = sign_v4(request, make_credentials(), options).value();
  EXPECT_EQ(additions.signed_headers,
            "content-encoding;host;x-amz-content-sha256;x-amz-date;"
            "x-amz-decoded-content-length;x-amz-trailer");
  EXPECT_EQ(additions.signature,
            "1d5fb5fe983fac22050c96ddde50a8d7ec45408920ee1f34c17f7a257d43d932");
}

TEST(SigV4, UnsignedBodyOfOtherServicesIsAnnouncedAndThePathEncodedTwice) {
  auto request = make_request("POST", "https://[2001:DB8::1]:8443/a%20b/", {{"X-Amz-Target", "T"}},
                              Body("{}"));
  auto options = options_for("execute-api");
  options.payload = PayloadHash::kUnsigned;
  auto additions = sign_v4(request, make_credentials(), options).value();
  EXPECT_NE(additions.canonical_request.find("\n/a%2520b/\n"), std::string::npos);
  EXPECT_NE(additions.canonical_request.find("\nhost:[2001:db8::1]:8443\n"), std::string::npos);
  EXPECT_EQ(additions.signature,
            "6755f5dba63bf0d4d6e1f9b45a49388012c0c9f1ab07412c0f7e6c1da1359437");
}

TEST(SigV4, DateHeaderTakesThePlaceOfXAmzDate) {
  auto request = make_request(
      "GET", "https://host.example:443/?b=2&a=1&a",
      {{"Date", "old"}, {"X-Amz-Date", "old"}, {"X-B", "2"}, {"X-A", "1"}, {"x-b", "  3"}});
  auto additions = sign_v4(request, make_credentials(), options_for("iam")).value();
  apply(additions, request);
  EXPECT_FALSE(request.headers.contains("X-Amz-Date"));
  EXPECT_EQ(request.headers.get("Date"), "Fri, 02 Jan 2026 03:04:05 -0000");
  EXPECT_EQ(additions.signature,
            "a36f1f2ace5f867070afc0397201400bd1e2e693902752943e8e7ccb903139a7");
}

TEST(SigV4, AHashThatTheRequestHasAlreadyIsUsedAsItIs) {
  auto request = make_request(
      "PUT", "https://glacier.us-east-1.amazonaws.com/-/vaults/v/archives",
      {{"X-Amz-Content-SHA256", "abc123"}, {"x-amz-glacier-version", "2012-06-01"}}, Body("zzz"));
  auto additions = sign_v4(request, make_credentials(), options_for("glacier")).value();
  EXPECT_EQ(additions.signature,
            "f35bcc64f36f27fafc1df6e1c7fcc1095747696a08b93985890b10586d2af741");
}

TEST(SigV4, ABodyThatCannotBeReadTwiceIsRefusedUnread) {
  bool read = false;
  auto request = make_request("PUT", "https://b.s3.amazonaws.com/k", {},
                              Body::from_callback([&](std::span<std::byte>) {
                                read = true;
                                return Result<std::size_t>(std::size_t{0});
                              }));
  auto additions = sign_v4(request, make_credentials(), s3_options());
  ASSERT_FALSE(additions);
  EXPECT_EQ(additions.error().code(), "UnseekableStream");
  EXPECT_FALSE(read);
  EXPECT_EQ(additions.error().describe().find(kSecret), std::string::npos);
}

TEST(SigV4, AReadErrorOfTheBodyIsReported) {
  struct Broken : SlowStream {
    Broken() : SlowStream("") {}
    Result<std::size_t> read(std::span<std::byte>) override {
      return Error(ErrorKind::kUsage, "FileAccess", "disk is gone");
    }
  };
  auto request =
      make_request("PUT", "https://b.s3.amazonaws.com/k", {}, Body(std::make_shared<Broken>()));
  auto additions = sign_v4(request, make_credentials(), s3_options());
  ASSERT_FALSE(additions);
  EXPECT_EQ(additions.error().message(), "disk is gone");
}

TEST(SigV4, WithoutKeysThereIsNoSignature) {
  auto request = make_request("GET", "https://b.s3.amazonaws.com/", {});
  auto additions = sign_v4(request, Credentials{}, s3_options());
  ASSERT_FALSE(additions);
  EXPECT_EQ(additions.error().kind(), ErrorKind::kCredentials);
  EXPECT_EQ(additions.error().code(), "NoCredentials");
}

TEST(SigningKeyCache, IsBoundedAndNeverMixesKeysUp) {
  SigningKeyCache cache;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 100; ++i) {
      std::string secret = std::to_string(i), region = std::to_string(i % 7);
      SigningScope scope{"20260102", region, "s3"};
      EXPECT_EQ(SigningKeyAccess::key(secret, scope, &cache).mac("text"),
                SigningKeyAccess::key(secret, scope, nullptr).mac("text"));
    }
  }
  EXPECT_LE(SigningKeyAccess::size(cache), 64u);
}

TEST(SigningKeyCache, ServesManyThreads) {
  SigningKeyCache cache;
  const SigningScope scope{"20260102", "us-east-1", "s3"};
  const auto expected = SigningKeyAccess::key("s/+", scope, nullptr).mac("text");
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 500; ++i) {
        EXPECT_EQ(SigningKeyAccess::key("s/+", scope, &cache).mac("text"), expected);
        std::string other = std::to_string(t * 1000 + i);
        (void)SigningKeyAccess::key(other, scope, &cache);
      }
    });
  }
  for (auto& thread : threads) thread.join();
}

TEST(CanonicalPath, IsWhatBotocoreMakesOfDotsAndSlashes) {
  EXPECT_EQ(canonical_path("", true, true), "/");
  EXPECT_EQ(canonical_path("/", true, true), "/");
  EXPECT_EQ(canonical_path("//", true, true), "/");
  EXPECT_EQ(canonical_path("/..", true, true), "/");
  EXPECT_EQ(canonical_path("/a/../../b/./c//", true, true), "/b/c/");
  EXPECT_EQ(canonical_path("/a/..", true, true), "/");
  EXPECT_EQ(canonical_path("/a%2Fb~-_.+", true, true), "/a%252Fb~-_.%2B");
  EXPECT_EQ(canonical_path("//a/./b/../", false, false), "//a/./b/../");
}

TEST(CanonicalQuery, SortsByNameThenValueAndEncodesNothing) {
  EXPECT_EQ(canonical_query("b=2&a=2&a=1&a-b=1&a"), "a=&a=1&a=2&a-b=1&b=2");
  EXPECT_EQ(canonical_query("a=b=c&&x%20y"), "=&a=b=c&x%20y=");
}

TEST(SignedHost, DropsOnlyTheSchemesDefaultPort) {
  auto host = [](std::string_view url) { return signed_host(Url::parse(url).value()); };
  EXPECT_EQ(host("https://Example.COM:443/"), "example.com");
  EXPECT_EQ(host("https://example.com:80/"), "example.com:80");
  EXPECT_EQ(host("http://example.com:0080/"), "example.com");
  EXPECT_EQ(host("http://[::1]:9000/"), "[::1]:9000");
}

}  // namespace
}  // namespace botocxx::auth
