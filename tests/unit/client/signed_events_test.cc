#include "client/signed_events.h"

#include "auth/sigv4.h"
#include "codec/event_frame.h"
#include "codec/json.h"
#include "model/compiler.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/client/client.h>

#include <gtest/gtest.h>

namespace botocxx {
namespace {

constexpr std::string_view kModel = R"({
  "metadata": {"apiVersion": "1", "endpointPrefix": "ear", "protocol": "rest-json",
               "serviceId": "Ear", "signatureVersion": "v4"},
  "operations": {"Hear": {"name": "Hear", "http": {"method": "POST", "requestUri": "/hear"},
                          "input": {"shape": "In"}}},
  "shapes": {
    "Blob": {"type": "blob"},
    "Sound": {"type": "structure", "event": true, "members": {"Chunk": {"shape": "Blob", "eventpayload": true}}},
    "Sounds": {"type": "structure", "eventstream": true, "members": {"Sound": {"shape": "Sound"}}},
    "In": {"type": "structure", "payload": "Sounds", "members": {"Sounds": {"shape": "Sounds"}}}}})";

class FixedClock : public Clock {
 public:
  Timestamp now() const override { return Timestamp::from_unix(1767323045); }
};

class FixedEndpoint : public EndpointResolver {
 public:
  Result<Endpoint> resolve(const EndpointQuery&) const override {
    Endpoint endpoint;
    endpoint.url = Url::parse("https://ear.example.com").value();
    return endpoint;
  }
};

class SignedEventsTest : public testing::Test {
 protected:
  SignedEventsTest() {
    parts_.model = model::compile_and_open(codec::parse_json(kModel).value(), "ear", "1").value();
    parts_.region = "eu-west-1";
    parts_.credentials = make_static_credentials_provider({"AKID", "SECRET", "", "", {}, ""});
    parts_.endpoints = std::make_shared<FixedEndpoint>();
    parts_.host.clock = &clock_;
  }

  HttpRequest request(int sounds) {
    Value events = Value::list();
    for (int i = 0; i < sounds; ++i) {
      Value sound = Value::object();
      sound.set("Chunk", Value(Bytes{"abc"}));
      Value event = Value::object();
      event.set("Sound", std::move(sound));
      events.push_back(std::move(event));
    }
    Value params = Value::object();
    params.set("Sounds", std::move(events));
    return Client::create(parts_).value().prepare("Hear", params).value();
  }

  static std::vector<codec::EventFrame> frames(std::string_view octets) {
    std::vector<codec::EventFrame> all;
    codec::EventFrameDecoder decoder;
    while (!octets.empty()) all.push_back(**decoder.take(octets));
    return all;
  }

  FixedClock clock_;
  ClientParts parts_;
};

TEST_F(SignedEventsTest, EveryMessageIsWrappedInASignedOneAndAnEmptyOneEndsThem) {
  HttpRequest made = request(2);
  EXPECT_EQ(made.headers.get("X-Amz-Content-SHA256"), "STREAMING-AWS4-HMAC-SHA256-EVENTS");
  const std::string authorization(made.headers.get("Authorization").value_or(""));
  std::string head = authorization.substr(authorization.rfind('=') + 1);
  auth::SigV4Options options;
  options.region = "eu-west-1";
  options.service = "ear";
  auto signer =
      auth::EventSigner::create(head, {"AKID", "SECRET", "", "", {}, ""}, options).value();
  const std::string body = made.body.read_all().value();
  EXPECT_EQ(made.headers.get("Content-Length"), std::to_string(body.size()));
  auto all = frames(body);
  ASSERT_EQ(all.size(), 3U);
  for (const codec::EventFrame& frame : all) {
    auto expected = signer.sign(frame.payload, clock_.now());
    EXPECT_EQ(frame.find(":chunk-signature")->value.as_bytes(), expected.signature);
    EXPECT_EQ(frame.find(":date")->value.as_int(), 1767323045000);
  }
  EXPECT_EQ(frames(all[0].payload).at(0).payload, "abc");
  EXPECT_TRUE(all[2].payload.empty());
}

TEST_F(SignedEventsTest, AStreamWithoutEventsIsClosedAllTheSame) {
  EXPECT_EQ(frames(request(0).body.read_all().value()).size(), 1U);
}

TEST_F(SignedEventsTest, WithoutASignatureMessagesAreSentAsTheyAre) {
  parts_.config.unsigned_requests = true;
  auto all = frames(request(1).body.read_all().value());
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].payload, "abc");
}

TEST_F(SignedEventsTest, AMessageThatIsCutOffIsNotSigned) {
  auto signer = auth::EventSigner::create(std::string(64, 'a'), {"AKID", "S", "", "", {}, ""}, {});
  auto made = client::sign_event_messages(std::string("\0\0\0", 3), *signer, clock_);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code(), "InvalidEventMessage");
}

}  // namespace
}  // namespace botocxx
