#include "codec/json.h"
#include "endpoint/resolution_cache.h"
#include "endpoint/rule_functions.h"
#include "endpoint/rule_records.h"
#include <botocxx/endpoint/rule_set.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>

namespace botocxx::endpoint {
namespace {

Value json(std::string_view text) { return codec::parse_json(text).value(); }

std::shared_ptr<const EndpointRuleSet> rule_set(std::string_view rules) {
  Value document = json(fmt::format(
      R"({{"version": "1.0", "rules": [{}], "parameters": {{"Text": {{"type": "string"}},
          "Other": {{"type": "string", "default": "o"}}, "Flag": {{"type": "boolean"}},
          "Unused": {{"type": "string"}}, "List": {{"type": "stringArray"}}}}}})",
      rules));
  return EndpointRuleSet::compile(document, Value()).value();
}

// What an expression gives, in the text of an error.
std::string value_of(std::string_view expression, const Value& params = Value::object()) {
  auto rules =
      rule_set(fmt::format(R"({{"type": "error", "conditions": [], "error": {}}})", expression));
  return rules->resolve(params).error().message();
}

// "true", or "false" when the condition does not hold.
std::string holds(std::string_view condition, const Value& params = Value::object()) {
  auto rules = rule_set(fmt::format(
      R"({{"type": "error", "conditions": [{}], "error": "true"}},
          {{"type": "error", "conditions": [], "error": "false"}})",
      condition));
  return rules->resolve(params).error().message();
}

TEST(RuleFunctions, NewerOnesOfTheLanguage) {
  EXPECT_EQ(value_of(R"({"fn": "coalesce", "argv": [{"ref": "Text"}, {"ref": "Other"}]})"), "o");
  EXPECT_EQ(value_of(R"({"fn": "coalesce", "argv": [{"ref": "Text"}, {"ref": "Other"}]})",
                     {{"Text", ""}}),
            "");
  EXPECT_EQ(value_of(R"({"fn": "ite", "argv": [{"ref": "Flag"}, "a", "b"]})", {{"Flag", true}}),
            "a");
  EXPECT_EQ(value_of(R"({"fn": "ite", "argv": [{"ref": "Flag"}, "a", "b"]})"), "b");
  auto piece = [](std::string_view text, int limit, int index) {
    return value_of(
        fmt::format(R"({{"fn": "getAttr", "argv": [{{"fn": "split", "argv": ["{}", "--", {}]}},
                        "[{}]"]}})",
                    text, limit, index));
  };
  EXPECT_EQ(piece("a--b--c", 0, 1), "b");
  EXPECT_EQ(piece("a--b--c", 0, -1), "c");
  EXPECT_EQ(piece("a--b--c", 1, 0), "a--b--c");
  EXPECT_EQ(piece("a--b--c", 2, 1), "b--c");
  EXPECT_EQ(piece("", 0, 0), "");
  EXPECT_NE(piece("a", 0, 1).find("has no value"), std::string::npos);
  EXPECT_NE(piece("a", 0, -2).find("has no value"), std::string::npos);
}

TEST(RuleFunctions, ConditionsHoldUnlessFalseOrWithoutValue) {
  EXPECT_EQ(holds(R"({"fn": "uriEncode", "argv": [""]})"), "true");
  EXPECT_EQ(holds(R"({"fn": "uriEncode", "argv": [{"ref": "Text"}]})"), "false");
  EXPECT_EQ(holds(R"({"fn": "not", "argv": [{"ref": "Flag"}]})"), "true");
  EXPECT_EQ(holds(R"({"fn": "isValidHostLabel", "argv": [{"ref": "Text"}, false]})"), "false");
  EXPECT_EQ(holds(R"({"fn": "aws.parseArn", "argv": [{"ref": "Text"}]})"), "false");
  EXPECT_EQ(
      holds(R"({"fn": "getAttr", "argv": [{"ref": "List"}, "[0]"]})", {{"List", Value::list()}}),
      "false");
}

TEST(RuleFunctions, ComparingWhatHasNoValueIsAnError) {
  EXPECT_EQ(holds(R"({"fn": "stringEquals", "argv": [{"ref": "Text"}, "a"]})"),
            "Both values must be strings, not <class 'NoneType'> and <class 'str'>.");
  EXPECT_EQ(holds(R"({"fn": "booleanEquals", "argv": [true, {"ref": "Flag"}]})"),
            "Both arguments must be bools, not <class 'bool'> and <class 'NoneType'>.");
  EXPECT_EQ(holds(R"({"fn": "substring", "argv": [{"ref": "Text"}, 0, 1, false]})"),
            "Input must be a string, not <class 'NoneType'>.");
  EXPECT_EQ(value_of(R"("x{Text}")"), "Text has no value");
}

