#include "codec/event_frame.h"

#include "base/crc.h"

#include <gtest/gtest.h>

#include <limits>

namespace botocxx::codec {
namespace {

using std::string_literals::operator""s;

std::string big_endian(std::uint32_t number) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 0xff);
  return out;
}

// A message with right checksums around lengths and headers that may be wrong.
std::string message(std::uint32_t total, std::uint32_t headers_size, const std::string& content) {
  std::string out = big_endian(total) + big_endian(headers_size);
  out += big_endian(base::crc32(out));
  out += content;
  return out + big_endian(base::crc32(out));
}

std::string message_with_headers(const std::string& headers) {
  auto size = static_cast<std::uint32_t>(headers.size());
  return message(size + 16, size, headers);
}

Result<std::optional<EventFrame>> decode(std::string_view octets) {
  return EventFrameDecoder().take(octets);
}

std::string code_of(const std::string& octets) {
  auto frame = decode(octets);
  return frame ? "no error" : frame.error().code();
}

std::string encoding_problem(EventHeader header) {
  std::string out = "kept";
  EventFrame frame;
  frame.headers.push_back(std::move(header));
  auto added = append_event_frame(out, frame);
  if (added) return "no error";
  EXPECT_EQ(out, "kept");
  EXPECT_EQ(added.error().code(), "InvalidEventMessage");
  return added.error().message();
}

TEST(Crc32, GoesOnFromWhatCameBefore) {
  EXPECT_EQ(base::crc32("123456789"), 0xcbf43926U);
  EXPECT_EQ(base::crc32("56789", base::crc32("1234")), 0xcbf43926U);
  EXPECT_EQ(base::crc32(""), 0U);
}

TEST(EventFrameDecoder, RefusesHeadersThatAreLongerThanTheMessage) {
  EXPECT_EQ(code_of(message(16, 1, "")), "InvalidEventMessage");
  EXPECT_EQ(code_of(message(0, 0, "")), "InvalidEventMessage");
  EXPECT_EQ(code_of(message(15, 0, "")), "InvalidEventMessage");
}

TEST(EventFrameDecoder, RefusesLengthsBeforeTheContentArrives) {
  EXPECT_EQ(code_of(message(16 + (128 << 10) + 1, (128 << 10) + 1, "")), "InvalidHeadersLength");
  EXPECT_EQ(code_of(message(16 + (24 << 20) + 1, 0, "")), "InvalidPayloadLength");
  EXPECT_EQ(code_of(message(0xffffffff, 0, "")), "InvalidPayloadLength");
}

TEST(EventFrameDecoder, AnnouncesWhatIsMissingWithoutTakingRoomForIt) {
  std::string octets = message(16 + (24 << 20), 0, "").substr(0, 13);
  EventFrameDecoder decoder;
  std::string_view rest = octets;
  EXPECT_FALSE(decoder.take(rest).value());
  EXPECT_EQ(decoder.pending(), 13U);
  EXPECT_EQ(decoder.announced(), 16U + (24 << 20));
}

TEST(EventFrameDecoder, RefusesHeadersThatEndTooEarly) {
  for (const std::string& headers :
       {"\x01"s, "\x01x"s, "\x01x\x02"s, "\x01x\x03\x01"s, "\x01x\x05\x01\x02"s, "\x01x\x07\x00"s,
        "\x01x\x07\x00\x02y"s, "\x01x\x06\xff\xffy"s, "\x01x\x09"s + std::string(15, 'u')}) {
    EXPECT_EQ(code_of(message_with_headers(headers)), "InvalidEventMessage") << headers;
  }
}

TEST(EventFrameDecoder, RefusesUnknownTypesAndWhatIsNotUtf8) {
  for (const std::string& headers :
       {"\x01x\x0a"s, "\x01x\xff"s, "\x01\xff\x00"s, "\x01x\x07\x00\x01\xff"s}) {
    EXPECT_EQ(code_of(message_with_headers(headers)), "InvalidEventMessage");
  }
}

TEST(EventFrameDecoder, NamesTheHeaderThatIsThereTwice) {
  auto frame = decode(message_with_headers("\x01x\x00\x01y\x01\x01x\x01"s));
  ASSERT_FALSE(frame);
  EXPECT_EQ(frame.error().code(), "DuplicateHeader");
  EXPECT_EQ(frame.error().message(), "Duplicate header present: \"x\"");
}

TEST(EventFrameDecoder, FindsADoubleAmongVeryManyHeaders) {
  std::string headers;
  for (int i = 0; i < 32'000; ++i) {
    headers += {'\x02', static_cast<char>(1 + i % 127), static_cast<char>(1 + i / 127 % 127), '\0'};
  }
  EXPECT_EQ(code_of(message_with_headers(headers)), "DuplicateHeader");
}

