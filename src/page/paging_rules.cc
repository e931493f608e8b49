#include "page/paging_rules.h"

#include <fmt/format.h>

namespace botocxx::page {
namespace {

Error bad_entry(const Operation& operation, std::string_view what) {
  return Error(ErrorKind::kModel, "PaginatorConfig",
               fmt::format("the paginator of {} {}", operation.name(), what));
}

// A text or a list of texts.
Result<std::vector<std::string>> texts_of(const Operation& operation, const Value& entry,
                                          std::string_view key) {
  const Value& value = entry[key];
  std::vector<std::string> texts;
  if (value.is_string()) texts.emplace_back(value.as_string());
  for (const Value& item : value.items()) {
    auto text = item.get_if_string();
    if (!text) return bad_entry(operation, fmt::format("has a \"{}\" that is no text", key));
    texts.emplace_back(*text);
  }
  return texts;
}

Result<std::vector<PagePath>> paths_of(const Operation& operation, const Value& entry,
                                       std::string_view key) {
  auto texts = texts_of(operation, entry, key);
  if (!texts) return std::move(texts).error();
  std::vector<PagePath> paths;
  for (const std::string& text : *texts) {
    auto path = PagePath::compile(text);
    if (!path) {
      return bad_entry(operation, fmt::format("has a \"{}\" that is no JMESPath", key))
          .with_cause(std::move(path).error());
    }
    paths.push_back(*std::move(path));
  }
  return paths;
}

Result<void> read_paths(const Operation& operation, const Value& entry, PagingRules& rules) {
  auto output = paths_of(operation, entry, "output_token");
  if (!output) return std::move(output).error();
  auto results = paths_of(operation, entry, "result_key");
  if (!results) return std::move(results).error();
  auto apart = paths_of(operation, entry, "non_aggregate_keys");
  if (!apart) return std::move(apart).error();
  auto more = paths_of(operation, entry, "more_results");
  if (!more) return std::move(more).error();
  rules.output_tokens = *std::move(output);
  rules.result_keys = *std::move(results);
  rules.non_aggregate_keys = *std::move(apart);
  if (!more->empty()) rules.more_results = std::move(more->front());
  return {};
}

}  // namespace

Result<std::shared_ptr<const PagingRules>> compile_paging_rules(const Operation& operation,
                                                                const Value& entry) {
  auto rules = std::make_shared<PagingRules>();
  auto input = texts_of(operation, entry, "input_token");
  if (!input) return std::move(input).error();
  rules->input_tokens = *std::move(input);
  if (auto read = read_paths(operation, entry, *rules); !read) return std::move(read).error();
  if (rules->input_tokens.empty()) return bad_entry(operation, "has no \"input_token\"");
  if (rules->output_tokens.empty()) return bad_entry(operation, "has no \"output_token\"");
  if (rules->result_keys.empty()) return bad_entry(operation, "has no \"result_key\"");
  rules->limit_key = entry["limit_key"].get_if_string().value_or("");
  auto shape = operation.input();
  auto limit = shape ? shape->shape().find_member(rules->limit_key) : std::nullopt;
  rules->limit_is_text = limit && limit->shape().type() == ShapeType::kString;
  return std::shared_ptr<const PagingRules>(std::move(rules));
}

Error pagination_error(const std::string& message) {
  return Error(ErrorKind::kUsage, "Pagination", "Error during pagination: " + message);
}

}  // namespace botocxx::page
