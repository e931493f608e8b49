#include <botocxx/base/text_encoding.h>

#include <gtest/gtest.h>

#include <array>

namespace botocxx {
namespace {

TEST(Base64, RoundTripsEveryLength) {
  std::string text;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(base64_decode(base64_encode(as_byte_span(text))), text);
    text += static_cast<char>(i * 7);
  }
}

TEST(Base64, WhiteSpaceIsSkipped) { EXPECT_EQ(base64_decode("aG\nVs bG8=\r\n"), "hello"); }

TEST(Base64, DamagedTextIsRefused) {
  for (const char* text : {"a", "aGk", "aGk==", "a=Gk", "aG!k", "====", "aGVsbG8==="}) {
    EXPECT_FALSE(base64_decode(text)) << text;
  }
}

TEST(PercentEncoding, KeepsUnreservedCharactersOnly) {
  EXPECT_EQ(percent_encode("a b+c/\xc3\xa9~-._"), "a%20b%2Bc%2F%C3%A9~-._");
  EXPECT_EQ(percent_encode("a/b", "/"), "a/b");
}

TEST(PercentEncoding, DecodingLeavesMalformedEscapesAndPlus) {
  EXPECT_EQ(percent_decode("a%20b+c%"), "a b+c%");
  EXPECT_EQ(percent_decode("%zz%4"), "%zz%4");
  EXPECT_EQ(percent_decode("%2f%2F"), "//");
}

TEST(Utf8, MalformedSequencesAreFound) {
  EXPECT_TRUE(is_utf8("h\xc3\xa9llo \xf0\x9f\x98\x80"));
  for (const char* text :
       {"\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff", "\x80"}) {
    EXPECT_FALSE(is_utf8(text));
  }
}

TEST(FormatDouble, PrintsAsPythonDoes) {
  EXPECT_EQ(format_double(1.0), "1.0");
  EXPECT_EQ(format_double(0.1), "0.1");
  EXPECT_EQ(format_double(1e16), "1e+16");
  EXPECT_EQ(format_double(1e15), "1000000000000000.0");
  EXPECT_EQ(format_double(0.0001), "0.0001");
  EXPECT_EQ(format_double(0.00001), "1e-05");
  EXPECT_EQ(format_double(1.5e300), "1.5e+300");
  EXPECT_EQ(format_double(-0.0), "-0.0");
}

TEST(NearestName, FindsTypingMistakesAndNothingFarOff) {
  std::array<std::string, 3> names{"ListObjectsV2", "PutObject", "GetObject"};
  EXPECT_EQ(nearest_name("listobjectv2", names), "ListObjectsV2");
  EXPECT_EQ(nearest_name("PutObjekt", names), "PutObject");
  EXPECT_FALSE(nearest_name("CreateInstance", names));
}

}  // namespace
}  // namespace botocxx
