#include "page/pages_state.h"
#include "page/paging_rules.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/page/paginator.h>

#include <fmt/format.h>

namespace botocxx::inline v1 {

struct Paginator::State {
  Client client;
  std::string operation;
  std::shared_ptr<const page::PagingRules> rules;
};

namespace {

Error not_pageable(const Operation& operation, const Value& pagination) {
  Error error(ErrorKind::kUsage, "OperationNotPageable",
              fmt::format("Operation cannot be paginated: {}", xform_name(operation.name())));
  std::vector<std::string> names;
  for (const Value::Member& entry : pagination.members()) names.emplace_back(entry.key.view());
  if (auto near = nearest_name(operation.name(), names)) {
    return std::move(error).with_hint(fmt::format("did you mean {}?", *near));
  }
  return error;
}

// The service's paginators; an empty object where it has none.
Result<std::shared_ptr<const Value>> load_pagination(const Client& client) {
  auto document = client.load_document("paginators-1");
  if (document) return std::shared_ptr<const Value>(*document, &(**document)["pagination"]);
  bool none = document.error().is("DataNotFound") || document.error().is("UnknownService");
  if (none) return std::make_shared<const Value>(Value::object());
  return std::move(document).error();
}

Pages failed_pages(Error error) {
  auto state = std::make_shared<Pages::State>();
  state->failure = std::move(error);
  return Pages(std::move(state));
}

}  // namespace

const std::vector<std::string>& Paginator::input_tokens() const {
  return state_->rules->input_tokens;
}

std::vector<std::string> Paginator::result_keys() const {
  std::vector<std::string> keys;
  for (const page::PagePath& key : state_->rules->result_keys) keys.push_back(key.text());
  return keys;
}

const std::string& Paginator::limit_key() const { return state_->rules->limit_key; }

Pages Paginator::paginate(Value params, PaginateOptions options) const {
  auto cursor =
      page::PageCursor::create(state_->rules, std::move(params),
                               {options.max_items, options.page_size, options.starting_token});
  if (!cursor) return failed_pages(std::move(cursor).error());
  auto state = std::make_shared<Pages::State>();
  state->cursor = *std::move(cursor);
  state->fetch.emplace(state_->client, state_->operation, options);
  return Pages(std::move(state));
}

bool can_paginate(const Client& client, std::string_view name) {
  auto operation = client.model().operation(name);
  auto pagination = load_pagination(client);
  return operation && pagination && (*pagination)->contains(operation->name());
}

Result<Paginator> get_paginator(const Client& client, std::string_view name) {
  auto operation = client.model().operation(name);
  if (!operation) return std::move(operation).error();
  auto pagination = load_pagination(client);
  if (!pagination) return std::move(pagination).error();
  const Value* entry = (*pagination)->find(operation->name());
  if (entry == nullptr) return not_pageable(*operation, **pagination);
  auto rules = page::compile_paging_rules(*operation, *entry);
  if (!rules) return std::move(rules).error();
  return Paginator(std::make_shared<const Paginator::State>(
      Paginator::State{client, std::string(operation->name()), *std::move(rules)}));
}

Pages paginate(const Client& client, std::string_view operation, Value params,
               PaginateOptions options) {
  auto paginator = get_paginator(client, operation);
  if (!paginator) return failed_pages(std::move(paginator).error());
  return paginator->paginate(std::move(params), std::move(options));
}

}  // namespace botocxx::inline v1
