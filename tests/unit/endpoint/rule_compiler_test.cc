// Broken rule sets, each refused with the place of what is wrong.
#include "codec/json.h"
#include <botocxx/endpoint/rule_set.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

namespace botocxx::endpoint {
namespace {

constexpr std::string_view kParameters =
    R"({"Region": {"type": "String"}, "Flag": {"type": "Boolean", "default": false},
        "List": {"type": "stringArray"}})";
constexpr std::string_view kEndpoint =
    R"({"type": "endpoint", "conditions": [], "endpoint": {"url": "https://a"}})";

Value json(std::string_view text) { return codec::parse_json(text).value(); }

Value rule_set_of(std::string_view rules) {
  return json(
      fmt::format(R"({{"version": "1.0", "parameters": {}, "rules": [{}]}})", kParameters, rules));
}

Value rule_set_with(std::string_view condition) {
  return rule_set_of(fmt::format(
      R"({{"type": "endpoint", "conditions": [{}], "endpoint": {{"url": "https://a"}}}})",
      condition));
}

// "pointer: reason" of a rule set that is refused.
std::string refusal(const Value& document) {
  auto compiled = EndpointRuleSet::compile(document, Value());
  if (compiled) return "accepted";
  EXPECT_EQ(compiled.error().code(), "InvalidRuleSet");
  EXPECT_EQ(compiled.error().kind(), ErrorKind::kModel);
  constexpr std::string_view kStart = "endpoint rule set at ";
  EXPECT_TRUE(compiled.error().message().starts_with(kStart));
  return compiled.error().message().substr(kStart.size());
}

TEST(RuleSet, ThatIsNoneIsRefused) {
  EXPECT_EQ(refusal(Value()), "/: expected an object");
  EXPECT_EQ(refusal(json("[]")), "/: expected an object");
  EXPECT_EQ(refusal(json("{}")), "/: \"version\" must be a text");
  EXPECT_EQ(refusal(json(R"({"version": "1.0", "rules": []})")), "/parameters: expected an object");
  EXPECT_EQ(refusal(json(R"({"version": "1.0", "parameters": {}})")),
            "/rules: expected a list of rules");
}

TEST(RuleSet, InTheFormOfADecisionDiagramIsRefusedByThatName) {
  std::string text = refusal(json(R"({"version": "1.1", "parameters": {}, "conditions": [],
      "results": [], "root": 2, "nodeCount": 2, "nodes": "/////wAAAAH/////"})"));
  EXPECT_EQ(text, "/: this is the decision-diagram form of a rule set, which is not supported");
}

TEST(RuleSet, WithBrokenParametersIsRefused) {
  auto with = [](std::string_view parameter) {
    return refusal(json(
        fmt::format(R"({{"version": "1", "parameters": {{"P": {}}}, "rules": []}})", parameter)));
  };
  EXPECT_EQ(with("{}"), "/parameters/P: \"type\" must be string, boolean or stringArray");
  EXPECT_EQ(with(R"({"type": "number"})"),
            "/parameters/P: \"type\" must be string, boolean or stringArray");
  EXPECT_EQ(with(R"({"type": "boolean", "default": "no"})"),
            "/parameters/P/default: expected a boolean");
  EXPECT_EQ(with(R"({"type": "string", "default": 5})"),
            "/parameters/P/default: expected a string");
  EXPECT_EQ(with(R"({"type": "stringArray", "default": "a"})"),
            "/parameters/P/default: expected a list of strings");
  EXPECT_EQ(with(R"({"type": "stringArray", "default": [1]})"),
            "/parameters/P/default: expected a list of strings");
}

