#include "codec/json_tokens.h"

#include "codec/json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace botocxx::codec {
namespace {

// The value of `text`, or the mistake.
std::string read(std::string_view text) {
  JsonTokens tokens(text);
  Value value = tokens.read_value(std::pmr::get_default_resource());
  tokens.finish();
  return tokens.failed() ? std::string(tokens.error().message()) : write_json(value);
}

bool skips(std::string_view text) {
  JsonTokens tokens(text);
  tokens.skip_value();
  tokens.finish();
  return !tokens.failed();
}

TEST(JsonTokens, ReadsValuesOfEveryKind) {
  EXPECT_EQ(read(R"( {"a" : [1, -2.5, true, false, null, "x\n\u00e9"], "b": {}} )"),
            "{\"a\":[1,-2.5,true,false,null,\"x\\n\xc3\xa9\"],\"b\":{}}");
}

TEST(JsonTokens, TextsWithoutEscapesReferToTheSource) {
  std::string source =
      R"(["a text that is too long to be copied", "an \"escaped\" text, too long"])";
  JsonTokens tokens(source);
  tokens.enter_list();
  ASSERT_TRUE(tokens.next_item());
  JsonTokens::Text plain = tokens.read_string();
  EXPECT_TRUE(plain.lasting);
  EXPECT_EQ(plain.text.data(), source.data() + 2);
  ASSERT_TRUE(tokens.next_item());
  JsonTokens::Text escaped = tokens.read_string();
  EXPECT_FALSE(escaped.lasting);
  EXPECT_EQ(escaped.text, "an \"escaped\" text, too long");
  EXPECT_FALSE(tokens.next_item());
  EXPECT_FALSE(tokens.failed());
}

TEST(JsonTokens, SurrogatePairsBecomeOneCharacterAndHalvesAReplacement) {
  EXPECT_EQ(read(R"("\ud83d\ude00")"), "\"\xf0\x9f\x98\x80\"");
  EXPECT_EQ(read(R"("\ud83dx")"), "\"\xef\xbf\xbdx\"");
  EXPECT_EQ(read(R"("\ud83d\u0041")"),
            "\"\xef\xbf\xbd"
            "A\"");
  EXPECT_EQ(read(R"("\ude00")"), "\"\xef\xbf\xbd\"");
}

TEST(JsonTokens, TheLastOfRepeatedNamesCountsInThePlaceOfTheFirst) {
  EXPECT_EQ(read(R"({"a": 1, "b": 2, "a": 3})"), R"({"a":3,"b":2})");
  std::string many = "{";
  for (int i = 0; i < 200; ++i) many += "\"n" + std::to_string(i % 100) + "\": 1, ";
  many += "\"n0\": 7}";
  JsonTokens tokens(many);
  Value value = tokens.read_value(std::pmr::get_default_resource());
  EXPECT_EQ(value.size(), 100u);
  EXPECT_EQ(value["n0"], Value(7));
}

TEST(JsonTokens, TakesPythonsLiteralsForNumbersThatAreNone) {
  JsonTokens tokens("[NaN, Infinity, -Infinity, 1e999, 1e-999]");
  Value value = tokens.read_value(std::pmr::get_default_resource());
  ASSERT_FALSE(tokens.failed());
  EXPECT_TRUE(std::isnan(value[0].as_double()));
  EXPECT_EQ(value[1].as_double(), HUGE_VAL);
  EXPECT_EQ(value[2].as_double(), -HUGE_VAL);
  EXPECT_EQ(value[3].as_double(), HUGE_VAL);
  EXPECT_EQ(value[4].as_double(), 0);
}

TEST(JsonTokens, IntegersBeyond64BitsBecomeDoublesUntilTheyAreTooLargeForThose) {
  EXPECT_EQ(read("9223372036854775807"), "9223372036854775807");
  EXPECT_EQ(read("9223372036854775808"), "9.223372036854776e+18");
  EXPECT_EQ(read(std::string(400, '9')), "line 1, column 401: the integer is too large");
}

TEST(JsonTokens, RefusesWhatPythonRefuses) {
  for (std::string_view text : {"",           " ",       "{",       "[",           "[1",
                                "[1,",        "[1,]",    "{\"a\"",  "{\"a\":",     "{\"a\":1",
                                "{\"a\":1,}", "{a:1}",   "{'a':1}", "[1 2]",       "{\"a\" 1}",
                                "\"",         "\"\\",    "\"\\u12", "\"\\u12g4\"", "\"\\x\"",
                                "\"a\nb\"",   "01",      "1.",      ".5",          "+1",
                                "-",          "1e",      "--1",     "nul",         "True",
                                "Inf",        "-NaN",    "[1]x",    "{}{}",        "\xef\xbb\xbf{}",
                                "\"\xff\"",   "\"\xc3\""}) {
    EXPECT_FALSE(skips(text)) << text;
    EXPECT_NE(read(text).find("line 1"), std::string::npos) << text;
  }
}

TEST(JsonTokens, SaysWhereAMistakeIs) {
  EXPECT_EQ(read("{\n \"a\": 1,\n \"b\" 2}"), "line 3, column 6: expected a colon");
}

TEST(JsonTokens, EndsEveryContainerAfterAMistake) {
  JsonTokens tokens("[[1, x], 2]");
  tokens.enter_list();
  std::size_t items = 0;
  while (tokens.next_item()) {
    tokens.skip_value();
    ++items;
  }
  EXPECT_TRUE(tokens.failed());
  EXPECT_EQ(items, 1u);
  EXPECT_EQ(tokens.peek(), JsonTokens::Kind::kNothing);
}

TEST(JsonTokens, RefusesDeepNesting) {
  for (std::string_view open : {"[", "{\"a\":"}) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += open;
    EXPECT_FALSE(skips(text));
    EXPECT_NE(read(text).find("nested too deeply"), std::string::npos);
  }
  EXPECT_TRUE(skips(std::string(512, '[') + std::string(512, ']')));
  EXPECT_FALSE(skips(std::string(513, '[') + std::string(513, ']')));
}

}  // namespace
}  // namespace botocxx::codec
