#include "codec/json.h"

#include <gtest/gtest.h>

#include <cmath>

namespace botocxx::codec {
namespace {

Value number(std::string_view text) { return parse_json(text).value(); }

TEST(JsonNumber, ZeroStaysZeroWhateverItsExponent) {
  for (const char* text : {"0e99", "-0.0e5", "0.000E-999", "0.0"}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(number(text).as_double(), 0.0);
  }
}

TEST(JsonNumber, BeyondTheRangeOfADoubleIsRefusedWithItsPlace) {
  for (const char* text : {"1e999", "-1e999", "323333326e300"}) {
    SCOPED_TRACE(text);
    auto value = parse_json(text);
    ASSERT_FALSE(value);
    EXPECT_EQ(value.error().code(), "JsonSyntax");
    EXPECT_NE(std::string(value.error().message()).find("too big"), std::string::npos);
  }
}

TEST(JsonNumber, TooSmallForADoubleIsZero) { EXPECT_EQ(number("1e-999").as_double(), 0.0); }

TEST(JsonNumber, IntegersKeepAllSixtyFourBitsAndBecomeDoublesBeyond) {
  EXPECT_EQ(number("9223372036854775807").as_int(), INT64_MAX);
  EXPECT_EQ(number("-9223372036854775808").as_int(), INT64_MIN);
  EXPECT_EQ(number("18446744073709551616").as_double(), 18446744073709551616.0);
}

TEST(JsonNumber, IsReadToTheNearestDouble) {
  EXPECT_EQ(number("0.1").as_double(), 0.1);
  EXPECT_EQ(number("5e-324").as_double(), std::nextafter(0.0, 1.0));
  EXPECT_EQ(number("1.7976931348623157e308").as_double(), 1.7976931348623157e308);
}

}  // namespace
}  // namespace botocxx::codec