TEST(RuleSet, WithBrokenConditionsIsRefused) {
  struct Broken {
    const char* condition;
    const char* reason;
  };
  for (const Broken& broken : std::initializer_list<Broken>{
           {R"("text")", "/0: a condition must be a function: {\"fn\": …}"},
           {R"({"ref": "Flag"})", "/0: a condition must be a function: {\"fn\": …}"},
           {R"({"fn": "isset", "argv": []})", "/0: there is no function \"isset\""},
           {R"({"fn": "isSet"})", "/0: \"argv\" must be a list"},
           {R"({"fn": "isSet", "argv": []})", "/0: isSet takes 1 argument(s), found 0"},
           {R"({"fn": "not", "argv": [true, true]})", "/0: not takes 1 argument(s), found 2"},
           {R"({"fn": "coalesce", "argv": ["a"]})",
            "/0: coalesce takes at least 2 argument(s), found 1"},
           {R"({"fn": "not", "argv": [{"ref": "Region"}]})",
            "/0/argv/0: not expects a boolean here, found a string"},
           {R"({"fn": "stringEquals", "argv": [{"ref": "Region"}, true]})",
            "/0/argv/1: stringEquals expects a string here, found a boolean"},
           {R"({"fn": "substring", "argv": [{"ref": "Region"}, 0, "1", false]})",
            "/0/argv/2: substring expects a integer here, found a string"},
           {R"({"fn": "substring", "argv": [{"ref": "Region"}, -1, 1, false]})",
            "/0: substring expects no negative number"},
           {R"({"fn": "isSet", "argv": [{"ref": "Reigon"}]})",
            "/0/argv/0: \"Reigon\" is neither a parameter nor assigned before"},
           {R"({"fn": "isSet", "argv": [1.5]})",
            "/0/argv/0: expected a text, an integer, true, false, {\"ref\": …} or {\"fn\": …}"},
           {R"({"fn": "parseURL", "argv": ["{Region"]})",
            "/0/argv/0: \"{Region\" has a brace without a partner"},
           {R"({"fn": "parseURL", "argv": ["Region}"]})",
            "/0/argv/0: \"Region}\" has a brace without a partner"},
           {R"({"fn": "parseURL", "argv": ["{Flag}"]})",
            "/0/argv/0: {Flag} must be a string, found a boolean"},
           {R"({"fn": "parseURL", "argv": ["{List#[x]}"]})",
            "/0/argv/0: \"[x]\" must end with an index: [0]"},
           {R"({"fn": "parseURL", "argv": [{"ref": "Region"}], "assign": "Region"})",
            "/0: \"Region\" is assigned already, and cannot be assigned again"},
           {R"({"fn": "parseURL", "argv": [{"ref": "Region"}], "assign": "a b"})",
            "/0: \"assign\" must be a name of letters, digits and \"_\""},
           {R"({"fn": "getAttr", "argv": [{"ref": "Region"}]})",
            "/0: getAttr takes 2 argument(s), found 1"},
           {R"({"fn": "getAttr", "argv": [{"ref": "Region"}, {"ref": "Region"}]})",
            "/0/argv/1: getAttr expects a path here, a text"},
           {R"({"fn": "getAttr", "argv": [{"ref": "Region"}, "x"]})",
            "/0/argv/1: a string has no \"x\""},
           {R"({"fn": "getAttr", "argv": [{"ref": "Region"}, "[0]"]})",
            "/0/argv/1: a string has no items"},
           {R"({"fn": "getAttr", "argv": [{"fn": "parseURL", "argv": ["a"]}, "host"]})",
            "/0/argv/1: a URL has no \"host\""},
           {R"({"fn": "aws.partition", "argv": [{"ref": "Region"}]})",
            "/0: aws.partition needs partitions, and there are none"},
           {R"({"fn": "ite", "argv": [true, "a", false]})",
            "/0: ite must choose among values of one type, found a string and a boolean"},
       }) {
    EXPECT_EQ(refusal(rule_set_with(broken.condition)),
              std::string("/rules/0/conditions") + broken.reason)
        << broken.condition;
  }
}

TEST(RuleSet, WithBrokenRulesIsRefused) {
  struct Broken {
    const char* rule;
    const char* reason;
  };
  for (const Broken& broken : std::initializer_list<Broken>{
           {"5", "/rules/0/conditions: expected a list of functions"},
           {R"({"conditions": [], "rules": []})",
            "/rules/0: \"type\" must be tree, endpoint or error, found \"\""},
           {R"({"type": "leaf", "conditions": []})",
            "/rules/0: \"type\" must be tree, endpoint or error, found \"leaf\""},
           {R"({"type": "tree", "conditions": []})", "/rules/0/rules: expected a list of rules"},
           {R"({"type": "tree", "conditions": [], "rules": [{"type": "error"}]})",
            "/rules/0/rules/0/conditions: expected a list of functions"},
           {R"({"type": "error", "conditions": []})",
            "/rules/0/error: expected a text, an integer, true, false, {\"ref\": …} or {\"fn\": "
            "…}"},
           {R"({"type": "error", "conditions": [], "error": true})",
            "/rules/0/error: expected a string, found a boolean"},
           {R"({"type": "endpoint", "conditions": []})",
            "/rules/0/endpoint/url: expected a text, an integer, true, false, {\"ref\": …} or "
            "{\"fn\": …}"},
           {R"({"type": "endpoint", "conditions": [], "endpoint": {"url": {"ref": "Flag"}}})",
            "/rules/0/endpoint/url: expected a string, found a boolean"},
           {R"({"type": "endpoint", "conditions": [], "endpoint": {"url": "a", "properties": []}})",
            "/rules/0/endpoint/properties: expected an object"},
           {R"({"type": "endpoint", "conditions": [], "endpoint": {"url": "a",
                "properties": {"a/b": [{"c": "{x}"}]}}})",
            "/rules/0/endpoint/properties/a~1b/0/c: \"x\" is neither a parameter nor assigned "
            "before"},
           {R"({"type": "endpoint", "conditions": [], "endpoint": {"url": "a", "headers": []}})",
            "/rules/0/endpoint/headers: expected an object"},
           {R"({"type": "endpoint", "conditions": [], "endpoint": {"url": "a",
                "headers": {"h": "text"}}})",
            "/rules/0/endpoint/headers/h: expected a list of texts"},
           {R"({"type": "endpoint", "conditions": [], "endpoint": {"url": "a",
                "headers": {"h": [false]}}})",
            "/rules/0/endpoint/headers/h/0: expected a string, found a boolean"},
       }) {
    EXPECT_EQ(refusal(rule_set_of(broken.rule)), broken.reason) << broken.rule;
  }
}

