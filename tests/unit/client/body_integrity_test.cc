// Checksums and compression in whole calls.
#include "client/regional_endpoint_resolver.h"
#include "codec/json.h"
#include "model/compiler.h"
#include "unit/client/stub_http_client.h"
#include "unit/integrity/sample_bodies.h"
#include <botocxx/client/client.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace botocxx {
namespace {

using integrity::TextStream;

constexpr std::string_view kModel = R"({
  "metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "store", "protocol": "rest-xml",
               "serviceId": "Store", "signatureVersion": "s3v4"},
  "operations": {
    "Put": {"name": "Put", "http": {"method": "PUT", "requestUri": "/put"}, "input": {"shape": "PutInput"},
            "httpChecksum": {"requestAlgorithmMember": "Algorithm"}},
    "Change": {"name": "Change", "http": {"method": "POST", "requestUri": "/change"},
               "input": {"shape": "ChangeInput"}, "httpChecksumRequired": true,
               "requestcompression": {"encodings": ["gzip"]}},
    "Get": {"name": "Get", "http": {"method": "GET", "requestUri": "/get"}, "input": {"shape": "GetInput"},
            "output": {"shape": "GetOutput"},
            "httpChecksum": {"requestValidationModeMember": "Mode", "responseAlgorithms": ["CRC32", "SHA1"]}},
    "Look": {"name": "Look", "http": {"method": "GET", "requestUri": "/look"}, "input": {"shape": "GetInput"},
             "output": {"shape": "LookOutput"},
             "httpChecksum": {"requestValidationModeMember": "Mode", "responseAlgorithms": ["CRC32"]}}
  },
  "shapes": {
    "Text": {"type": "string"}, "Blob": {"type": "blob"},
    "PutInput": {"type": "structure", "payload": "Body", "members": {
      "Algorithm": {"shape": "Text", "location": "header", "locationName": "x-amz-sdk-checksum-algorithm"},
      "ChecksumSHA1": {"shape": "Text", "location": "header", "locationName": "x-amz-checksum-sha1"},
      "Body": {"shape": "Blob", "streaming": true}}},
    "ChangeInput": {"type": "structure", "members": {"Name": {"shape": "Text"}}},
    "GetInput": {"type": "structure", "members": {
      "Mode": {"shape": "Text", "location": "header", "locationName": "x-amz-checksum-mode"}}},
    "GetOutput": {"type": "structure", "payload": "Body", "members": {"Body": {"shape": "Blob", "streaming": true}}},
    "LookOutput": {"type": "structure", "members": {"Name": {"shape": "Text"}}}
  }})";

class Moment : public Clock {
 public:
  Timestamp now() const override { return Timestamp::from_unix(1767323045); }
};

class BodyIntegrityTest : public testing::Test {
 protected:
  BodyIntegrityTest() {
    parts_.model =
        model::compile_and_open(codec::parse_json(kModel).value(), "store", "2020-01-01").value();
    parts_.region = "eu-west-1";
    parts_.endpoint_url = "https://store.example.com";
    parts_.credentials = make_static_credentials_provider({"AKID", "SECRET", "", "", {}, ""});
    parts_.endpoints = std::make_shared<client::RegionalEndpointResolver>(nullptr);
    parts_.http = http_;
    parts_.host.clock = &clock_;
  }
  Result<HttpRequest> prepare(std::string_view operation, const Value& params) {
    return Client::create(parts_).value().prepare(operation, params);
  }
  Result<Response> get(std::string_view operation, Headers headers, std::string body,
                       const Value& params = Value::object()) {
    http_->answers.push_back({200, "", std::move(headers), Body(std::move(body))});
    return Client::create(parts_).value().call(operation, params);
  }

  Moment clock_;
  std::shared_ptr<StubHttpClient> http_ = std::make_shared<StubHttpClient>();
  ClientParts parts_;
};

Headers one(std::string name, std::string value) {
  Headers headers;
  headers.add(std::move(name), std::move(value));
  return headers;
}

