// Messages in messages.json, and what each of them says: those of botocore's own tests, and the
// errors by its names.
#include "codec/event_frame.h"
#include "codec/json.h"
#include <botocxx/base/host.h>

#include <gtest/gtest.h>

#include <string>

namespace botocxx {
namespace {

const Value& messages() {
  static const Value all =
      codec::parse_json(
          system_host()
              .files->read_file(BOTOCXX_SOURCE_DIR "/tests/suites/event_stream/messages.json")
              .value())
          .value();
  return all;
}

std::string from_hex(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    out += static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16));
  }
  return out;
}

std::string octets_of(const Value& test) {
  std::string out = from_hex(test["hex"].as_string());
  if (const Value& then = test["then"]; !then.is_null()) {
    auto times = static_cast<std::size_t>(then["times"].as_int());
    out.append(times, from_hex(then["octet"].as_string())[0]);
  }
  return out + from_hex(test["end"].get_if_string().value_or(""));
}

Value in_case_form(const codec::EventFrame& frame) {
  Value headers = Value::list();
  for (const codec::EventHeader& header : frame.headers) {
    Value value = header.value;
    if (value.is_bytes()) value = Value(value.as_bytes());
    headers.push_back({{"name", header.name},
                       {"type", static_cast<int>(header.type)},
                       {"value", std::move(value)}});
  }
  return {{"headers", std::move(headers)}, {"payload", frame.payload}};
}

std::string test_name(const testing::TestParamInfo<Value>& info) {
  std::string name(info.param["name"].as_string());
  for (char& c : name) c = c == ' ' || c == '-' ? '_' : c;
  return name;
}

std::vector<Value> cases(std::string_view kind) {
  return {messages()[kind].begin(), messages()[kind].end()};
}

class GoodMessage : public testing::TestWithParam<Value> {};
class BadMessage : public testing::TestWithParam<Value> {};

TEST_P(GoodMessage, DecodesInPiecesOfAnySize) {
  std::string octets = octets_of(GetParam());
  for (std::size_t size = 1; size <= octets.size(); ++size) {
    codec::EventFrameDecoder decoder;
    std::optional<codec::EventFrame> frame;
    for (std::size_t at = 0; at < octets.size(); at += size) {
      EXPECT_FALSE(frame);
      std::string_view piece = std::string_view(octets).substr(at, size);
      frame = decoder.take(piece).value();
      EXPECT_TRUE(piece.empty());
    }
    ASSERT_TRUE(frame) << size;
    Value expected{{"headers", GetParam()["headers"]}, {"payload", GetParam()["payload"]}};
    EXPECT_EQ(in_case_form(*frame), expected) << codec::write_json(in_case_form(*frame));
    EXPECT_EQ(decoder.pending(), 0U);
  }
}

TEST_P(GoodMessage, EncodesToTheSameOctets) {
  std::string octets = octets_of(GetParam());
  std::string_view rest = octets;
  codec::EventFrame frame = *codec::EventFrameDecoder().take(rest).value();
  std::string encoded;
  ASSERT_TRUE(codec::append_event_frame(encoded, frame));
  EXPECT_EQ(encoded, octets);
}

TEST_P(BadMessage, IsAnError) {
  std::string octets = octets_of(GetParam());
  std::string_view rest = octets;
  auto frame = codec::EventFrameDecoder().take(rest);
  ASSERT_FALSE(frame);
  EXPECT_EQ(frame.error().kind(), ErrorKind::kParse);
  EXPECT_EQ(frame.error().code(), GetParam()["error"].as_string()) << frame.error().describe();
}

INSTANTIATE_TEST_SUITE_P(EventStream, GoodMessage, testing::ValuesIn(cases("good")), test_name);
INSTANTIATE_TEST_SUITE_P(EventStream, BadMessage, testing::ValuesIn(cases("bad")), test_name);

TEST(EventStreamMessages, FollowEachOtherInOnePiece) {
  std::string octets;
  for (const Value& test : messages()["good"].items()) octets += octets_of(test);
  std::string_view rest = octets;
  codec::EventFrameDecoder decoder;
  std::size_t count = 0;
  while (auto frame = decoder.take(rest).value()) ++count;
  EXPECT_EQ(count, messages()["good"].size());
  EXPECT_TRUE(rest.empty());
}

}  // namespace
}  // namespace botocxx
