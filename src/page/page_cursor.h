#pragma once

#include "page/paging_rules.h"
#include "page/resume_token.h"
#include <botocxx/base/result.h>
#include <botocxx/value/value.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace botocxx::page {

struct CursorOptions {
  std::optional<std::int64_t> max_items{};
  std::optional<std::int64_t> page_size{};
  std::optional<std::string> starting_token{};
};

/// The conversation that paging is, without the calls: says what to ask next and takes the answers.
///
///     while (const Value* params = cursor.next_params()) {
///       auto changed = cursor.accept(call(*params));
///       …
///     }
///     if (cursor.failure()) …
class PageCursor {
 public:
  static Result<PageCursor> create(std::shared_ptr<const PagingRules> rules, Value params,
                                   const CursorOptions& options);

  /// Parameters of the next request; null when there is none any more.
  const Value* next_params() const { return done_ ? nullptr : &params_; }

  /// Takes the answer to `next_params()`. Gives the page as it is to be seen where that is not the
  /// answer itself: cut at the front by a resume token or at the end by `max_items`.
  Result<std::optional<Value>> accept(const Value& output);

  /// What ended the conversation, of which all pages were delivered: the service sent the same
  /// token twice, or one that no resume token can hold.
  const std::optional<Error>& failure() const { return failure_; }

  /// Where to go on after `max_items`; nothing when all was seen.
  const std::optional<std::string>& resume_token() const { return resume_token_; }
  /// The first page's values under `non_aggregate_keys`.
  const Value& non_aggregate_part() const { return non_aggregate_part_; }
  const PagingRules& rules() const { return *rules_; }

 private:
  PageCursor(std::shared_ptr<const PagingRules> rules, Value params)
      : rules_(std::move(rules)), params_(std::move(params)) {}

  Result<void> open(const CursorOptions& options);
  Result<void> cut_front(const Value& output, std::optional<Value>& changed);
  Result<void> record_non_aggregate(const Value& page);
  Result<void> cut_end(const Value& page, std::int64_t surplus, std::optional<Value>& changed);
  Result<Value> tokens_in(const Value& page) const;
  Result<void> advance(const Value& page);
  void inject(const Value& tokens);
  Result<void> keep_resume_token(const Value& tokens);

  std::shared_ptr<const PagingRules> rules_;
  Value params_;
  Value tokens_ = Value::object();  ///< with which the page in hand was asked for
  std::optional<Value> previous_tokens_{};
  std::optional<std::int64_t> max_items_{};
  std::int64_t total_ = 0;
  std::int64_t skip_ = 0;  ///< of the first page
  bool resumed_ = false;
  bool first_ = true;
  bool done_ = false;
  std::optional<Error> failure_{};
  std::optional<std::string> resume_token_{};
  Value non_aggregate_part_ = Value::object();
};

}  // namespace botocxx::page
