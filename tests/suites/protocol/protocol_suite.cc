// Registers each published protocol case as a test of its own name: rest-xml.input.<suite>.<case>.
// A protocol is added by its file's name in kFiles.
#include "suites/protocol/cases.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

namespace botocxx::suites {
namespace {

constexpr std::string_view kFiles[] = {"ec2",
                                       "json",
                                       "json_1_0",
                                       "json_1_0-query-compatible",
                                       "query",
                                       "rest-json",
                                       "rest-xml",
                                       "smithy-rpc-v2-cbor",
                                       "smithy-rpc-v2-cbor-non-query-compatible",
                                       "smithy-rpc-v2-cbor-query-compatible"};

class CaseTest : public testing::Test {
 public:
  CaseTest(ProtocolCase test_case, Direction direction)
      : test_case_(std::move(test_case)), direction_(direction) {}

  void TestBody() override {
    const std::string* reason = nullptr;
    for (const auto& [name, why] : expected_failures()) {
      if (name == test_case_.full_name()) reason = &why;
    }
    std::string problem = run();
    if (reason == nullptr) {
      EXPECT_EQ(problem, "") << test_case_.full_name();
    } else if (problem.empty()) {
      ADD_FAILURE() << test_case_.full_name()
                    << " passes now: take it out of expected_failures.txt (" << *reason << ")";
    } else {
      GTEST_SKIP() << "expected failure: " << *reason;
    }
  }

 private:
  std::string run() const {
    try {
      return direction_ == Direction::kInput ? run_input_case(test_case_)
                                             : run_output_case(test_case_);
    } catch (const Exception& error) {
      return std::string("exception: ") + error.what();
    }
  }

  ProtocolCase test_case_;
  Direction direction_;
};

std::set<std::string>& known_names() {
  static std::set<std::string> names;
  return names;
}

std::size_t register_cases(std::string_view file, Direction direction) {
  std::vector<ProtocolCase> cases = read_cases(file, direction);
  for (const ProtocolCase& test_case : cases) {
    known_names().insert(test_case.full_name());
    testing::RegisterTest(
        test_case.suite_name.c_str(), test_case.name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
        [test_case, direction]() -> testing::Test* { return new CaseTest(test_case, direction); });
  }
  return cases.size();
}

const std::size_t kRegistered = [] {
  std::size_t count = 0;
  for (std::string_view file : kFiles) {
    count += register_cases(file, Direction::kInput) + register_cases(file, Direction::kOutput);
  }
  return count;
}();

TEST(ProtocolSuites, AreThere) {
  if (kRegistered == 0) {
    GTEST_SKIP() << "the upstream suites are not there (" << BOTOCXX_UPSTREAM_TESTS
                 << "): run tools/models";
  }
  EXPECT_GE(kRegistered, 242u);
}

TEST(ProtocolSuites, ExpectedFailuresNameCasesAndGiveReasons) {
  if (kRegistered == 0) GTEST_SKIP() << "the upstream suites are not there: run tools/models";
  for (const auto& [name, reason] : expected_failures()) {
    EXPECT_TRUE(known_names().contains(name)) << name;
    EXPECT_GE(reason.size(), 10u) << name;
  }
}

}  // namespace
}  // namespace botocxx::suites
