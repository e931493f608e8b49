// The upstream suites of the endpoint rules: the rule language's cases as tests named
// `endpoint_rules.language/<file>_<number>`, and a test for each service,
// `endpoint_rules.services/<service>`, which runs all of its cases and counts them.
#include "codec/json.h"
#include <botocxx/base/host.h>
#include <botocxx/endpoint/rule_set.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <string>
#include <vector>

namespace botocxx::suites {
namespace {

Value read_json(const std::string& path) {
  return codec::parse_json(system_host().files->read_file(path).value()).value();
}

const Value& partitions() {
  static const Value document = read_json(std::string(BOTOCXX_MODELS_DATA) + "/partitions.json");
  return document;
}

Value headers_of(const RuleSetEndpoint& endpoint) {
  Value out = Value::object();
  for (const auto& [name, values] : endpoint.headers) {
    Value list = Value::list();
    for (const std::string& value : values) list.push_back(Value(value));
    out.set(name, std::move(list));
  }
  return out;
}

Value or_empty(const Value& value) { return value.is_null() ? Value::object() : value; }

void check_case(const EndpointRuleSet& rules, const Value& entry) {
  SCOPED_TRACE(codec::write_json(entry));
  auto resolved = rules.resolve(entry["params"]);
  const Value& expected = entry["expect"];
  if (expected["error"].is_string()) {
    ASSERT_FALSE(resolved) << resolved->url;
    EXPECT_EQ(resolved.error().code(), "EndpointResolution");
    EXPECT_EQ(resolved.error().message(), expected["error"].as_string());
    return;
  }
  ASSERT_TRUE(resolved) << resolved.error().describe();
  const Value& endpoint = expected["endpoint"];
  EXPECT_EQ(resolved->url, endpoint["url"].as_string());
  EXPECT_TRUE(resolved->properties == or_empty(endpoint["properties"]))
      << codec::write_json(resolved->properties);
  EXPECT_TRUE(headers_of(*resolved) == or_empty(endpoint["headers"]))
      << codec::write_json(headers_of(*resolved));
}

std::shared_ptr<const EndpointRuleSet> compile(const std::string& path) {
  auto rules = EndpointRuleSet::compile(read_json(path), partitions());
  EXPECT_TRUE(rules) << path << ": " << rules.error().describe();
  return rules ? *rules : nullptr;
}

std::vector<std::string> list(const std::string& folder) {
  auto names = system_host().files->list_directory(folder);
  if (!names) return {};
  std::sort(names->begin(), names->end());
  return *names;
}

class LanguageCase : public testing::Test {
 public:
  LanguageCase(std::string name, std::size_t number) : name_(std::move(name)), number_(number) {}

  void TestBody() override {
    std::string folder = std::string(BOTOCXX_UPSTREAM_TESTS) + "/unit/data/endpoints";
    auto rules = compile(fmt::format("{}/valid-rules/{}.json", folder, name_));
    if (!rules) return;
    Value cases = read_json(fmt::format("{}/test-cases/{}.json", folder, name_));
    check_case(*rules, cases["testCases"][number_]);
  }

 private:
  std::string name_;
  std::size_t number_;
};

class ValidRules : public testing::Test {
 public:
  explicit ValidRules(std::string path) : path_(std::move(path)) {}
  void TestBody() override { compile(path_); }

 private:
  std::string path_;
};

std::size_t cases_run = 0;

class ServiceCases : public testing::Test {
 public:
  explicit ServiceCases(std::string service) : service_(std::move(service)) {}

  void TestBody() override {
    std::string folder = fmt::format("{}/{}", BOTOCXX_MODELS_DATA, service_);
    std::string rules_path =
        fmt::format("{}/{}/endpoint-rule-set-1.json", folder, list(folder).back());
    auto rules = compile(rules_path);
    if (!rules) return;
    Value cases = read_json(fmt::format("{}/functional/endpoint-rules/{}/endpoint-tests-1.json",
                                        BOTOCXX_UPSTREAM_TESTS, service_));
    EXPECT_FALSE(cases["testCases"].empty());
    for (const Value& entry : cases["testCases"].items()) {
      check_case(*rules, entry);
      ++cases_run;
    }
  }

 private:
  std::string service_;
};

template <typename Test, typename... Arguments>
void add_test(const std::string& suite, const std::string& name, Arguments... arguments) {
  testing::RegisterTest(suite.c_str(), name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                        [=]() -> testing::Test* { return new Test(arguments...); });
}

std::size_t register_language() {
  std::string folder = std::string(BOTOCXX_UPSTREAM_TESTS) + "/unit/data/endpoints";
  for (const std::string& file : list(folder + "/valid-rules")) {
    add_test<ValidRules>("endpoint_rules.valid", file, folder + "/valid-rules/" + file);
  }
  std::size_t count = 0;
  for (const std::string& file : list(folder + "/test-cases")) {
    Value cases = read_json(fmt::format("{}/test-cases/{}", folder, file));
    std::string name = file.substr(0, file.size() - std::string_view(".json").size());
    for (std::size_t i = 0; i < cases["testCases"].size(); ++i) {
      add_test<LanguageCase>("endpoint_rules.language", fmt::format("{}_{}", name, i), name, i);
      ++count;
    }
  }
  return count;
}

std::size_t register_services() {
  std::vector<std::string> services =
      list(std::string(BOTOCXX_UPSTREAM_TESTS) + "/functional/endpoint-rules");
  std::erase_if(services, [](const std::string& name) { return name.ends_with(".py"); });
  for (const std::string& service : services) {
    add_test<ServiceCases>("endpoint_rules.services", service, service);
  }
  return services.size();
}

// Also of versions that are not the latest.
std::size_t register_rule_sets() {
  std::size_t count = 0;
  for (const std::string& service : list(BOTOCXX_MODELS_DATA)) {
    for (const std::string& version : list(fmt::format("{}/{}", BOTOCXX_MODELS_DATA, service))) {
      std::string path =
          fmt::format("{}/{}/{}/endpoint-rule-set-1.json", BOTOCXX_MODELS_DATA, service, version);
      if (system_host().files->status(path).type != FileSystem::Type::kFile) continue;
      add_test<ValidRules>("endpoint_rules.compile", service + "_" + version, path);
      ++count;
    }
  }
  return count;
}

const std::size_t kRuleSets = register_rule_sets();
const std::size_t kLanguageCases = register_language();
const std::size_t kServices = register_services();

TEST(EndpointRulesSuite, IsThere) {
  if (kServices == 0) {
    GTEST_SKIP() << "the upstream suites are not there (" << BOTOCXX_UPSTREAM_TESTS
                 << "): run tools/models";
  }
  EXPECT_GE(kLanguageCases, 100u);
  EXPECT_GE(kServices, 400u);
  EXPECT_GE(kRuleSets, kServices);
}

class CountPrinter : public testing::Environment {
 public:
  void TearDown() override { std::cout << "service cases run: " << cases_run << '\n'; }
};

const testing::Environment* const kCount = testing::AddGlobalTestEnvironment(new CountPrinter);

}  // namespace
}  // namespace botocxx::suites
