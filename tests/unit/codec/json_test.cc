#include "codec/json.h"

#include <gtest/gtest.h>

#include <limits>

namespace botocxx::codec {
namespace {

TEST(ParseJson, KeepsOrderAndNumberKinds) {
  auto value = parse_json(R"({"b": 1, "a": [2.0, -9223372036854775808, 18446744073709551615]})");
  ASSERT_TRUE(value);
  EXPECT_EQ(value->members()[0].key.view(), "b");
  EXPECT_TRUE((*value)["a"][0].is_double());
  EXPECT_EQ((*value)["a"][1].as_int(), std::numeric_limits<std::int64_t>::min());
  EXPECT_TRUE((*value)["a"][2].is_double());
}

TEST(ParseJson, LastOfARepeatedNameWinsInTheFirstPlace) {
  std::vector<std::string> duplicates;
  JsonReadOptions options;
  options.duplicates = &duplicates;
  auto value = parse_json("{\"a\": 1, \"b\": 2,\n\"a\": 3}", options);
  ASSERT_TRUE(value);
  EXPECT_EQ(write_json(*value), R"({"a":3,"b":2})");
  ASSERT_EQ(duplicates.size(), 1u);
  EXPECT_NE(duplicates[0].find("line 2"), std::string::npos);
}

TEST(ParseJson, MistakesAreReportedWithLineAndColumn) {
  auto value = parse_json("{\n  \"a\": 1\n  \"b\": 2\n}");
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().code(), "JsonSyntax");
  EXPECT_EQ(value.error().message().substr(0, 18), "line 3, column 3: ");
}

TEST(ParseJson, WhatIsNoJsonIsRefused) {
  for (const char* text : {"", " ", "{", "[1,]", "{\"a\":}", "nul", "\"\\x\"", "{} {}", "\"\xff\"",
                           "{'a': 1}", "NaN", "[1 2]", "\"\n\""}) {
    EXPECT_FALSE(parse_json(text)) << text;
  }
}

TEST(ParseJson, DepthIsBounded) {
  std::string deep(100'000, '[');
  auto value = parse_json(deep);
  ASSERT_FALSE(value);
  EXPECT_NE(value.error().message().find("nested deeper"), std::string::npos);
}

TEST(WriteJson, PythonStyleEscapesAsJsonDumpsDoes) {
  Value value{{"k", "a\"\\/\b\f\n\r\t\x01\x7f\xc3\xa9\xf0\x9f\x98\x80"}, {"n", 1.0}};
  EXPECT_EQ(write_json(value, JsonStyle::kPython),
            R"({"k": "a\"\\/\b\f\n\r\t\u0001\u007f\u00e9\ud83d\ude00", "n": 1.0})");
}

TEST(WriteJson, EmptyContainersStayOnOneLineWhenIndented) {
  EXPECT_EQ(write_json(Value{{"a", Value::list()}, {"b", Value::object()}}, JsonStyle::kIndented),
            "{\n    \"a\": [],\n    \"b\": {}\n}");
}

TEST(WriteJson, SpecialKindsHaveTextForms) {
  Value value = Value::list({Value(Bytes{"hi"}), Timestamp::from_unix(0, 5'000'000),
                             Timestamp::from_unix(0, 5'000), Timestamp::from_unix(0),
                             std::numeric_limits<double>::infinity()});
  EXPECT_EQ(
      write_json(value),
      R"(["aGk=","1970-01-01T00:00:00.005Z","1970-01-01T00:00:00.000005Z","1970-01-01T00:00:00Z","Infinity"])");
}

TEST(LocateJsonPointer, FindsMembersAndItems) {
  std::string text = "{\n  \"a\": [\n    1,\n    {\"b/c\": 2}\n  ]\n}";
  EXPECT_EQ(locate_json_pointer(text, "/a/1/b~1c")->line, 4u);
  EXPECT_EQ(locate_json_pointer(text, "/a/0")->line, 3u);
  EXPECT_FALSE(locate_json_pointer(text, "/a/7"));
  EXPECT_FALSE(locate_json_pointer("{", "/a"));
}

// Looking for each name among all others would take hours.
TEST(Json, ManyNamesWithOneRepeatedAreRead) {
  std::string text = "{\"n0\":-1";
  for (int i = 1; i < 300'000; ++i) text += ",\"n" + std::to_string(i) + "\":" + std::to_string(i);
  auto value = parse_json(text + ",\"n0\":0}");
  ASSERT_TRUE(value);
  EXPECT_EQ(value->size(), 300'000U);
  EXPECT_EQ(value->members()[0].value, 0);
}

TEST(Json, SmallObjectsAfterALargeOneAreRead) {
  std::string text = "[{\"n0\":0";
  for (int i = 1; i < 200'000; ++i) text += ",\"n" + std::to_string(i) + "\":0";
  text += '}';
  for (int i = 0; i < 200'000; ++i) text += ",{}";
  EXPECT_TRUE(parse_json(text + ']'));
}

}  // namespace
}  // namespace botocxx::codec