TEST(RuleTemplates, FillInValuesAndBraces) {
  EXPECT_EQ(value_of(R"("{{{Other}}}-{Text}}}{{")", {{"Text", "{Other}"}}), "{o}-{Other}}{");
  EXPECT_EQ(value_of(R"("{List#[1]}/{List#[-2]}")", {{"List", {"a", "b"}}}), "b/a");
}

TEST(ParseUrl, TakesHttpAddressesApart) {
  std::pmr::monotonic_buffer_resource arena;
  const UrlParts* url = parse_url("HTTPS://Host.example:8443/a/./b/../c//d;x=1#f", &arena);
  ASSERT_NE(url, nullptr);
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->authority, "Host.example:8443");
  EXPECT_EQ(url->path, "/a/./b/../c//d");
  EXPECT_EQ(url->normalized_path, "/a/c/d/");
  EXPECT_FALSE(url->is_ip);
  EXPECT_EQ(parse_url("http://a/b%20c", &arena)->normalized_path, "/b%2520c/");
  for (const char* address : {"http://1.2.3.4", "http://[::1]:80/", "http://[fe80::1%25en0]"}) {
    const UrlParts* parts = parse_url(address, &arena);
    ASSERT_NE(parts, nullptr) << address;
    EXPECT_TRUE(parts->is_ip) << address;
  }
}

TEST(ParseUrl, RefusesEverythingElse) {
  std::pmr::monotonic_buffer_resource arena;
  for (const std::string& text :
       {std::string(), std::string("example.com"), std::string("ftp://a"), std::string("http:a"),
        std::string("http://"), std::string("http:///path"), std::string("http://a?q"),
        std::string("http://a:x"), std::string("http://a:99999"), std::string("http://[::1"),
        std::string("http://::1]"), std::string("http://[nonsense]"), std::string("http://[::1]x"),
        std::string("http://a b"), std::string("http://a\nb"), std::string("http://a\0b", 10)}) {
    EXPECT_EQ(parse_url(text, &arena), nullptr) << text;
  }
}

TEST(ParseArn, NeedsPartitionServiceAndResource) {
  std::pmr::monotonic_buffer_resource arena;
  const ArnParts* arn = parse_arn("arn:aws:s3::1:outpost/a:b//", &arena);
  ASSERT_NE(arn, nullptr);
  EXPECT_EQ(arn->region, "");
  EXPECT_EQ(arn->account_id, "1");
  EXPECT_EQ(std::vector<std::string_view>(arn->resource_id.begin(), arn->resource_id.end()),
            (std::vector<std::string_view>{"outpost", "a", "b", "", ""}));
  for (const char* text : {"", "arn:", "arn:aws:s3:::", "arn::s3:::x", "arn:aws::::x",
                           "ARN:a:b:c:d:e", "arn:aws:s3:r:a"}) {
    EXPECT_EQ(parse_arn(text, &arena), nullptr) << text;
  }
}

TEST(Parameters, AreCheckedBeforeAnyRule) {
  auto rules = rule_set(R"({"type": "error", "conditions": [], "error": "reached"})");
  auto message = [&](const Value& params) { return rules->resolve(params).error().message(); };
  EXPECT_EQ(message(Value::object()), "reached");
  EXPECT_EQ(message({{"Nobody", 5}, {"Text", nullptr}}), "reached");
  EXPECT_EQ(message({{"Text", 5}}), "Value (Text) is the wrong type. Must be <class 'str'>.");
  EXPECT_EQ(message({{"Flag", "true"}}), "Value (Flag) is the wrong type. Must be <class 'bool'>.");
  EXPECT_EQ(message({{"List", "a"}}), "Value (List) is the wrong type. Must be <class 'tuple'>.");
  EXPECT_EQ(message({{"List", Value::list({Value(1)})}}),
            "Value (List) is the wrong type. Must be <class 'tuple'>.");
}

TEST(Parameters, RequiredOnesMustBeThere) {
  Value document = json(R"({"version": "1.0", "rules": [],
      "parameters": {"Region": {"type": "String", "required": true}}})");
  auto rules = EndpointRuleSet::compile(document, Value()).value();
  EXPECT_EQ(rules->resolve(Value()).error().message(),
            "Cannot find value for required parameter Region");
  EXPECT_EQ(rules->resolve({{"Region", "r"}, {"Flag", true}}).error().message(),
            "No endpoint found for parameters:\nRegion: r\nFlag: True");
}

TEST(Rules, ATreeThatDecidesNothingGivesTheNextItsTurn) {
  auto rules = rule_set(
      R"({"type": "tree", "conditions": [{"fn": "isSet", "argv": [{"ref": "Other"}]}], "rules": [
            {"type": "error", "conditions": [{"fn": "isSet", "argv": [{"ref": "Text"}]}],
             "error": "inner"}]},
         {"type": "endpoint", "conditions": [], "endpoint": {"url": "https://{Other}",
          "properties": {"a": [{"b": "{Other}", "c": 1.5, "d": null, "e": [], "f": true}]},
          "headers": {"h": ["{Other}", "x"]}}})");
  EXPECT_EQ(rules->resolve({{"Text", "t"}}).error().message(), "inner");
  RuleSetEndpoint endpoint = rules->resolve(Value()).value();
  EXPECT_EQ(endpoint.url, "https://o");
  EXPECT_EQ(codec::write_json(endpoint.properties),
            R"({"a":[{"b":"o","c":1.5,"d":null,"e":[],"f":true}]})");
  ASSERT_EQ(endpoint.headers.size(), 1u);
  EXPECT_EQ(endpoint.headers[0].first, "h");
  EXPECT_EQ(endpoint.headers[0].second, (std::vector<std::string>{"o", "x"}));
}

