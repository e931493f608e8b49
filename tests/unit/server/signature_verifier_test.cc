#include "auth/sigv4.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/server/chunked_payload.h>
#include <botocxx/server/signature_verifier.h>

#include <gtest/gtest.h>

namespace botocxx {
namespace {

constexpr std::int64_t kNow = 1'700'000'000;

Credentials credentials() {
  Credentials result;
  result.access_key = "key@ns/with/slashes";
  result.secret_key = "secret/+key";
  return result;
}

VerifierOptions options() {
  VerifierOptions result;
  result.find_credentials = [](std::string_view key) -> std::optional<Credentials> {
    if (key == credentials().access_key) return credentials();
    return std::nullopt;
  };
  result.signed_prefixes = {"x-amz-", "x-vendor-"};
  result.single_encoded_path = true;
  return result;
}

HttpRequest request() {
  HttpRequest result;
  result.method = "PUT";
  result.url = Url::parse("http://127.0.0.1:8000/b/a%20b/%C3%A9?x=%2F&a=&list%5B%5D=1").value();
  result.headers.add("Content-Type", "text/plain");
  result.headers.add("x-vendor-mark", "  two   blanks ");
  result.body = Body(std::string("content"));
  return result;
}

HttpRequest signed_request(HttpRequest plain = request(), std::int64_t time = kNow) {
  auth::SigV4Options how;
  how.region = "any";
  how.service = "store";
  how.time = Timestamp::from_unix(time);
  how.double_encode_path = how.normalize_path = false;
  how.send_content_sha256 = true;
  auth::apply(auth::sign_v4(plain, credentials(), how).value(), plain);
  if (!plain.headers.contains("Host")) plain.headers.add("Host", plain.url.host_header());
  return plain;
}

std::string verdict(const HttpRequest& sent, const VerifierOptions& how = options(),
                    std::int64_t now = kNow) {
  auto verified = verify_signature_v4(sent, how, Timestamp::from_unix(now));
  return verified ? "ok" : verified.error().code();
}

TEST(SignatureVerifier, AcceptsWhatTheClientSigned) {
  auto verified = verify_signature_v4(signed_request(), options(), Timestamp::from_unix(kNow));
  ASSERT_TRUE(verified) << verified.error().describe();
  EXPECT_EQ(verified->access_key, credentials().access_key);
  EXPECT_EQ(verified->payload, PayloadCheck::kSha256);
}

TEST(SignatureVerifier, NoticesEveryChange) {
  HttpRequest sent = signed_request();
  sent.method = "GET";
  EXPECT_EQ(verdict(sent), "SignatureDoesNotMatch");
  sent = signed_request();
  sent.url.path += "x";
  EXPECT_EQ(verdict(sent), "SignatureDoesNotMatch");
  sent = signed_request();
  sent.url.query += "&more";
  EXPECT_EQ(verdict(sent), "SignatureDoesNotMatch");
  sent = signed_request();
  sent.headers.set("x-vendor-mark", "other");
  EXPECT_EQ(verdict(sent), "SignatureDoesNotMatch");
  sent = signed_request();
  sent.headers.set("Host", "other");
  EXPECT_EQ(verdict(sent), "SignatureDoesNotMatch");
}

TEST(SignatureVerifier, IgnoresTheOrderOfTheQueryAndBlanksInHeaders) {
  HttpRequest sent = signed_request();
  sent.url.query = "list%5B%5D=1&a&x=%2F";
  sent.headers.set("x-vendor-mark", "two blanks");
  EXPECT_EQ(verdict(sent), "ok");
}

TEST(SignatureVerifier, ShowsWhatItSigned) {
  HttpRequest sent = signed_request();
  sent.url.path = "/other";
  auto verified = verify_signature_v4(sent, options(), Timestamp::from_unix(kNow));
  ASSERT_FALSE(verified);
  EXPECT_EQ(verified.error().status(), 403);
  std::string context;
  for (const auto& [name, text] : verified.error().context()) context += name + "=" + text + ";";
  EXPECT_NE(context.find("CanonicalRequest=PUT\n/other\n"), std::string::npos);
  EXPECT_NE(context.find("StringToSign=AWS4-HMAC-SHA256\n"), std::string::npos);
  EXPECT_EQ(verified.error().describe().find("secret/+key"), std::string::npos);
}

TEST(SignatureVerifier, RefusesHeadersThatWereAddedLater) {
  HttpRequest sent = signed_request();
  sent.headers.add("X-Vendor-Late", "1");
  EXPECT_EQ(verdict(sent), "AccessDenied");
  sent = signed_request();
  sent.headers.add("X-Other", "1");
  EXPECT_EQ(verdict(sent), "ok");
}

TEST(SignatureVerifier, WantsTheTimeToBeNear) {
  EXPECT_EQ(verdict(signed_request(), options(), kNow + 900), "ok");
  EXPECT_EQ(verdict(signed_request(), options(), kNow + 901), "RequestTimeTooSkewed");
  EXPECT_EQ(verdict(signed_request(), options(), kNow - 901), "RequestTimeTooSkewed");
}

TEST(SignatureVerifier, NamesWhatIsMissingOrMalformed) {
  EXPECT_EQ(verdict(request()), "AccessDenied");
  HttpRequest sent = signed_request();
  sent.headers.set("Authorization", "Basic abc");
  EXPECT_EQ(verdict(sent), "InvalidRequest");
  for (const char* header :
       {"AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=a", "AWS4-HMAC-SHA256 x",
        "AWS4-HMAC-SHA256 Credential=k/1/r/s/aws4_request, SignedHeaders=host, Signature=0",
        "AWS4-HMAC-SHA256 Credential=k/20200101/r/s/aws4, SignedHeaders=host, Signature=0"}) {
    sent.headers.set("Authorization", header);
    EXPECT_EQ(verdict(sent), "AuthorizationHeaderMalformed") << header;
  }
  VerifierOptions strict = options();
  strict.find_credentials = [](std::string_view) { return std::nullopt; };
  EXPECT_EQ(verdict(signed_request(), strict), "InvalidAccessKeyId");
  strict = options();
  strict.service = "other";
  EXPECT_EQ(verdict(signed_request(), strict), "AuthorizationHeaderMalformed");
}

TEST(SignatureVerifier, WantsThePayloadHashWhereAsked) {
  VerifierOptions strict = options();
  strict.require_content_sha256 = true;
  HttpRequest sent = signed_request();
  sent.headers.remove("X-Amz-Content-SHA256");
  EXPECT_EQ(verdict(sent, strict), "InvalidRequest");
}

std::string decoded(std::string_view body, std::size_t piece,
                    PayloadCheck check = PayloadCheck::kChunks) {
  VerifiedRequest verified;
  verified.payload = check;
  std::string content;
  ChunkedPayload payload(verified, [&](std::span<const std::byte> bytes) -> Result<void> {
    content += as_text(bytes);
    return {};
  });
  while (!body.empty()) {
    std::string_view part = body.substr(0, piece);
    if (auto done = payload.feed(as_byte_span(part)); !done) return done.error().code();
    body.remove_prefix(part.size());
  }
  if (auto done = payload.finish(); !done) return done.error().code();
  for (const auto& field : payload.trailers()) content += "|" + field.name + "=" + field.value;
  return content;
}

TEST(ChunkedPayload, IsReadInPiecesOfAnySize) {
  std::string_view body = "4\r\n12\r\n\r\n3;x=y\r\nabc\r\n0\r\nX-Sum: 1 \r\n\r\n";
  for (std::size_t piece = 1; piece <= body.size(); ++piece) {
    EXPECT_EQ(decoded(body, piece), "12\r\nabc|x-sum=1") << piece;
  }
}

TEST(ChunkedPayload, RefusesBrokenFraming) {
  EXPECT_EQ(decoded("4\r\n12345\r\n0\r\n\r\n", 99), "InvalidChunk");
  EXPECT_EQ(decoded("x\r\n", 99), "InvalidChunk");
  EXPECT_EQ(decoded("\r\n", 99), "InvalidChunk");
  EXPECT_EQ(decoded("-1\r\n", 99), "InvalidChunk");
  EXPECT_EQ(decoded("fffffffffffffffff\r\n", 99), "InvalidChunk");
  EXPECT_EQ(decoded("0\r\n\r\nmore", 99), "InvalidChunk");
  EXPECT_EQ(decoded("0\r\nno colon\r\n\r\n", 99), "InvalidChunk");
  EXPECT_EQ(decoded(std::string(10'000, '0'), 999), "InvalidChunk");
  EXPECT_EQ(decoded("4\r\n12", 99), "IncompleteBody");
  EXPECT_EQ(decoded("", 99), "IncompleteBody");
}

TEST(ChunkedPayload, SignedChunksNeedASignature) {
  EXPECT_EQ(decoded("4\r\n1234\r\n0\r\n\r\n", 99, PayloadCheck::kSignedChunks), "InvalidChunk");
  EXPECT_EQ(decoded("4;chunk-signature=00\r\n1234\r\n0;chunk-signature=00\r\n\r\n", 99,
                    PayloadCheck::kSignedChunks),
            "SignatureDoesNotMatch");
}

}  // namespace
}  // namespace botocxx
