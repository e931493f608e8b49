#pragma once

#include "model/extras_merge.h"
#include <botocxx/value/value.h>

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace botocxx::model {

/// What the lints of one document share: its shapes by name, and what they found.
class LintContext {
 public:
  explicit LintContext(const Value& document);

  const Value& document() const { return document_; }
  const Value& shapes() const { return document_["shapes"]; }
  const Value& operations() const { return document_["operations"]; }
  /// Null when there is no such shape.
  const Value* find_shape(std::string_view name) const;
  /// The shape that `reference` names; null when there is none.
  const Value* target_of(const Value& reference) const;
  /// The reference's own trait, else its target's.
  const Value& trait(const Value& reference, std::string_view name) const;

  void error(std::string pointer, std::string message, std::string hint = {});
  void warning(std::string pointer, std::string message, std::string hint = {});
  /// The latest finding, to say more of its cause.
  Finding& last() { return findings_.back(); }
  std::vector<Finding> take() { return std::move(findings_); }

  /// A reference must be an object that names an existing shape; says what is wrong otherwise.
  bool check_reference(const Value& reference, const std::string& pointer);
  /// Names in `object` that are none of `known` but near to one.
  void check_names(const Value& object, const std::string& pointer,
                   std::span<const std::string_view> known);
  /// `object[name]`, when present, must be one of `known`.
  void check_choice(const Value& object, std::string_view name, const std::string& pointer,
                    std::span<const std::string_view> known);

 private:
  const Value& document_;
  std::unordered_map<std::string_view, const Value*> shapes_;
  std::vector<Finding> findings_;
};

std::string did_you_mean(std::string_view name, std::span<const std::string_view> known);
std::string did_you_mean(std::string_view name, const Value& names);
std::string text_or_empty(const Value& value);
/// `pointer` with one more reference token.
std::string join_pointer(std::string_view pointer, std::string_view name);
std::string join_pointer(std::string_view pointer, std::size_t index);

void lint_metadata(LintContext& context);
void lint_shapes(LintContext& context);
void lint_operations(LintContext& context);

void lint_pagination(LintContext& context, const Value* service);
void lint_waiters(LintContext& context, const Value* service);
void lint_resources(LintContext& context, const Value* service);
void lint_rule_set(LintContext& context);

}  // namespace botocxx::model
