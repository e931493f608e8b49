#include "protocol/parser.h"
#include <botocxx/model/loader.h>
#include <botocxx/server/service_codec.h>

#include <gtest/gtest.h>

namespace botocxx {
namespace {

constexpr std::string_view kProtocol = "rest-xml";

std::shared_ptr<const ServiceModel> s3() {
  static const auto kModel = Loader().load_service_model("s3");
  return kModel ? *kModel : nullptr;
}

class ServiceCodec : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!s3()) GTEST_SKIP() << "the model of s3 is not there";
  }
};

TEST_F(ServiceCodec, ErrorsAreParsedWithCodeAndMessage) {
  Operation operation = s3()->find_operation("GetObject").value();
  Error error = Error(ErrorKind::kService, "NoSuchKey", "not <here> & \"there\"")
                    .with_status(404)
                    .with_context("Key", "a\x1d");
  HttpResponse response = encode_error(error, kProtocol, {"/b/k", "id", "host"});
  EXPECT_EQ(response.status, 404);
  Error parsed =
      protocol::parse_error(operation, kProtocol, response, std::string(response.body.bytes()));
  EXPECT_EQ(parsed.code(), "NoSuchKey");
  EXPECT_EQ(parsed.message(), "not <here> & \"there\"");
  EXPECT_EQ(parsed.fields()->at("Error.Key").as_string(), "a");
}

TEST_F(ServiceCodec, RefusesTextThatXmlCannotHold) {
  Operation operation = s3()->find_operation("ListObjects").value();
  auto response = encode_response(operation, kProtocol, Value::object({{"Prefix", "a\x01"}}));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code(), "UnencodableOutput");
}

TEST_F(ServiceCodec, RefusesLineBreaksInHeaders) {
  Operation operation = s3()->find_operation("GetObject").value();
  auto response =
      encode_response(operation, kProtocol, Value::object({{"ContentType", "a\r\nEvil: 1"}}));
  ASSERT_FALSE(response);
  for (const Value& metadata :
       {Value::object({{"a", "b\r\nEvil: 1"}}), Value::object({{"a\r\nEvil: 1\r\nc", "b"}})}) {
    auto prefixed = encode_response(operation, kProtocol, Value::object({{"Metadata", metadata}}));
    ASSERT_FALSE(prefixed);
    EXPECT_EQ(prefixed.error().code(), "UnencodableOutput");
  }
}

TEST_F(ServiceCodec, RefusesPayloadsOfTheWrongKind) {
  Operation operation = s3()->find_operation("GetObject").value();
  for (const Value& body : {Value(5), Value(true), Value::list({"a"}), Value::object()}) {
    auto response = encode_response(operation, kProtocol, Value::object({{"Body", body}}));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), "UnencodableOutput");
  }
}

TEST_F(ServiceCodec, RefusesTextPayloadsThatAreNoText) {
  Operation operation = s3()->find_operation("PutBucketPolicy").value();
  HttpRequest request;
  request.body = Body("\xff");
  auto decoded = decode_request({operation, {{"Bucket", "b"}}}, kProtocol, request);
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().code(), "MalformedBody");
}

TEST_F(ServiceCodec, OtherProtocolsAreRefusedByName) {
  Operation operation = s3()->find_operation("GetObject").value();
  auto decoded = decode_request({operation, {}}, "soap", {});
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().code(), "UnsupportedProtocol");
}

}  // namespace
}  // namespace botocxx
