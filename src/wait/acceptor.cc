#include "wait/acceptor.h"

#include "codec/python_text.h"
#include "codec/python_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace botocxx::waiting {
namespace {

constexpr std::array<std::pair<std::string_view, Matcher>, 5> kMatchers{{
    {"path", Matcher::kPath},
    {"pathAll", Matcher::kPathAll},
    {"pathAny", Matcher::kPathAny},
    {"status", Matcher::kStatus},
    {"error", Matcher::kError},
}};

bool needs_argument(Matcher matcher) {
  return matcher == Matcher::kPath || matcher == Matcher::kPathAll || matcher == Matcher::kPathAny;
}

bool matches_error(const Value& answer, const Value& expected) {
  const Value* error = answer.find("Error");
  if (expected.is_bool()) {
    return expected.as_bool() ? error != nullptr && error->contains("Code") : error == nullptr;
  }
  const Value* code = error != nullptr ? error->find("Code") : nullptr;
  return codec::python_equal(code != nullptr ? *code : Value(""), expected);
}

// JMESPath's: a number is true, zero too.
bool holds(const Value& value) {
  if (value.is_bool()) return value.as_bool();
  bool can_be_empty = value.is_string() || value.is_list() || value.is_object();
  return !value.is_null() && !(can_be_empty && value.empty());
}

}  // namespace

bool is_service_error(const Value& answer) {
  return answer["Error"].is_object() && answer["Error"].contains("Code");
}

Error waiter_config_error(const std::string& message) {
  return Error(ErrorKind::kModel, "WaiterConfig", "Error processing waiter config: " + message);
}

Result<Acceptor> Acceptor::compile(const Value& entry) {
  for (std::string_view key : {"matcher", "expected", "state"}) {
    if (entry.contains(key)) continue;
    return waiter_config_error(fmt::format("an acceptor has no \"{}\"", key));
  }
  std::string name = codec::python_str(entry["matcher"]);
  const auto* known = std::find_if(kMatchers.begin(), kMatchers.end(),
                                   [&](const auto& pair) { return pair.first == name; });
  if (known == kMatchers.end()) return waiter_config_error("Unknown acceptor: " + name);
  Acceptor acceptor(known->second, codec::python_str(entry["state"]));
  acceptor.expected_ = entry["expected"];
  if (!needs_argument(acceptor.matcher_)) return acceptor;
  auto expression = JmespathExpression::compile(entry["argument"].get_if_string().value_or(""));
  if (!expression) {
    return waiter_config_error("the argument of an acceptor is no JMESPath")
        .with_cause(std::move(expression).error());
  }
  acceptor.argument_ = *std::move(expression);
  return acceptor;
}

Result<Acceptor> Acceptor::for_truth(std::string_view expression, std::string state) {
  auto compiled = JmespathExpression::compile(expression);
  if (!compiled) return std::move(compiled).error();
  Acceptor acceptor(Matcher::kTruth, std::move(state));
  acceptor.argument_ = *std::move(compiled);
  return acceptor;
}

Result<bool> Acceptor::matches(const Value& answer) const {
  if (matcher_ == Matcher::kError) return matches_error(answer, expected_);
  if (matcher_ == Matcher::kStatus) {
    return codec::python_equal(answer["ResponseMetadata"]["HTTPStatusCode"], expected_);
  }
  return matches_path(answer);
}

Result<bool> Acceptor::matches_path(const Value& answer) const {
  if (is_service_error(answer)) return false;
  auto found = argument_->search(answer);
  if (!found) return std::move(found).error();
  auto equals = [&](const Value& value) { return codec::python_equal(value, expected_); };
  if (matcher_ == Matcher::kPath) return equals(*found);
  if (matcher_ == Matcher::kTruth) return holds(*found);
  if (!found->is_list() || found->empty()) return false;
  return matcher_ == Matcher::kPathAll ? std::all_of(found->begin(), found->end(), equals)
                                       : std::any_of(found->begin(), found->end(), equals);
}

std::string Acceptor::explanation() const {
  std::string expected = codec::python_str(expected_);
  switch (matcher_) {
    case Matcher::kPath:
      return fmt::format("For expression \"{}\" we matched expected path: \"{}\"",
                         argument_->text(), expected);
    case Matcher::kPathAll:
      return fmt::format("For expression \"{}\" all members matched expected path: \"{}\"",
                         argument_->text(), expected);
    case Matcher::kPathAny:
      return fmt::format("For expression \"{}\" we matched expected path: \"{}\" at least once",
                         argument_->text(), expected);
    case Matcher::kStatus:
      return "Matched expected HTTP status code: " + expected;
    case Matcher::kError:
      return "Matched expected service error code: " + expected;
    case Matcher::kTruth:
      break;
  }
  return fmt::format("The expression \"{}\" holds", argument_->text());
}

}  // namespace botocxx::waiting
