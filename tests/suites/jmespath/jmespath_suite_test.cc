// The JMESPath compliance suite: each case a test named by its file, group and number.
#include "codec/json.h"
#include <botocxx/base/host.h>
#include <botocxx/jmespath/expression.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace botocxx {
namespace {

struct Case {
  std::string expression;
  Value given;
  const Value* result = nullptr;  ///< null: an error is expected
  std::string error;
};

class ComplianceTest : public testing::Test {
 public:
  explicit ComplianceTest(Case the_case) : case_(std::move(the_case)) {}

  void TestBody() override {
    auto found = search_jmespath(case_.expression, case_.given);
    if (case_.result == nullptr) {
      ASSERT_FALSE(found) << case_.expression << "\ngave " << codec::write_json(*found);
      EXPECT_EQ(found.error().code(), case_.error) << case_.expression;
      return;
    }
    ASSERT_TRUE(found) << found.error().message();
    EXPECT_TRUE(*found == *case_.result)
        << case_.expression << "\nexpected " << codec::write_json(*case_.result) << "\nfound    "
        << codec::write_json(*found);
  }

 private:
  Case case_;
};

class Absent : public testing::Test {
 public:
  void TestBody() override {
    GTEST_SKIP() << "the compliance suite is not in " BOTOCXX_JMESPATH_SUITE;
  }
};

// "syntax" stands for whatever is wrong before evaluation.
std::string expected_error(const Value& entry) {
  return std::string(entry["error"].get_if_string().value_or(""));
}

void register_file(const std::string& name, const Value& groups) {
  std::size_t group_number = 0;
  for (const Value& group : groups.items()) {
    std::size_t case_number = 0;
    for (const Value& entry : group["cases"].items()) {
      std::string test = fmt::format("{}_{}", group_number, case_number++);
      bool benchmark = !entry.contains("result") && !entry.contains("error");
      if (benchmark) continue;
      Case the_case{std::string(entry["expression"].as_string()), group["given"],
                    entry.find("result"), expected_error(entry)};
      testing::RegisterTest(
          ("jmespath." + name).c_str(), test.c_str(), nullptr, the_case.expression.c_str(),
          __FILE__, __LINE__,
          [the_case]() -> testing::Test* { return new ComplianceTest(the_case); });
    }
    ++group_number;
  }
}

bool register_suite() {
  static std::vector<Value> documents;  // the cases point into them
  const FileSystem& files = *system_host().files;
  std::string folder = BOTOCXX_JMESPATH_SUITE;
  auto names = files.list_directory(folder);
  if (!names) {
    testing::RegisterTest("jmespath", "compliance_suite", nullptr, nullptr, __FILE__, __LINE__,
                          []() -> testing::Test* { return new Absent; });
    return false;
  }
  documents.reserve(names->size());
  for (const std::string& name : *names) {
    if (!name.ends_with(".json")) continue;
    documents.push_back(codec::parse_json(files.read_file(folder + "/" + name).value()).value());
    register_file(name.substr(0, name.size() - 5), documents.back());
  }
  return true;
}

const bool kRegistered = register_suite();

}  // namespace
}  // namespace botocxx
