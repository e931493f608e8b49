#include "auth/event_signer.h"

#include "unit/auth/sample_requests.h"
#include <botocxx/base/text_encoding.h>

#include <gtest/gtest.h>

namespace botocxx::auth {
namespace {

SigV4Options event_options() {
  SigV4Options options;
  options.region = "us-east-1";
  options.service = "demo";
  options.time = Timestamp::parse("Fri, 16 Jan 1981 06:30:00 GMT").value();
  options.payload = PayloadHash::kSignedEvents;
  return options;
}

// The chain that AWS's own implementation is tested with: three events and the closing message.
TEST(EventSigner, SignsThePublishedChain) {
  auto credentials = make_credentials("access", "secret");
  auto options = event_options();
  auto head = sign_v4(make_request("POST", "https://demo.us-east-1.amazonaws.com/streaming",
                                   {{"Content-Encoding", "application/vnd.amazon.eventstream"}}),
                      credentials, options)
                  .value();
  EXPECT_EQ(head.signature, "e1d8e8c8815e60969f2a34765c9a15945ffc0badbaa4b7e3b163ea19131e949b");
  EXPECT_NE(head.canonical_request.find("STREAMING-AWS4-HMAC-SHA256-EVENTS"), std::string::npos);

  SigningKeyCache cache;
  auto signer = EventSigner::create(head.signature, credentials, options, &cache).value();
  const std::pair<const char*, const char*> expected[] = {
      {"A", "7aabf85b765e6a4d0d500b6e968657b14726fa3e1eb7e839302728ffd77629a5"},
      {"B", "f72aa9642f571d24a6e1ae42f10f073ad9448d8a028b6bcd82da081335adda02"},
      {"C", "632af120435b57ec241d8bfbb12e496dfd5e2730a1a02ac0ab6eaa230ae02e9a"},
      {"", "c6f679ddb3af68f5e82f0cf6761244cb2338cf11e7d01a24130aea1b7c17e53e"}};
  std::int64_t second = options.time.seconds();
  for (const auto& [payload, signature] : expected) {
    auto signed_event = signer.sign(payload, Timestamp::from_unix(++second));
    EXPECT_EQ(hex_encode(as_byte_span(signed_event.signature)), signature) << payload;
    EXPECT_EQ(signed_event.date, Timestamp::from_unix(second));
  }
}

TEST(EventSigner, TakesTheScopeFromTheMessagesOwnDay) {
  auto options = event_options();
  options.clock_skew = std::chrono::seconds(1);
  auto signer =
      EventSigner::create(std::string(64, 'a'), make_credentials("a", "s"), options).value();
  auto event = signer.sign("x", Timestamp::parse("2026-01-01T23:59:59.9Z").value());
  EXPECT_TRUE(event.string_to_sign.starts_with(
      "AWS4-HMAC-SHA256-PAYLOAD\n20260102T000000Z\n20260102/us-east-1/demo/aws4_request\n" +
      std::string(64, 'a') + "\n"))
      << event.string_to_sign;
}

TEST(EventSigner, NeedsASignatureToFollow) {
  for (const std::string& seed : {std::string(), std::string(63, '0'), std::string(64, 'g')}) {
    auto signer = EventSigner::create(seed, make_credentials("a", "s"), event_options());
    ASSERT_FALSE(signer);
    EXPECT_EQ(signer.error().code(), "InvalidSignature");
  }
}

TEST(EventSigner, EncodesTheDateInMilliseconds) {
  EXPECT_EQ(encode_date_header(Timestamp::from_unix(1, 234'000'000)),
            std::string("\5:date\10\0\0\0\0\0\0\x04\xd2", 15));
}

}  // namespace
}  // namespace botocxx::auth
