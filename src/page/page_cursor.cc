#include "page/page_cursor.h"

#include "codec/python_text.h"
#include "codec/python_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace botocxx::page {
namespace {

constexpr std::string_view kTruncateAmount = "boto_truncate_amount";

bool all_null(const Value& tokens) {
  return std::all_of(tokens.members().begin(), tokens.members().end(),
                     [](const Value::Member& token) { return token.value.is_null(); });
}

// What a result that is no list of items looks like on the first page after a resume token: its
// items were had before, numbers are the page's own.
Value emptied(const Value& sample) {
  if (sample.is_list()) return Value::list();
  if (sample.is_string()) return Value("");
  if (sample.is_number() || sample.is_bool()) return sample;
  return Value();
}

bool can_be_sliced(const Value& value) { return value.is_list() || value.is_string(); }

Result<Value> searched(const PagePath& path, const Value& page) {
  Value storage;
  auto found = path.find(page, storage);
  if (!found) return std::move(found).error();
  return Value(**found);
}

Result<std::int64_t> count_items(const PagePath& key, const Value& page) {
  Value storage;
  auto found = key.find(page, storage);
  if (!found) return std::move(found).error();
  if ((*found)->is_null()) return 0;
  if (auto length = codec::python_length(**found)) return static_cast<std::int64_t>(*length);
  return pagination_error(fmt::format("the result \"{}\" is of kind {}, which has no items",
                                      key.text(), to_string((*found)->kind())));
}

}  // namespace

Result<PageCursor> PageCursor::create(std::shared_ptr<const PagingRules> rules, Value params,
                                      const CursorOptions& options) {
  if (params.is_null()) params = Value::object();
  PageCursor cursor(std::move(rules), std::move(params));
  if (auto opened = cursor.open(options); !opened) return std::move(opened).error();
  return cursor;
}

Result<void> PageCursor::open(const CursorOptions& options) {
  max_items_ = options.max_items;
  if (options.page_size && rules_->limit_key.empty()) {
    return pagination_error(
        "PageSize parameter is not supported for the pagination interface for this operation.");
  }
  for (const std::string& name : rules_->input_tokens) tokens_.set(name, Value());
  if (options.starting_token) {
    auto point = decode_token(*options.starting_token, rules_->input_tokens);
    if (!point) return std::move(point).error();
    tokens_ = std::move(point->tokens);
    skip_ = point->skip;
    resumed_ = true;
    inject(tokens_);
  }
  if (options.page_size) {
    params_.set(rules_->limit_key, rules_->limit_is_text ? Value(std::to_string(*options.page_size))
                                                         : Value(*options.page_size));
  }
  return {};
}

Result<std::optional<Value>> PageCursor::accept(const Value& output) {
  std::optional<Value> changed;
  std::int64_t skipped = first_ && resumed_ ? skip_ : 0;
  if (first_) {
    Result<void> cut = resumed_ ? cut_front(output, changed) : Result<void>();
    if (cut) cut = record_non_aggregate(changed ? *changed : output);
    if (!cut) return std::move(cut).error();
  }
  first_ = false;
  skip_ = skipped;
  const Value& page = changed ? *changed : output;
  auto count = count_items(rules_->result_keys.front(), page);
  if (!count) return std::move(count).error();
  std::int64_t surplus = max_items_ ? total_ + *count - *max_items_ : 0;
  if (surplus > 0) {
    done_ = true;
    auto cut = cut_end(page, surplus, changed);
    if (!cut) return std::move(cut).error();
    return changed;
  }
  total_ += *count;
  if (auto advanced = advance(page); !advanced) {
    done_ = true;
    failure_ = std::move(advanced).error();
  }
  return changed;
}

