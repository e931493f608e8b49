#include "datatype.h"

#include <gtest/gtest.h>

#include <vector>

namespace botocxx::objectscale {
namespace {

void expect_ascending(Datatype type, const std::vector<std::string>& texts) {
  for (std::size_t i = 0; i + 1 < texts.size(); ++i) {
    auto less = parse_index_value(type, texts[i]), greater = parse_index_value(type, texts[i + 1]);
    ASSERT_TRUE(less && greater) << texts[i] << ' ' << texts[i + 1];
    EXPECT_LT(*less, *greater) << texts[i] << " < " << texts[i + 1];
  }
}

TEST(Datatype, NamesHaveNoCase) {
  EXPECT_EQ(parse_datatype("DateTime"), Datatype::kDatetime);
  EXPECT_EQ(parse_datatype("decimal"), Datatype::kDecimal);
  EXPECT_FALSE(parse_datatype("number"));
}

TEST(Datatype, OrdersIntegersAsNumbers) {
  expect_ascending(Datatype::kInteger,
                   {"-9223372036854775808", "-10", "-9", "0", "9", "10", "9223372036854775807"});
}

TEST(Datatype, RefusesWhatIsNoInteger) {
  for (const char* text : {"", "-", "+1", "1.0", " 1", "1 ", "0x1", "9223372036854775808"}) {
    EXPECT_FALSE(parse_index_value(Datatype::kInteger, text)) << text;
  }
}

TEST(Datatype, OrdersDecimalsExactly) {
  expect_ascending(Datatype::kDecimal,
                   {"-100", "-99.99", "-1.05", "-1.04", "-0.5", "-0.05", "0", "0.004", "0.05",
                    "0.1", "0.10000000000000000000000000001", "1", "3.1", "3.14", "12", "100",
                    "100000000000000000000000000000"});
}

TEST(Datatype, EqualDecimalsAreEqual) {
  EXPECT_EQ(parse_index_value(Datatype::kDecimal, "3.10"),
            parse_index_value(Datatype::kDecimal, "003.1"));
  EXPECT_EQ(parse_index_value(Datatype::kDecimal, "-0.0"),
            parse_index_value(Datatype::kDecimal, "0"));
  for (const char* text : {"", ".5", "1.", "1e3", "NaN", "--1", "1,5"}) {
    EXPECT_FALSE(parse_index_value(Datatype::kDecimal, text)) << text;
  }
}

TEST(Datatype, OrdersTimesWithAndWithoutFractions) {
  expect_ascending(Datatype::kDatetime, {"1969-12-31T23:59:59Z", "2020-02-29T00:00:00Z",
                                         "2020-02-29T00:00:00.5Z", "2020-02-29T00:00:01.000Z"});
  EXPECT_EQ(parse_index_value(Datatype::kDatetime, "2020-01-01T00:00:00Z"),
            parse_index_value(Datatype::kDatetime, "2020-01-01T00:00:00.000Z"));
}

TEST(Datatype, RefusesOtherFormsOfTime) {
  for (const char* text :
       {"2020-01-01", "2020-01-01T00:00:00", "2020-01-01 00:00:00Z", "2020-13-01T00:00:00Z",
        "2020-01-01T00:00:00+01:00", "1577836800", "2020-01-01T00:00:00.Z"}) {
    EXPECT_FALSE(parse_index_value(Datatype::kDatetime, text)) << text;
  }
}

TEST(Datatype, OrdersTextsByOctets) {
  expect_ascending(Datatype::kString, {"", "A", "Z", "a", "aa", "z", "é", "日"});
}

}  // namespace
}  // namespace botocxx::objectscale
