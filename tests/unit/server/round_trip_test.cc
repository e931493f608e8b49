#include "codec/json.h"
#include "protocol/parser.h"
#include "protocol/serializer.h"
#include "unit/server/random_value.h"
#include <botocxx/model/loader.h>
#include <botocxx/server/service_codec.h>

#include <gtest/gtest.h>

#include <set>

namespace botocxx {
namespace {

constexpr std::string_view kProtocol = "rest-xml";
constexpr unsigned kDraws = 40;

std::shared_ptr<const ServiceModel> s3() {
  static const auto kModel = Loader().load_service_model("s3");
  return kModel ? *kModel : nullptr;
}

/// Operations that no server can tell from another one of the same request.
bool has_a_twin(const Operation& operation) {
  static const std::set<std::string_view> kTwins = {"ListDirectoryBuckets"};
  return operation.deprecated() || kTwins.contains(operation.name());
}

HttpRequest as_request(protocol::SerializedRequest serialized) {
  HttpRequest request;
  request.method = std::move(serialized.method);
  request.url.path = std::move(serialized.path);
  request.url.has_query = !serialized.query.empty();
  request.url.query = std::move(serialized.query);
  request.headers = std::move(serialized.headers);
  request.body = std::move(serialized.body);
  return request;
}

class RoundTrip : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!s3()) GTEST_SKIP() << "the model of s3 is not there";
  }
};

void expect_request_round_trip(const Router& router, const Operation& operation, unsigned seed) {
  testing::RandomValue random(seed);
  Value params = Value::object();
  if (operation.input()) params = random.structure(operation.input()->shape());
  auto serialized = protocol::serialize(operation, kProtocol, params);
  ASSERT_TRUE(serialized) << serialized.error().describe();
  HttpRequest request = as_request(std::move(*serialized));
  auto route = router.route(request);
  ASSERT_TRUE(route) << route.error().describe();
  if (!has_a_twin(operation)) {
    ASSERT_EQ(route->operation.name(), operation.name())
        << request.method << ' ' << request.url.target();
  }
  auto decoded = decode_request({operation, route->labels}, kProtocol, request);
  ASSERT_TRUE(decoded) << decoded.error().describe();
  EXPECT_EQ(*decoded, params) << "sent     " << codec::write_json(params) << "\ndecoded  "
                              << codec::write_json(*decoded) << "\nbody " << request.body.bytes();
}

TEST_F(RoundTrip, DecodesWhatClientsSerializeForEveryOperation) {
  Router router(s3());
  for (Operation operation : s3()->operations()) {
    SCOPED_TRACE(operation.name());
    for (unsigned seed = 0; seed < kDraws && !HasFatalFailure(); ++seed) {
      expect_request_round_trip(router, operation, seed);
    }
  }
}

void expect_response_round_trip(const Operation& operation, unsigned seed) {
  testing::RandomValue random(seed);
  Value output = random.structure(operation.output()->shape());
  auto response = encode_response(operation, kProtocol, output, {});
  ASSERT_TRUE(response) << response.error().describe();
  std::string body = response->body.bytes();
  if (!operation.has_streaming_output()) response->body = Body();
  auto parsed = protocol::parse_output(
      operation, kProtocol, *response,
      operation.has_streaming_output() ? std::string_view() : std::string_view(body),
      std::pmr::get_default_resource());
  ASSERT_TRUE(parsed) << parsed.error().describe() << '\n' << body;
  if (auto payload = operation.output()->shape().payload(); operation.has_streaming_output()) {
    std::string sent(output[payload->name()].is_null() ? "" : output[payload->name()].as_bytes());
    EXPECT_EQ((*parsed)[payload->name()].as_body().read_all().value(), sent);
    output.erase(payload->name());
    parsed->erase(payload->name());
  }
  EXPECT_EQ(*parsed, output) << "encoded  " << codec::write_json(output) << "\nparsed   "
                             << codec::write_json(*parsed) << "\nbody " << body;
}

TEST_F(RoundTrip, EncodesWhatClientsParseForEveryOperation) {
  for (Operation operation : s3()->operations()) {
    if (!operation.output() || operation.event_stream_output() || has_a_twin(operation)) continue;
    SCOPED_TRACE(operation.name());
    for (unsigned seed = 0; seed < kDraws && !HasFatalFailure(); ++seed) {
      expect_response_round_trip(operation, seed);
    }
  }
}

TEST_F(RoundTrip, ErrorsAreParsedWithCodeAndMessage) {
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

TEST_F(RoundTrip, RefusesTextThatXmlCannotHold) {
  Operation operation = s3()->find_operation("ListObjects").value();
  auto response = encode_response(operation, kProtocol, Value::object({{"Prefix", "a\x01"}}));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code(), "UnencodableOutput");
}

TEST_F(RoundTrip, RefusesLineBreaksInHeaders) {
  Operation operation = s3()->find_operation("GetObject").value();
  auto response =
      encode_response(operation, kProtocol, Value::object({{"ContentType", "a\r\nEvil: 1"}}));
  ASSERT_FALSE(response);
}

TEST_F(RoundTrip, OtherProtocolsAreRefusedByName) {
  Operation operation = s3()->find_operation("GetObject").value();
  auto decoded = decode_request({operation, {}}, "soap", {});
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().code(), "UnsupportedProtocol");
}

}  // namespace
}  // namespace botocxx
