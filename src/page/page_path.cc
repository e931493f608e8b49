#include "page/page_path.h"

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::page {
namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::vector<std::string> split_at_dots(std::string_view text) {
  std::vector<std::string> steps;
  for (std::size_t at = 0; at <= text.size();) {
    std::size_t dot = std::min(text.find('.', at), text.size());
    steps.emplace_back(text.substr(at, dot - at));
    at = dot + 1;
  }
  return steps;
}

// Whether the expression, which compiles, is names with dots between them.
bool is_dotted_path(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c == '.' || is_name_character(c); });
}

Error invalid_expression(const std::string& text) {
  return Error(ErrorKind::kModel, "InvalidExpression",
               fmt::format("Invalid expression {}: Only dotted lookups are supported.", text));
}

}  // namespace

Result<PagePath> PagePath::compile(std::string_view text) {
  auto expression = JmespathExpression::compile(text);
  if (!expression) return std::move(expression).error();
  PagePath path(*std::move(expression));
  if (is_dotted_path(text)) path.steps_ = split_at_dots(text);
  return path;
}

Result<const Value*> PagePath::find(const Value& root, Value& storage) const {
  if (steps_.empty()) {
    auto found = expression_.search(root);
    if (!found) return std::move(found).error();
    storage = *std::move(found);
    return &storage;
  }
  const Value* at = &root;
  for (const std::string& step : steps_) at = &(*at)[step];
  return at;
}

Result<Value> PagePath::search(const Value& root) const { return expression_.search(root); }

Value* PagePath::place(Value& root) const {
  if (steps_.empty()) return nullptr;
  Value* at = &root;
  for (const std::string& step : steps_) {
    at = at->is_object() ? at->find(step) : nullptr;
    if (at == nullptr) return nullptr;
  }
  return at;
}

Result<void> PagePath::set(Value& root, Value value) const {
  bool has_brackets = text().find_first_of("[]*") != std::string::npos;
  if (text().empty() || text() == "." || has_brackets) return invalid_expression(text());
  std::vector<std::string> names = steps_.empty() ? split_at_dots(text()) : steps_;
  Value* at = &root;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty()) return invalid_expression(text());
    if (!at->is_object()) {
      return Error(
          ErrorKind::kModel, "Pagination",
          fmt::format("Error during pagination: \"{}\" leads through what is no object: {}", text(),
                      to_string(at->kind())));
    }
    if (i + 1 == names.size()) break;
    Value* next = at->find(names[i]);
    at = next != nullptr ? next : &at->set(names[i], Value::object());
  }
  at->set(names.back(), std::move(value));
  return {};
}

}  // namespace botocxx::page
