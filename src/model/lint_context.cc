#include "model/lint_context.h"

#include "codec/json.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::model {
namespace {

std::string question(const std::optional<std::string>& nearest) {
  return nearest ? fmt::format("did you mean \"{}\"?", *nearest) : std::string();
}

std::optional<std::string> nearest_of(std::string_view name,
                                      std::span<const std::string_view> known) {
  std::vector<std::string> names(known.begin(), known.end());
  return nearest_name(name, names);
}

}  // namespace

LintContext::LintContext(const Value& document) : document_(document) {
  for (const Value::Member& shape : shapes().members()) {
    shapes_[shape.key.view()] = &shape.value;
  }
}

const Value* LintContext::find_shape(std::string_view name) const {
  auto found = shapes_.find(name);
  return found == shapes_.end() ? nullptr : found->second;
}

const Value* LintContext::target_of(const Value& reference) const {
  auto name = reference["shape"].get_if_string();
  return name ? find_shape(*name) : nullptr;
}

const Value& LintContext::trait(const Value& reference, std::string_view name) const {
  const Value* target = target_of(reference);
  return target == nullptr || reference.contains(name) ? reference[name] : (*target)[name];
}

void LintContext::error(std::string pointer, std::string message, std::string hint) {
  findings_.push_back(
      {ModelIssue::Severity::kError, std::move(pointer), std::move(message), std::move(hint)});
}

void LintContext::warning(std::string pointer, std::string message, std::string hint) {
  findings_.push_back(
      {ModelIssue::Severity::kWarning, std::move(pointer), std::move(message), std::move(hint)});
}

bool LintContext::check_reference(const Value& reference, const std::string& pointer) {
  if (!reference.is_object()) {
    error(pointer,
          fmt::format("a reference to a shape must be an object, not {}",
                      to_string(reference.kind())),
          "write {\"shape\": \"Name\"}");
    return false;
  }
  auto name = reference["shape"].get_if_string();
  if (!name) {
    error(pointer, "a reference to a shape must have the shape's name as \"shape\"");
    return false;
  }
  if (find_shape(*name) != nullptr) return true;
  error(pointer + "/shape", fmt::format("there is no shape named \"{}\"", *name),
        did_you_mean(*name, shapes()));
  last().removed = join_pointer("/shapes", *name);
  return false;
}

void LintContext::check_names(const Value& object, const std::string& pointer,
                              std::span<const std::string_view> known) {
  for (const Value::Member& entry : object.members()) {
    std::string_view name = entry.key;
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    auto nearest = nearest_of(name, known);
    if (!nearest) continue;
    warning(join_pointer(pointer, name), fmt::format("\"{}\" is not read", name),
            question(nearest));
  }
}

void LintContext::check_choice(const Value& object, std::string_view name,
                               const std::string& pointer,
                               std::span<const std::string_view> known) {
  const Value* value = object.find(name);
  if (value == nullptr) return;
  if (!value->is_string()) {
    warning(join_pointer(pointer, name), fmt::format("\"{}\" must be a string", name));
    return;
  }
  std::string_view text = value->as_string();
  if (std::find(known.begin(), known.end(), text) != known.end()) return;
  warning(join_pointer(pointer, name), fmt::format("unknown {} \"{}\"", name, text),
          did_you_mean(text, known));
}

std::string did_you_mean(std::string_view name, std::span<const std::string_view> known) {
  return question(nearest_of(name, known));
}

std::string did_you_mean(std::string_view name, const Value& object) {
  std::vector<std::string> names;
  for (const Value::Member& entry : object.members()) names.emplace_back(entry.key.view());
  return question(nearest_name(name, names));
}

std::string text_or_empty(const Value& value) {
  return std::string(value.get_if_string().value_or(""));
}

std::string join_pointer(std::string_view pointer, std::string_view name) {
  return fmt::format("{}/{}", pointer, codec::json_pointer_token(name));
}

std::string join_pointer(std::string_view pointer, std::size_t index) {
  return fmt::format("{}/{}", pointer, index);
}

}  // namespace botocxx::model