TEST(RuleSet, VariablesEndWithTheRuleThatAssignedThem) {
  std::string_view sibling =
      R"({"type": "tree", "conditions": [{"fn": "parseURL", "argv": ["a"], "assign": "url"}],
          "rules": []}, {"type": "error", "conditions": [], "error": "{url#path}"})";
  EXPECT_EQ(refusal(rule_set_of(sibling)),
            "/rules/1/error: \"url\" is neither a parameter nor assigned before");
  std::string_view again =
      R"({"type": "tree", "conditions": [{"fn": "parseURL", "argv": ["a"], "assign": "url"}],
          "rules": []}, {"type": "tree", "conditions":
          [{"fn": "aws.parseArn", "argv": ["a"], "assign": "url"}], "rules": []})";
  EXPECT_EQ(refusal(rule_set_of(again)), "accepted");
}

TEST(RuleSet, NestedTooDeepIsRefused) {
  std::string rules(kEndpoint);
  for (int i = 0; i < 200; ++i) {
    rules = fmt::format(R"({{"type": "tree", "conditions": [], "rules": [{}]}})", rules);
  }
  EXPECT_NE(refusal(rule_set_of(rules)).find("rules are nested more than 100 deep"),
            std::string::npos);
  std::string condition = "true";
  for (int i = 0; i < 100; ++i)
    condition = fmt::format(R"({{"fn": "not", "argv": [{}]}})", condition);
  EXPECT_NE(refusal(rule_set_with(condition)).find("functions are nested more than 32 deep"),
            std::string::npos);
  std::string property = "1";
  for (int i = 0; i < 100; ++i) property = fmt::format("[{}]", property);
  std::string endpoint = fmt::format(
      R"({{"type": "endpoint", "conditions": [], "endpoint": {{"url": "a", "properties": {{"p": {}}}}}}})",
      property);
  EXPECT_NE(refusal(rule_set_of(endpoint)).find("properties are nested more than 32 deep"),
            std::string::npos);
}

TEST(RuleSet, ErrorsNameWhatWasMeant) {
  auto compiled = EndpointRuleSet::compile(
      rule_set_with(R"({"fn": "isSet", "argv": [{"ref": "Reigon"}]})"), Value());
  ASSERT_FALSE(compiled);
  EXPECT_EQ(compiled.error().hints(), std::vector<std::string>{"did you mean \"Region\"?"});
  EXPECT_EQ(compiled.error().context().at(0),
            (std::pair<std::string, std::string>("pointer", "/rules/0/conditions/0/argv/0")));
}

}  // namespace
}  // namespace botocxx::endpoint
