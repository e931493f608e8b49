#pragma once

#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// The protocol cases that botocore publishes: four folders of JSON files, one file a protocol. See
/// README.md beside this file.
namespace botocxx::suites {

struct ProtocolCase {
  std::string suite_name;  ///< "rest-xml.input", "rest-xml.legacy-output"
  std::string name;        ///< "<suite>.<case>"
  std::string protocol;    ///< "rest-xml"
  Value suite;             ///< metadata, shapes, clientEndpoint
  Value test;              ///< given, params, serialized, response, result, …

  std::string full_name() const { return suite_name + "." + name; }
};

enum class Direction { kInput, kOutput };

/// Every case of `file` ("rest-xml"), the legacy ones included; empty when the suites are absent.
std::vector<ProtocolCase> read_cases(std::string_view file, Direction direction);

/// The case's operation, in a model of its own. Throws what the compiler reports.
struct CaseModel {
  explicit CaseModel(const ProtocolCase& test_case);
  Operation operation() const { return model->operations()[0]; }

  std::shared_ptr<const ServiceModel> model;
};

/// Why each case of expected_failures.txt fails: full name → reason.
const std::vector<std::pair<std::string, std::string>>& expected_failures();

/// What is wrong with our answer to a case; empty when it passes.
std::string run_input_case(const ProtocolCase& test_case);
std::string run_output_case(const ProtocolCase& test_case);

/// `value` in the cases' own form: octets as text, instants as epoch seconds, special floats as
/// text.
Value in_case_form(const Value& value);

/// `text` in a form that is equal for equal documents: attributes sorted, blanks around texts
/// dropped, empty elements written in full.
std::string normalized_xml(std::string_view text);

}  // namespace botocxx::suites