TEST(Explanation, ShowsThePathToTheRuleThatDecided) {
  auto rules = rule_set(
      R"({"type": "error", "conditions": [{"fn": "isSet", "argv": [{"ref": "Text"}]}], "error": "n"},
         {"type": "tree", "documentation": "why", "conditions":
            [{"fn": "parseURL", "argv": ["http://{Other}"], "assign": "url"}], "rules": [
            {"type": "error", "conditions":
             [{"fn": "stringEquals", "argv": [{"fn": "getAttr", "argv": [{"ref": "url"}, "path"]}, ""]}],
             "error": "{url#scheme}"}]})");
  RuleSetExplanation explanation;
  EXPECT_EQ(rules->explain(Value(), explanation).error().message(), "http");
  EXPECT_EQ(explanation.conditions_tried, 3u);
  EXPECT_EQ(explanation.parameters, (Value{{"Other", "o"}}));
  ASSERT_EQ(explanation.path.size(), 2u);
  EXPECT_EQ(explanation.path[0].pointer, "/rules/1");
  EXPECT_EQ(explanation.path[0].documentation, "why");
  EXPECT_EQ(explanation.path[0].conditions[0].text, "url := parseURL(\"http://{Other}\")");
  EXPECT_EQ(explanation.path[0].conditions[0].value["authority"].as_string(), "o");
  EXPECT_EQ(explanation.path[1].kind, "error");
  EXPECT_EQ(explanation.path[1].conditions[0].text, "stringEquals(url#path, \"\")");
}

TEST(Memory, HoldsTheLatestResultsByTheParametersThatMatter) {
  auto rules =
      rule_set(R"({"type": "endpoint", "conditions": [], "endpoint": {"url": "https://{Other}"}})");
  ResolutionCache cache(2);
  auto resolve = [&](const Value& params) {
    return resolve_memoised(*rules, params, cache).value();
  };
  auto first = resolve({{"Other", "a"}, {"Unused", "1"}});
  EXPECT_EQ(resolve({{"Other", "a"}, {"Unused", "2"}}), first);
  auto second = resolve({{"Other", "b"}});
  EXPECT_EQ(second->url, "https://b");
  EXPECT_EQ(resolve({{"Other", "a"}}), first);
  resolve({{"Other", "c"}});
  EXPECT_EQ(resolve({{"Other", "a"}}), first) << "used more recently than b";
  EXPECT_NE(resolve({{"Other", "b"}}), second);
  EXPECT_FALSE(resolve_memoised(*rules, {{"Other", 1}}, cache));
}

TEST(Memory, IsSharedByThreads) {
  auto rules =
      rule_set(R"({"type": "endpoint", "conditions": [], "endpoint": {"url": "https://{Other}"}})");
  ResolutionCache cache(3);
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 500; ++i) {
        std::string other = std::to_string(i % 7);
        EXPECT_EQ(resolve_memoised(*rules, {{"Other", other}}, cache).value()->url,
                  "https://" + other);
      }
    });
  }
}

TEST(RuleEvaluation, TextsThatDoubleWithEveryConditionEnd) {
  std::string conditions = R"({"fn": "coalesce", "argv": ["aaaaaaaa", ""], "assign": "v0"})";
  for (int i = 0; i < 40; ++i) {
    conditions += fmt::format(
        R"(, {{"fn": "coalesce", "argv": ["{{v{0}}}{{v{0}}}", ""], "assign": "v{1}"}})", i, i + 1);
  }
  auto rules = rule_set(
      fmt::format(R"({{"type": "error", "conditions": [{}], "error": "{{v40}}"}})", conditions));
  auto resolved = rules->resolve(Value::object());
  ASSERT_FALSE(resolved);
  EXPECT_EQ(resolved.error().code(), "EndpointResolution");
  EXPECT_EQ(resolved.error().message(), "The rules make texts that are too long.");
}

TEST(RuleEvaluation, FunctionsOfLongTextsEnd) {
  std::string text(3'000'000, 'a');
  for (std::string_view call : {R"({"fn": "split", "argv": [{"ref": "Text"}, "a", 0]})",
                                R"({"fn": "parseURL", "argv": ["http://{Text}{Text}"]})",
                                R"({"fn": "uriEncode", "argv": ["{Text}{Text}"]})"}) {
    auto rules =
        rule_set(fmt::format(R"({{"type": "error", "conditions": [{}], "error": "made"}})", call));
    EXPECT_EQ(rules->resolve({{"Text", text}}).error().message(),
              "The rules make texts that are too long.");
  }
}

}  // namespace
}  // namespace botocxx::endpoint
