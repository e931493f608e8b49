#include "query_expression.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace botocxx::objectscale {
namespace {

/// The expression with all its parentheses.
std::string shape(const Expression& expression) {
  if (expression.kind == Expression::Kind::kCondition) {
    const Condition& c = expression.condition;
    return fmt::format("{}{}{}", c.selector, to_string(c.comparison), c.argument);
  }
  std::string text;
  for (const Expression& part : expression.parts) {
    if (!text.empty()) text += expression.kind == Expression::Kind::kAnd ? " & " : " | ";
    text += shape(part);
  }
  return "(" + text + ")";
}

std::string parsed(std::string_view text) {
  auto expression = parse_query(text);
  return expression ? shape(*expression) : expression.error().message();
}

TEST(QueryExpression, ReadsEachOperator) {
  EXPECT_EQ(parsed("a==1"), "a==1");
  EXPECT_EQ(parsed("a>=1"), "a>=1");
  EXPECT_EQ(parsed("a<=1"), "a<=1");
  EXPECT_EQ(parsed("a>1"), "a>1");
  EXPECT_EQ(parsed("a<1"), "a<1");
}

TEST(QueryExpression, BindsAndTighterThanOr) {
  EXPECT_EQ(parsed("a>1 or b>1 and c>1"), "(a>1 | (b>1 & c>1))");
  EXPECT_EQ(parsed("(a>1 or b>1) and c>1"), "((a>1 | b>1) & c>1)");
}

TEST(QueryExpression, JoinsEqualWordsIntoOneGroup) {
  EXPECT_EQ(parsed("a>1 and b>1 and c>1"), "(a>1 & b>1 & c>1)");
}

TEST(QueryExpression, IgnoresSurplusParenthesesAndBlanks) {
  EXPECT_EQ(parsed("  ( ( a  ==  '1' ) ) "), "a==1");
}

TEST(QueryExpression, KeepsWhatStandsInQuotes) {
  EXPECT_EQ(parsed("a==' and (b) or >='"), "a== and (b) or >=");
  EXPECT_EQ(parsed("a==\"it's\""), "a==it's");
  EXPECT_EQ(parsed("a==''"), "a==");
}

TEST(QueryExpression, TakesKeysThatBeginWithAWord) {
  EXPECT_EQ(parsed("android>1 and order>2"), "(android>1 & order>2)");
}

TEST(QueryExpression, SaysWhereSomethingElseWasExpected) {
  EXPECT_EQ(parsed(""), "query: expected a metadata key at character 1, not the end");
  EXPECT_EQ(parsed("a=1"), "query: expected one of ==, >=, <=, >, < at character 2, not '=1'");
  EXPECT_EQ(parsed("a==1 b"), "query: expected 'and', 'or' or the end at character 6, not 'b'");
  EXPECT_EQ(parsed("(a==1"), "query: expected ')' at character 6, not the end");
  EXPECT_EQ(parsed("a=='1"),
            "query: expected a text with a closing quote at character 4, not ''1'");
  EXPECT_EQ(parsed("a=="), "query: expected a value at character 4, not the end");
}

TEST(QueryExpression, RefusesUpperCaseWords) {
  EXPECT_FALSE(parse_query("a==1 AND b==2"));
  EXPECT_FALSE(parse_query("a==1 OR b==2"));
}

TEST(QueryExpression, RefusesOtherOperators) {
  for (std::string_view text : {"a!=1", "a~1", "a like 1", "not a==1", "a===1", "a<>1"}) {
    EXPECT_FALSE(parse_query(text)) << text;
  }
}

TEST(QueryExpression, CapsNestingAndLength) {
  std::string open(100'000, '(');
  EXPECT_FALSE(parse_query(open));
  std::string nested = std::string(64, '(') + "a>1" + std::string(64, ')');
  EXPECT_TRUE(parse_query(nested));
  EXPECT_FALSE(parse_query("(" + nested + ")"));
  std::string many = "a>1";
  for (int i = 0; i < 500; ++i) many += " or a>1";
  EXPECT_FALSE(parse_query(many));
}

}  // namespace
}  // namespace botocxx::objectscale
