#include "endpoint/rule_scope.h"

#include "codec/json.h"

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::endpoint {
namespace {

constexpr std::size_t kLongestReason = 400;

// Reasons quote the document, whose texts may have any length.
std::string shortened(std::string text) {
  if (text.size() <= kLongestReason) return text;
  std::size_t end = kLongestReason;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

}  // namespace

RuleScope::Step::Step(RuleScope& scope, std::string_view name)
    : scope_(scope), size_(scope.pointer_.size()) {
  scope.pointer_ += '/' + codec::json_pointer_token(name);
}

RuleScope::Step::Step(RuleScope& scope, std::size_t index)
    : scope_(scope), size_(scope.pointer_.size()) {
  scope.pointer_ += '/' + std::to_string(index);
}

void RuleScope::refuse(std::string reason, std::string hint) {
  if (error_) return;
  reason = shortened(std::move(reason));
  hint = shortened(std::move(hint));
  error_ =
      Error(ErrorKind::kModel, "InvalidRuleSet",
            fmt::format("endpoint rule set at {}: {}", pointer_.empty() ? "/" : pointer_, reason))
          .with_context("pointer", pointer_);
  if (!hint.empty()) error_ = (*std::move(error_)).with_hint(std::move(hint));
}

const RuleVariable* RuleScope::find(std::string_view name) const {
  auto found = std::find_if(variables_.begin(), variables_.end(),
                            [&](const RuleVariable& variable) { return variable.name == name; });
  return found == variables_.end() ? nullptr : &*found;
}

std::uint32_t RuleScope::declare(std::string_view name, RuleType type) {
  if (find(name) != nullptr) {
    refuse(fmt::format("\"{}\" is assigned already, and cannot be assigned again", name));
  }
  auto slot = static_cast<std::uint32_t>(variables_.size());
  variables_.push_back({name, type, slot});
  most_slots_ = std::max(most_slots_, slot + 1);
  return slot;
}

std::vector<std::string> RuleScope::names() const {
  std::vector<std::string> names;
  for (const RuleVariable& variable : variables_) names.emplace_back(variable.name);
  return names;
}

}  // namespace botocxx::endpoint
