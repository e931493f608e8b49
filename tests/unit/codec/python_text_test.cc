#include "codec/python_text.h"

#include <gtest/gtest.h>

namespace botocxx::codec {
namespace {

TEST(PythonText, PrintsScalarsAsStr) {
  EXPECT_EQ(python_str(Value()), "None");
  EXPECT_EQ(python_str(true), "True");
  EXPECT_EQ(python_str(-5), "-5");
  EXPECT_EQ(python_str(1.0), "1.0");
  EXPECT_EQ(python_str("it's"), "it's");
  EXPECT_EQ(python_str(Timestamp::from_unix(1577836805)), "2020-01-01 00:00:05+00:00");
  EXPECT_EQ(python_str(Timestamp::from_unix(0, 5000)), "1970-01-01 00:00:00.000005+00:00");
}

TEST(PythonText, QuotesTextsInsideContainers) {
  EXPECT_EQ(python_str(Value{{"a", Value::list({1, "it's", nullptr})}, {"b", "\"q\"'"}}),
            "{'a': [1, \"it's\", None], 'b': '\"q\"\\''}");
  EXPECT_EQ(python_str(Value::object()), "{}");
  EXPECT_EQ(python_repr("a\\\n\t\r\x01\x7f"), "'a\\\\\\n\\t\\r\\x01\\x7f'");
  EXPECT_EQ(python_repr("\xc2\xa0\xc3\xa9\xe2\x80\x8b\xf0\x9f\x98\x80"),
            "'\\xa0\xc3\xa9\\u200b\xf0\x9f\x98\x80'");
}

TEST(PythonText, PrintsOctetsAndDates) {
  EXPECT_EQ(python_str(Bytes{std::string_view("a\0'\xff", 4)}), "b\"a\\x00'\\xff\"");
  EXPECT_EQ(python_repr(Timestamp::from_unix(1577836800)),
            "datetime.datetime(2020, 1, 1, 0, 0, tzinfo=tzutc())");
  EXPECT_EQ(python_repr(Timestamp::from_unix(0, 5000)),
            "datetime.datetime(1970, 1, 1, 0, 0, 0, 5, tzinfo=tzutc())");
}

TEST(PythonText, SurvivesMalformedUtf8) {
  EXPECT_EQ(python_repr("\xff\xe2\x82"), "'\xff\xe2\\x82'");
}

TEST(PythonText, NamesTypes) {
  EXPECT_EQ(python_type(Value()), "<class 'NoneType'>");
  EXPECT_EQ(python_type("x"), "<class 'str'>");
  EXPECT_EQ(python_type(Value::object()), "<class 'dict'>");
}

}  // namespace
}  // namespace botocxx::codec