TEST(EventFrameDecoder, HoldsTheLargestPayload) {
  EventFrame frame;
  frame.payload = std::string(kEventPayloadLimit, 'x');
  std::string octets;
  ASSERT_TRUE(append_event_frame(octets, frame));
  EXPECT_EQ(decode(octets).value()->payload.size(), kEventPayloadLimit);
  frame.payload += 'x';
  EXPECT_FALSE(append_event_frame(octets, frame));
}

TEST(EventFrame, KeepsEveryKindOfHeaderThroughARoundTrip) {
  using Type = EventHeaderType;
  EventFrame frame;
  frame.payload = "\0\xff"s;
  for (auto type : {Type::kByte, Type::kShort, Type::kInteger, Type::kLong, Type::kTimestamp}) {
    int bits = type == Type::kByte      ? 8
               : type == Type::kShort   ? 16
               : type == Type::kInteger ? 32
                                        : 64;
    std::int64_t least = std::numeric_limits<std::int64_t>::min() >> (64 - bits);
    for (std::int64_t number : {least, -least - 1, std::int64_t{0}, std::int64_t{-1}}) {
      frame.headers.push_back({std::to_string(frame.headers.size()), type, Value(number)});
    }
  }
  frame.headers.push_back({"t", Type::kTrue, Value(true)});
  frame.headers.push_back({"f", Type::kFalse, Value(false)});
  frame.headers.push_back({"b", Type::kByteArray, Value(Bytes{"\0\xff"s})});
  frame.headers.push_back({"s", Type::kString, Value("\xc3\xa4")});
  frame.headers.push_back({"u", Type::kUuid, Value(Bytes{"0123456789abcdef"})});
  std::string octets;
  ASSERT_TRUE(append_event_frame(octets, frame));
  auto read = decode(octets).value();
  ASSERT_EQ(read->headers.size(), frame.headers.size());
  for (std::size_t i = 0; i < frame.headers.size(); ++i) {
    EXPECT_EQ(read->headers[i].name, frame.headers[i].name);
    EXPECT_EQ(read->headers[i].type, frame.headers[i].type);
    EXPECT_EQ(read->headers[i].value, frame.headers[i].value);
  }
  EXPECT_EQ(read->payload, frame.payload);
}

TEST(EventFrame, FindsHeadersByTheirExactName) {
  EventFrame frame;
  frame.add_text(":event-type", "End");
  frame.headers.push_back({"n", EventHeaderType::kInteger, Value(1)});
  EXPECT_EQ(frame.text(":event-type"), "End");
  EXPECT_EQ(frame.text(":Event-Type"), "");
  EXPECT_EQ(frame.text("n"), "");
  EXPECT_EQ(frame.find("missing"), nullptr);
}

TEST(AppendEventFrame, NamesTheHeaderThatCannotBeSent) {
  using Type = EventHeaderType;
  EXPECT_EQ(encoding_problem({"n", Type::kByte, Value(128)}),
            "event header \"n\" is 128, which 8 bits cannot hold");
  EXPECT_EQ(encoding_problem({"n", Type::kInteger, Value(-2147483649LL)}),
            "event header \"n\" is -2147483649, which 32 bits cannot hold");
  EXPECT_EQ(encoding_problem({"n", Type::kLong, Value("1")}),
            "event header \"n\" must be an integer");
  EXPECT_EQ(encoding_problem({"n", Type::kString, Value(1)}), "event header \"n\" must be a text");
  EXPECT_EQ(encoding_problem({"n", Type::kString, Value("\xff")}),
            "event header \"n\" is not UTF-8");
  EXPECT_EQ(encoding_problem({"n", Type::kString, Value(std::string(32768, 'x'))}),
            "event header \"n\" has 32768 octets, more than 32767");
  EXPECT_EQ(encoding_problem({"n", Type::kUuid, Value(Bytes{"short"})}),
            "event header \"n\" must have 16 octets");
  EXPECT_EQ(encoding_problem({"", Type::kTrue, Value(true)}),
            "event header \"\" needs a name of 1 to 255 octets of UTF-8");
  EXPECT_NE(encoding_problem({std::string(256, 'n'), Type::kTrue, Value(true)}), "no error");
}

TEST(AppendEventFrame, RefusesTooManyHeaders) {
  EventFrame frame;
  for (int i = 0; i < 5; ++i) {
    frame.headers.push_back({std::string(1, static_cast<char>('a' + i)),
                             EventHeaderType::kByteArray, Value(Bytes{std::string(30'000, 'x')})});
  }
  std::string out;
  EXPECT_FALSE(append_event_frame(out, frame));
  EXPECT_EQ(out, "");
}

}  // namespace
}  // namespace botocxx::codec
