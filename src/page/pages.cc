#include "page/full_result.h"
#include "page/pages_state.h"

#include <utility>

namespace botocxx::inline v1 {
namespace {

Result<std::optional<Page>> fetch_next(Pages::State& state) {
  if (state.failure) {
    state.ended = true;
    return *std::exchange(state.failure, std::nullopt);
  }
  if (state.ended || !state.cursor) return std::optional<Page>();
  const Value* params = state.cursor->next_params();
  if (params == nullptr) {
    state.ended = true;
    if (state.cursor->failure()) return *state.cursor->failure();
    return std::optional<Page>();
  }
  auto response = state.fetch->fetch(*params);
  state.ended = !response;
  if (!response) return std::move(response).error();
  auto changed = state.cursor->accept(response->output());
  state.ended = !changed;
  if (!changed) return std::move(changed).error();
  if (const Value* next = state.cursor->next_params()) state.fetch->fetch_ahead(*next);
  return std::optional<Page>(Page(*std::move(response), *std::move(changed)));
}

ResultRange<Page> page_range(std::shared_ptr<Pages::State> state) {
  return ResultRange<Page>([state = std::move(state)] { return fetch_next(*state); });
}

// What a page's result adds to a range of items.
enum class Nulls { kSkipped, kKept };

std::vector<Value> flattened(Value result, Nulls nulls) {
  std::vector<Value> items;
  if (result.is_list()) {
    items.reserve(result.size());
    for (Value& item : result.items()) items.push_back(std::move(item));
  } else if (!result.is_null() || nulls == Nulls::kKept) {
    items.push_back(std::move(result));
  }
  return items;
}

// Items of the page in hand, and the way to the next page.
struct ItemSource {
  std::shared_ptr<Pages::State> pages;
  page::PagePath path;
  Nulls nulls;
  std::vector<Value> items{};
  std::size_t at = 0;

  Result<std::optional<Value>> next() {
    while (at == items.size()) {
      auto page = fetch_next(*pages);
      if (!page) return std::move(page).error();
      if (!page->has_value()) return std::optional<Value>();
      auto result = path.search((*page)->output());
      if (!result) return std::move(result).error();
      items = flattened(*std::move(result), nulls);
      at = 0;
    }
    return std::optional<Value>(std::move(items[at++]));
  }
};

ResultRange<Value> failed_range(Error error) {
  return ResultRange<Value>(
      [error = std::move(error)]() -> Result<std::optional<Value>> { return error; });
}

ResultRange<Value> item_range(std::shared_ptr<Pages::State> pages, std::string_view expression,
                              Nulls nulls) {
  auto path = page::PagePath::compile(expression);
  if (!path) return failed_range(std::move(path).error());
  auto source = std::make_shared<ItemSource>(ItemSource{std::move(pages), *std::move(path), nulls});
  return ResultRange<Value>([source = std::move(source)] { return source->next(); });
}

}  // namespace

Pages::Pages(std::shared_ptr<State> state) : state_(std::move(state)), range_(page_range(state_)) {}
Pages::Pages(Pages&&) noexcept = default;
Pages& Pages::operator=(Pages&&) noexcept = default;
Pages::~Pages() = default;

Pages::Throwing Pages::or_throw() { return page_range(state_).or_throw(); }

ResultRange<Value> Pages::items(std::string_view result_key) {
  if (!state_->cursor) return item_range(state_, "@", Nulls::kSkipped);
  const auto& keys = state_->cursor->rules().result_keys;
  return item_range(state_, result_key.empty() ? keys.front().text() : std::string(result_key),
                    Nulls::kSkipped);
}

ResultRange<Value> Pages::search(std::string_view expression) {
  return item_range(state_, expression, Nulls::kKept);
}

Result<Value> Pages::build_full_result() {
  Value all = Value::object();
  for (;;) {
    auto page = fetch_next(*state_);
    if (!page) return std::move(page).error();
    if (!page->has_value()) break;
    auto added = page::add_page(state_->cursor->rules(), (*page)->output(), all);
    if (!added) return std::move(added).error();
  }
  if (!state_->cursor) return all;
  auto added =
      page::add_non_aggregate(state_->cursor->rules(), state_->cursor->non_aggregate_part(), all);
  if (!added) return std::move(added).error();
  if (auto token = resume_token()) all.set("NextToken", Value(*token));
  return all;
}

std::optional<std::string> Pages::resume_token() const {
  return state_->cursor ? state_->cursor->resume_token() : std::nullopt;
}

const Value& Pages::non_aggregate_part() const {
  static const Value none = Value::object();
  return state_->cursor ? state_->cursor->non_aggregate_part() : none;
}

}  // namespace botocxx::inline v1