TEST_F(BodyIntegrityTest, AStreamingBodyOverHttpsIsFollowedByItsChecksumAndNotHashed) {
  HttpRequest sent = prepare("Put", {{"Body", "hello"}}).value();
  EXPECT_EQ(sent.headers.get("X-Amz-Content-SHA256"), "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
  EXPECT_EQ(sent.headers.get("X-Amz-Trailer"), "x-amz-checksum-crc32");
  EXPECT_EQ(sent.headers.get("X-Amz-Decoded-Content-Length"), "5");
  EXPECT_EQ(sent.headers.get("Content-Encoding"), "aws-chunked");
  EXPECT_EQ(sent.headers.get("Transfer-Encoding"), "chunked");
  EXPECT_EQ(sent.headers.get("x-amz-sdk-checksum-algorithm"), "CRC32");
  EXPECT_FALSE(sent.headers.contains("Content-Length"));
  EXPECT_EQ(sent.body.read_all().value(),
            "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n");
  EXPECT_THAT(
      std::string(*sent.headers.get("Authorization")),
      testing::HasSubstr("SignedHeaders=content-encoding;host;x-amz-content-sha256;x-amz-date;"
                         "x-amz-decoded-content-length;x-amz-sdk-checksum-algorithm;"
                         "x-amz-trailer,"));
}

TEST_F(BodyIntegrityTest, OverHttpTheChecksumGoesIntoTheHeadAndTheBodyIsHashed) {
  parts_.endpoint_url = "http://store.example.com";
  HttpRequest sent = prepare("Put", {{"Body", "hello"}}).value();
  EXPECT_EQ(sent.headers.get("x-amz-checksum-crc32"), "NhCmhg==");
  EXPECT_EQ(sent.headers.get("X-Amz-Content-SHA256"),
            "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
  EXPECT_EQ(sent.headers.get("Content-Length"), "5");
  EXPECT_EQ(sent.body.read_all().value(), "hello");
}

TEST_F(BodyIntegrityTest, AnUnsignedTrailerIsAnnouncedToo) {
  parts_.config.unsigned_requests = true;
  HttpRequest sent = prepare("Put", {{"Body", "hello"}}).value();
  EXPECT_EQ(sent.headers.get("X-Amz-Content-SHA256"), "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
  EXPECT_FALSE(sent.headers.contains("Authorization"));
}

TEST_F(BodyIntegrityTest, WithoutTrailersTheBodyIsReadForItsChecksumAndNotHashedOnceMore) {
  parts_.integrity.takes_trailers = false;
  HttpRequest sent = prepare("Put", {{"Body", "hello"}}).value();
  EXPECT_EQ(sent.headers.get("x-amz-checksum-crc32"), "NhCmhg==");
  EXPECT_EQ(sent.headers.get("X-Amz-Content-SHA256"), "UNSIGNED-PAYLOAD");
}

TEST_F(BodyIntegrityTest, ABodyThatCanBeReadOnceIsSentWithATrailerOrWithoutAnOptionalChecksum) {
  auto once = std::make_shared<TextStream>("hello");
  once->rewindable = false;
  HttpRequest sent = prepare("Put", {{"Body", Body(once)}}).value();
  EXPECT_THAT(sent.body.read_all().value(), testing::EndsWith("crc32:NhCmhg==\r\n\r\n"));
  parts_.integrity.takes_trailers = false;
  once->at = 0;
  sent = prepare("Put", {{"Body", Body(once)}}).value();
  EXPECT_FALSE(sent.headers.contains("x-amz-checksum-crc32"));
  EXPECT_FALSE(sent.headers.contains("x-amz-sdk-checksum-algorithm"));
  EXPECT_EQ(sent.body.read_all().value(), "hello");
  auto asked = prepare("Put", {{"Body", Body(once)}, {"Algorithm", "SHA256"}});
  ASSERT_FALSE(asked);
  EXPECT_EQ(asked.error().code(), "UnseekableStream");
}

TEST_F(BodyIntegrityTest, TheCallersChecksumAndAlgorithmAreRespected) {
  HttpRequest own = prepare("Put", {{"Body", "hello"}, {"ChecksumSHA1", "mine"}}).value();
  EXPECT_EQ(own.headers.get("x-amz-checksum-sha1"), "mine");
  EXPECT_FALSE(own.headers.contains("X-Amz-Trailer"));
  HttpRequest named = prepare("Put", {{"Body", "hello"}, {"Algorithm", "SHA1"}}).value();
  EXPECT_EQ(named.headers.get("X-Amz-Trailer"), "x-amz-checksum-sha1");
  EXPECT_EQ(named.headers.get("x-amz-sdk-checksum-algorithm"), "SHA1");
  auto wrong = prepare("Put", {{"Body", "hello"}, {"Algorithm", "SHA3"}});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code(), "FlexibleChecksum");
}

TEST_F(BodyIntegrityTest, WhenRequiredOnlyRequiredChecksumsAreSent) {
  parts_.config.request_checksum_calculation = "when_required";
  EXPECT_FALSE(prepare("Put", {{"Body", "hello"}}).value().headers.contains("X-Amz-Trailer"));
  EXPECT_TRUE(prepare("Change", {{"Name", "x"}}).value().headers.contains("x-amz-checksum-crc32"));
  parts_.integrity.content_md5 = true;
  HttpRequest older = prepare("Change", {{"Name", "x"}}).value();
  EXPECT_TRUE(older.headers.contains("Content-MD5"));
  EXPECT_FALSE(older.headers.contains("x-amz-checksum-crc32"));
}

TEST_F(BodyIntegrityTest, CompressionComesBeforeTheChecksum) {
  std::string name(20'000, 'x');
  HttpRequest plain = prepare("Change", {{"Name", name.substr(0, 100)}}).value();
  EXPECT_FALSE(plain.headers.contains("Content-Encoding"));
  HttpRequest sent = prepare("Change", {{"Name", name}}).value();
  EXPECT_EQ(sent.headers.get("Content-Encoding"), "gzip");
  EXPECT_LT(sent.body.bytes().size(), 1000U);
  EXPECT_EQ(sent.headers.get("Content-Length"), std::to_string(sent.body.bytes().size()));
  parts_.config.request_min_compression_size_bytes = 1;
  EXPECT_TRUE(prepare("Change", {{"Name", "x"}}).value().headers.contains("Content-Encoding"));
  parts_.config.disable_request_compression = true;
  EXPECT_FALSE(prepare("Change", {{"Name", name}}).value().headers.contains("Content-Encoding"));
}

TEST_F(BodyIntegrityTest, ARightAnswerSaysWhatItWasCheckedBy) {
  auto response = get("Get", one("x-amz-checksum-crc32", "NhCmhg=="), "hello").value();
  EXPECT_EQ(http_->requests[0].headers.get("x-amz-checksum-mode"), "ENABLED");
  EXPECT_EQ(response["Body"].as_body().read_all().value(), "hello");
  EXPECT_EQ(response.metadata()["ChecksumAlgorithm"], Value("crc32"));
}

TEST_F(BodyIntegrityTest, AWrongStreamFailsAtItsEndAndAWrongDocumentAtOnce) {
  auto response = get("Get", one("x-amz-checksum-crc32", "NhCmhg=="), "jello");
  ASSERT_TRUE(response);
  auto body = (*response)["Body"].as_body().read_all();
  ASSERT_FALSE(body);
  EXPECT_EQ(body.error().code(), "FlexibleChecksum");
  auto document = get("Look", one("x-amz-checksum-crc32", "NhCmhg=="), "<LookOutput/>");
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().code(), "FlexibleChecksum");
  EXPECT_EQ(http_->requests.size(), 2U) << "nothing is asked for again";
}

TEST_F(BodyIntegrityTest, AnAnswerIsNotCheckedWhereNobodyAskedOrItsChecksumIsOfParts) {
  parts_.config.response_checksum_validation = "when_required";
  auto response = get("Get", one("x-amz-checksum-crc32", "NhCmhg=="), "jello").value();
  EXPECT_FALSE(http_->requests[0].headers.contains("x-amz-checksum-mode"));
  EXPECT_EQ(response["Body"].as_body().read_all().value(), "jello");
  EXPECT_FALSE(response.metadata().contains("ChecksumAlgorithm"));
  response =
      get("Get", one("x-amz-checksum-crc32", "NhCmhg=="), "hello", {{"Mode", "ENABLED"}}).value();
  EXPECT_EQ(response.metadata()["ChecksumAlgorithm"], Value("crc32"));
  parts_.config.response_checksum_validation = "";
  response = get("Get", one("x-amz-checksum-crc32", "NhCmhg==-2"), "jello").value();
  EXPECT_EQ(response["Body"].as_body().read_all().value(), "jello");
}

}  // namespace
}  // namespace botocxx
