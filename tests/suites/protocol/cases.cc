#include "suites/protocol/cases.h"

#include "codec/json.h"
#include "model/compiler.h"
#include <botocxx/base/host.h>

#include <fmt/format.h>

#include <fstream>
#include <sstream>

namespace botocxx::suites {
namespace {

// "Test cases for XmlLists operation" → "XmlLists"; other descriptions with "_" for what a test's
// name should not hold.
std::string short_name(std::string_view description) {
  constexpr std::string_view kBefore = "Test cases for ", kAfter = " operation";
  if (description.starts_with(kBefore) && description.ends_with(kAfter)) {
    description.remove_prefix(kBefore.size());
    description.remove_suffix(kAfter.size());
  }
  std::string out;
  for (char c : description) {
    bool plain = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    if (plain) {
      out += c;
    } else if (!out.empty() && out.back() != '_') {
      out += '_';
    }
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  return out;
}

void add_cases(const Value& suites, std::string_view suite_name, Direction direction,
               std::vector<ProtocolCase>& out) {
  std::string_view wanted = direction == Direction::kInput ? "params" : "response";
  for (const Value& suite : suites.items()) {
    std::size_t number = 0;
    for (const Value& test : suite["cases"].items()) {
      std::string id(test["id"].get_if_string().value_or(""));
      if (id.empty()) id = std::to_string(number);
      ++number;
      if (!test.contains(wanted)) continue;
      ProtocolCase found;
      found.suite_name = suite_name;
      found.name = short_name(suite["description"].as_string()) + "." + id;
      found.protocol = suite["metadata"]["protocol"].as_string();
      found.suite = Value{{"metadata", suite["metadata"]},
                          {"shapes", suite["shapes"]},
                          {"clientEndpoint", suite["clientEndpoint"]}};
      found.test = test;
      out.push_back(std::move(found));
    }
  }
}

std::vector<std::pair<std::string, std::string>> read_expected_failures() {
  std::vector<std::pair<std::string, std::string>> out;
  std::ifstream in(BOTOCXX_SOURCE_DIR "/tests/suites/protocol/expected_failures.txt");
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::size_t blank = line.find(' ');
    std::size_t reason = line.find_first_not_of(' ', blank);
    out.emplace_back(line.substr(0, blank), reason == std::string::npos ? "" : line.substr(reason));
  }
  return out;
}

bool is_query(const ProtocolCase& test_case) { return test_case.protocol == "query"; }

}  // namespace

std::vector<ProtocolCase> read_cases(std::string_view file, Direction direction) {
  std::vector<ProtocolCase> out;
  std::string_view way = direction == Direction::kInput ? "input" : "output";
  for (std::string_view legacy : {"", "legacy"}) {
    std::string path = fmt::format("{}/unit/protocols/{}{}{}/{}.json", BOTOCXX_UPSTREAM_TESTS,
                                   legacy, legacy.empty() ? "" : "/", way, file);
    auto text = system_host().files->read_file(path);
    if (!text) continue;
    Value suites = codec::parse_json(*text).value();
    std::string name = fmt::format("{}.{}{}{}", file, legacy, legacy.empty() ? "" : "-", way);
    add_cases(suites, name, direction, out);
  }
  return out;
}

CaseModel::CaseModel(const ProtocolCase& test_case) {
  const Value& given = test_case.test["given"];
  std::string_view name = given["name"].get_if_string().value_or("OperationName");
  Value operations = Value::object();
  Value& operation = operations.set(name, given);
  // The query cases leave the wrapper out, which real models state.
  if (Value* output = operation.find("output"); output != nullptr && is_query(test_case)) {
    output->set("resultWrapper", std::string(name) + "Result");
  }
  Value document{{"metadata", test_case.suite["metadata"]},
                 {"shapes", test_case.suite["shapes"]},
                 {"operations", operations}};
  model = model::compile_and_open(document, "protocol-test", "2020-01-01").value();
}

const std::vector<std::pair<std::string, std::string>>& expected_failures() {
  static const auto all = read_expected_failures();
  return all;
}

}  // namespace botocxx::suites
