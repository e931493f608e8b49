#include "codec/json.h"
#include <botocxx/jmespath/expression.h>

#include <gtest/gtest.h>

namespace botocxx {
namespace {

std::string search(std::string_view expression, std::string_view json) {
  auto found = search_jmespath(expression, codec::parse_json(json).value());
  return found ? codec::write_json(*found) : found.error().code();
}

struct Case {
  const char* expression;
  const char* given;
  const char* expected;
};

void expect_all(std::initializer_list<Case> cases) {
  for (const Case& c : cases) {
    EXPECT_EQ(search(c.expression, c.given), c.expected) << c.expression << " of " << c.given;
  }
}

TEST(Jmespath, FieldsIndexesAndSlicesSelectParts) {
  expect_all({{"a.b", R"({"a": {"b": 1}})", "1"},
              {"a.b.c", R"({"a": 1})", "null"},
              {"\"a b\".\"\\u00e9\"", R"({"a b": {"é": true}})", "true"},
              {"[0]", "[1, 2]", "1"},
              {"[-1]", "[1, 2]", "2"},
              {"[7]", "[1, 2]", "null"},
              {"a[1]", R"({"a": {"1": 2}})", "null"},
              {"[1:3]", "[0, 1, 2, 3]", "[1,2]"},
              {"[::-1]", "[0, 1, 2]", "[2,1,0]"},
              {"[10:-20:-2]", "[0, 1, 2, 3]", "[3,1]"},
              {"[0:3:9223372036854775807]", "[0, 1, 2]", "[0]"},
              {"@", "5", "5"}});
}

TEST(Jmespath, ProjectionsDropNullsAndStopAtPipes) {
  expect_all(
      {{"[*].a", R"([{"a": 1}, {"b": 2}, {"a": 3}])", "[1,3]"},
       {"[*].a | [0]", R"([{"a": 1}, {"a": 3}])", "1"},
       {"*.a", R"({"x": {"a": 1}, "y": 2, "z": {"a": 3}})", "[1,3]"},
       {"a[].b", R"({"a": [[{"b": 1}], {"b": 2}, [[{"b": 3}]]]})", "[1,2]"},
       {"a[][]", R"({"a": [[1, [2]], 3]})", "[1,2,3]"},
       {"[?a > `1`].b", R"([{"a": 1, "b": 1}, {"a": 2, "b": 2}, {"a": "3", "b": 3}])", "[2]"},
       {"[?a == 'x' && !b]", R"([{"a": "x"}, {"a": "x", "b": 1}])", R"([{"a":"x"}])"},
       {"a[*]", R"({"a": 1})", "null"}});
}

TEST(Jmespath, MultiSelectsKeepNulls) {
  expect_all({{"[a, b]", R"({"a": 1})", "[1,null]"},
              {"{x: a, \"y\": b}", R"({"a": 1})", R"({"x":1,"y":null})"},
              {"a.[b, c]", R"({"a": null})", "null"},
              {"{x: a, x: b}", R"({"a": 1, "b": 2})", R"({"x":2})"}});
}

TEST(Jmespath, OperatorsReturnOperands) {
  expect_all({{"a || b", R"({"a": "", "b": 2})", "2"},
              {"a && b", R"({"a": [], "b": 2})", "[]"},
              {"NextMarker != 'NO MORE PAGES' && NextMarker", R"({"NextMarker": "m"})", "\"m\""},
              {"NextMarker != 'NO MORE PAGES' && NextMarker", R"({"NextMarker": "NO MORE PAGES"})",
               "false"},
              {"'a' < 'b'", "null", "true"},
              {"'é' > 'z' && '10' < '9'", "null", "true"},
              {"'a' < `1`", "null", "null"},
              {"`1` == `1.0`", "null", "true"},
              {"`[1, {\"a\": 2}]` == @", R"([1, {"a": 2}])", "true"},
              {"!`0`", "null", "false"}});
}

TEST(Jmespath, LiteralsAndRawStringsKeepTheirEscapes) {
  expect_all({{R"('a\'b\\n')", "null", R"("a'b\\\\n")"},
              {R"(`"a\`b"`)", "null", R"("a`b")"},
              {"`bare`", "null", "\"bare\""},
              {"`[1, true, null]`", "null", "[1,true,null]"}});
}

TEST(Jmespath, NumberFunctions) {
  expect_all({{"abs(`-1`)", "null", "1"},
              {"abs(`-1.5`)", "null", "1.5"},
              {"ceil(`1.2`)", "null", "2"},
              {"floor(`-1.2`)", "null", "-2"},
              {"avg(@)", "[1, 2]", "1.5"},
              {"avg(@)", "[]", "null"},
              {"sum(@)", "[]", "0"},
              {"sum(@)", "[1, 2.5]", "3.5"},
              {"max(@)", "[1, 3, 2]", "3"},
              {"min(@)", R"(["b", "a"])", "\"a\""},
              {"max(@)", "[]", "null"},
              {"to_number('1e3')", "null", "1000.0"},
              {"to_number('12')", "null", "12"},
              {"to_number('x')", "null", "null"},
              {"to_number(`true`)", "null", "null"}});
}

TEST(Jmespath, StringFunctionsCountCodePoints) {
  expect_all({{"length('añb')", "null", "3"},
              {"reverse('añ')", "null", "\"ña\""},
              {"starts_with('añ', 'a')", "null", "true"},
              {"ends_with('añ', 'a')", "null", "false"},
              {"join('-', @)", R"(["a", "b"])", "\"a-b\""},
              {"contains('abc', 'b')", "null", "true"},
              {"contains('abc', `1`)", "null", "false"},
              {"contains(@, `{\"a\": 1}`)", R"([{"a": 1}])", "true"},
              {"to_string(@)", R"({"a": [1, "x"]})", R"("{\"a\":[1,\"x\"]}")"},
              {"to_string('x')", "null", "\"x\""}});
}

TEST(Jmespath, CollectionFunctions) {
  expect_all({{"keys(@)", R"({"b": 1, "a": 2})", R"(["b","a"])"},
              {"values(@)", R"({"b": 1, "a": 2})", "[1,2]"},
              {"length(@)", R"({"b": 1})", "1"},
              {"sort(@)", R"(["b", "é", "a"])", R"(["a","b","é"])"},
              {"sort_by(@, &a)[*].b", R"([{"a": 2, "b": 1}, {"a": 1, "b": 2}, {"a": 2, "b": 3}])",
               "[2,1,3]"},
              {"max_by(@, &a).b", R"([{"a": 2, "b": 1}, {"a": 2, "b": 3}])", "1"},
              {"min_by(@, &a)", "[]", "null"},
              {"map(&a, @)", R"([{"a": 1}, {}])", "[1,null]"},
              {"merge(@, `{\"a\": 2}`)", R"({"a": 1, "b": 1})", R"({"a":2,"b":1})"},
              {"not_null(a, b, `3`)", R"({"b": null})", "3"},
              {"reverse(@)", "[1, 2]", "[2,1]"},
              {"to_array(@)", "1", "[1]"},
              {"to_array(@)", "[1]", "[1]"},
              {"[*].type(@)", R"([1, "a", true, [1], {"a": 1}])",
               R"(["number","string","boolean","array","object"])"},
              {"type(a)", "{}", "\"null\""}});
}

TEST(Jmespath, MistakesBeforeEvaluationAreSyntaxErrorsWithAColumn) {
  for (const char* expression : {"",         " ",
                                 "a.",       ".a",
                                 "a..b",     "[",
                                 "a[",       "a]",
                                 "[*",       "[?a",
                                 "[?]",      "a b",
                                 "{}",       "{a}",
                                 "{a: }",    "[a,]",
                                 "f(a,)",    "f(",
                                 "a.1",      "\"a",
                                 "'a",       "`a",
                                 "a = b",    "a[1:2:3:4]",
                                 "a[1 2]",   "&",
                                 "(a",       "@.`1`",
                                 "\"f\"(a)", "a[?b]c",
                                 "--1",      "[-]",
                                 "#",        "99999999999999999999"}) {
    auto compiled = JmespathExpression::compile(expression);
    ASSERT_FALSE(compiled) << expression;
    EXPECT_EQ(compiled.error().code(), "syntax") << expression;
    EXPECT_NE(compiled.error().message().find("column"), std::string::npos) << expression;
  }
}

TEST(Jmespath, MistakesDuringEvaluationHaveTheirCodes) {
  expect_all({{"abs('a')", "null", "invalid-type"},
              {"sum(@)", R"([1, "a"])", "invalid-type"},
              {"sort(@)", R"([1, "a"])", "invalid-type"},
              {"sort_by(@, &a)", R"([{"a": 1}, {"a": "b"}])", "invalid-type"},
              {"sort_by(@, &a)", R"([{"a": true}])", "invalid-type"},
              {"sort_by(@, a)", "[]", "invalid-type"},
              {"length(`1`)", "null", "invalid-type"},
              {"join('-', @)", "[1]", "invalid-type"},
              {"abs()", "null", "invalid-arity"},
              {"abs(`1`, `2`)", "null", "invalid-arity"},
              {"merge()", "null", "invalid-arity"},
              {"[::0]", "[1]", "invalid-value"},
              {"nope(@)", "null", "unknown-function"}});
}

TEST(Jmespath, AnUnknownFunctionNamesTheNearest) {
  auto found = search_jmespath("sortby(@, &a)", Value::list());
  EXPECT_NE(found.error().describe().find("sort_by"), std::string::npos);
}

TEST(Jmespath, ALongRowOfStepsIsRefusedBeforeItFillsTheStack) {
  for (std::string_view step : {".a", "[0]", "||a", "|a", "[]", ".*"}) {
    std::string expression = "a";
    for (int i = 0; i < 100'000; ++i) expression += step;
    EXPECT_EQ(search(expression, "{}"), "syntax") << step;
  }
  std::string usual = "a";
  for (int i = 0; i < 100; ++i) usual += ".a";
  EXPECT_EQ(search(usual, "{}"), "null");
}

TEST(Jmespath, DeepNestingIsRefused) {
  EXPECT_EQ(search(std::string(100'000, '(') + "a", "null"), "syntax");
  EXPECT_EQ(search(std::string(100'000, '!') + "a", "null"), "syntax");
}

TEST(Jmespath, TimesCompareAndSortAsInstants) {
  Value later{{"t", Timestamp::from_unix(20)}, {"n", 1}};
  Value sooner{{"t", Timestamp::from_unix(10)}, {"n", 2}};
  auto found = search_jmespath("sort_by(@, &t)[*].n", Value::list({later, sooner}));
  EXPECT_EQ(codec::write_json(found.value()), "[2,1]");
}

TEST(Jmespath, ATextBesideATimeIsReadAsOne) {
  Value times = Value::list({Timestamp::from_unix(10), Timestamp::from_unix(2'000'000'000)});
  auto late = search_jmespath("[?@ >= '2026-01-01']", times);
  EXPECT_EQ(late.value(), Value::list({Timestamp::from_unix(2'000'000'000)}));
  EXPECT_TRUE(search_jmespath("[?'no time' < @]", times).value().empty());
}

}  // namespace
}  // namespace botocxx
