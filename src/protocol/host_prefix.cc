#include "protocol/host_prefix.h"

#include "protocol/scalar_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace botocxx::protocol {
namespace {

bool is_host_text(std::string_view text) {
  auto allowed = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '-';
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), allowed);
}

Result<void> check_labels(const Shape& input, const Value& params) {
  std::vector<std::string_view> bad;
  for (Member member : input.members()) {
    if (!member.host_label()) continue;
    const Value& value = params[member.name()];
    if (value.is_null()) {
      return param_error(fmt::format("Missing required parameter in input: \"{}\"", member.name()));
    }
    if (!is_host_text(value.get_if_string().value_or(""))) bad.push_back(member.name());
  }
  if (bad.empty()) return {};
  return param_error(
      fmt::format("Invalid value for parameter(s): {}. Must contain only "
                  "alphanumeric characters, hyphen, or period.",
                  fmt::join(bad, ", ")));
}

}  // namespace

Result<std::string> expand_host_prefix(const Operation& operation, const Value& params) {
  std::string_view rest = operation.host_prefix();
  auto input = operation.input();
  if (rest.empty() || !input) return std::string(rest);
  Shape shape = input->shape();
  if (auto checked = check_labels(shape, params); !checked) return std::move(checked).error();
  std::string out;
  while (!rest.empty()) {
    std::size_t open = rest.find('{');
    out += rest.substr(0, open);
    std::size_t close = rest.find('}', open);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    std::string_view name = rest.substr(open + 1, close - open - 1);
    auto member = shape.find_member(name);
    if (!member || !member->host_label()) {
      return Error(ErrorKind::kModel, "InvalidModel",
                   fmt::format("the host prefix of {} names \"{}\", which is no host label of its "
                               "input",
                               operation.name(), name));
    }
    out += params[name].as_string();
    rest.remove_prefix(close + 1);
  }
  return out;
}

}  // namespace botocxx::protocol
