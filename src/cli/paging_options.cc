#include "cli/paging_options.h"

#include "cli/output.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace botocxx::cli {
namespace {

Result<std::optional<std::int64_t>> read_count(const Arguments& arguments, std::string_view name) {
  auto text = arguments.get(name);
  if (!text) return std::optional<std::int64_t>();
  std::int64_t number = 0;
  auto [stop, status] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (status == std::errc() && stop == text->data() + text->size()) {
    return std::optional<std::int64_t>(number);
  }
  return Error(ErrorKind::kUsage, "Usage",
               fmt::format("--{} expects an integer, not \"{}\"", name, *text));
}

bool gives_own_paging(const Paginator& paginator, const Value& params) {
  const auto& tokens = paginator.input_tokens();
  return params.contains(paginator.limit_key()) ||
         std::any_of(tokens.begin(), tokens.end(),
                     [&](const std::string& token) { return params.contains(token); });
}

Result<void> refuse_paging_options(const Operation& operation, const Arguments& arguments) {
  std::string used;
  for (const OptionSpec& spec : paging_options()) {
    // A parameter of the operation's own may have that name.
    if (!arguments.has(spec.name)) continue;
    auto input = operation.input();
    bool is_member = false;
    if (input) {
      for (Member member : input->shape().members()) {
        is_member = is_member || xform_name(member.name(), '-') == spec.name;
      }
    }
    if (!is_member) used += (used.empty() ? "--" : ", --") + spec.name;
  }
  if (used.empty()) return {};
  return Error(ErrorKind::kUsage, "Pagination",
               fmt::format("Error during pagination: Cannot specify --no-paginate along with "
                           "pagination arguments: {}",
                           used));
}

}  // namespace

const std::vector<OptionSpec>& paging_options() {
  static const std::vector<OptionSpec> options{
      {"starting-token", Arity::kOne, "where to go on: the NextToken of a result that was cut"},
      {"page-size", Arity::kOne, "items that a single call asks for"},
      {"max-items", Arity::kOne, "items at most; NextToken says where to go on"},
  };
  return options;
}

bool is_paging_option(const std::string& name) {
  return std::any_of(paging_options().begin(), paging_options().end(),
                     [&](const OptionSpec& spec) { return spec.name == name; });
}

Result<std::optional<PaginateOptions>> read_paging(const Client& client, const Operation& operation,
                                                   const Arguments& arguments,
                                                   const Value& params) {
  if (!can_paginate(client, operation.name())) return std::optional<PaginateOptions>();
  auto paginator = get_paginator(client, operation.name());
  if (!paginator) return std::move(paginator).error();
  if (arguments.has("no-paginate") || gives_own_paging(*paginator, params)) {
    auto none = refuse_paging_options(operation, arguments);
    if (!none) return std::move(none).error();
    return std::optional<PaginateOptions>();
  }
  PaginateOptions options;
  auto most = read_count(arguments, "max-items");
  if (!most) return std::move(most).error();
  auto size = read_count(arguments, "page-size");
  if (!size) return std::move(size).error();
  options.max_items = *most;
  options.page_size = *size;
  options.starting_token = arguments.get("starting-token");
  if (options.max_items && *options.max_items <= 0) {
    warn("a --max-items that is not positive may have any effect");
  }
  return std::optional<PaginateOptions>(std::move(options));
}

}  // namespace botocxx::cli