// The first page after a resume token begins where the last one was cut.
Result<void> PageCursor::cut_front(const Value& output, std::optional<Value>& changed) {
  changed = output;
  const PagePath& primary = rules_->result_keys.front();
  auto all = searched(primary, output);
  if (!all) return std::move(all).error();
  Value rest = can_be_sliced(*all) ? codec::python_slice(*all, skip_, std::nullopt) : Value();
  auto set = primary.set(*changed, std::move(rest));
  for (std::size_t i = 1; set && i < rules_->result_keys.size(); ++i) {
    auto sample = searched(rules_->result_keys[i], *changed);
    if (!sample) return std::move(sample).error();
    set = rules_->result_keys[i].set(*changed, emptied(*sample));
  }
  return set;
}

Result<void> PageCursor::record_non_aggregate(const Value& page) {
  for (const PagePath& key : rules_->non_aggregate_keys) {
    auto value = searched(key, page);
    if (!value) return std::move(value).error();
    if (auto set = key.set(non_aggregate_part_, *std::move(value)); !set) return set;
  }
  return {};
}

Result<void> PageCursor::cut_end(const Value& page, std::int64_t surplus,
                                 std::optional<Value>& changed) {
  const PagePath& primary = rules_->result_keys.front();
  auto original = searched(primary, page);
  if (!original) return std::move(original).error();
  if (original->is_null()) original->make_list();
  if (!can_be_sliced(*original)) {
    return pagination_error(fmt::format("the result \"{}\" is of kind {}: MaxItems can't cut it",
                                        primary.text(), to_string(original->kind())));
  }
  std::int64_t keep = static_cast<std::int64_t>(*codec::python_length(*original)) - surplus;
  if (!changed) changed = page;
  auto set = primary.set(*changed, codec::python_slice(*original, 0, keep));
  if (!set) return set;
  Value tokens = tokens_;
  tokens.set(kTruncateAmount, Value(keep + skip_));
  return keep_resume_token(tokens);
}

// The tokens of the page after this one; none at all when the service says that there is none.
Result<Value> PageCursor::tokens_in(const Value& page) const {
  Value tokens = Value::object();
  if (rules_->more_results) {
    auto more = searched(*rules_->more_results, page);
    if (!more) return std::move(more).error();
    if (!codec::python_truth(*more)) return tokens;
  }
  std::size_t count = std::min(rules_->output_tokens.size(), rules_->input_tokens.size());
  for (std::size_t i = 0; i < count; ++i) {
    auto token = searched(rules_->output_tokens[i], page);
    if (!token) return std::move(token).error();
    tokens.set(rules_->input_tokens[i], codec::python_truth(*token) ? *std::move(token) : Value());
  }
  return tokens;
}

Result<void> PageCursor::advance(const Value& page) {
  auto tokens = tokens_in(page);
  if (!tokens) return std::move(tokens).error();
  tokens_ = *std::move(tokens);
  if (all_null(tokens_)) {
    done_ = true;
    return {};
  }
  if (max_items_ && total_ == *max_items_) {
    done_ = true;
    return keep_resume_token(tokens_);
  }
  if (previous_tokens_ && codec::python_equal(*previous_tokens_, tokens_)) {
    return pagination_error("The same next token was received twice: " +
                            codec::python_repr(tokens_));
  }
  inject(tokens_);
  previous_tokens_ = tokens_;
  return {};
}

void PageCursor::inject(const Value& tokens) {
  for (const Value::Member& token : tokens.members()) {
    bool none = token.value.is_null() || token.value == Value("None");
    if (none) {
      params_.erase(token.key);
    } else {
      params_.set(token.key, token.value);
    }
  }
}

Result<void> PageCursor::keep_resume_token(const Value& tokens) {
  auto sorted_names = [](std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    return names;
  };
  std::vector<std::string> expected = rules_->input_tokens;
  if (tokens.contains(kTruncateAmount)) expected.emplace_back(kTruncateAmount);
  std::vector<std::string> found;
  for (const Value::Member& token : tokens.members()) found.emplace_back(token.key.view());
  if (sorted_names(expected) != sorted_names(found)) {
    return bad_starting_token(codec::python_repr(tokens));
  }
  auto encoded = encode_token(tokens);
  if (!encoded) return std::move(encoded).error();
  resume_token_ = *std::move(encoded);
  return {};
}

}  // namespace botocxx::page
