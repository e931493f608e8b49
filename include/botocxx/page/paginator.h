#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/base/result_range.h>
#include <botocxx/client/client.h>
#include <botocxx/client/response.h>
#include <botocxx/value/value.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::inline v1 {

enum class Prefetch {
  kNone,     ///< a page is fetched when it is stepped to
  kNextPage  ///< a thread of its own fetches the next page while the caller works on one
};

/// How to page: botocore's `PaginationConfig`, and what C++ adds.
struct PaginateOptions {
  /// Items (of the first result key) at most, over all pages.
  std::optional<std::int64_t> max_items{};
  /// Items that the service is asked for at a time. An error where an operation has no such limit.
  std::optional<std::int64_t> page_size{};
  /// Where to go on: what `Pages::resume_token()` was, or botocore's or the AWS command line's.
  std::optional<std::string> starting_token{};
  Prefetch prefetch = Prefetch::kNone;
  /// Of every call that is made.
  CallOptions call{};
};

/// One page: the output of one call, cut where `max_items` or a starting token says so.
class BOTOCXX_EXPORT Page {
 public:
  Page(Response response, std::optional<Value> changed)
      : response_(std::move(response)), changed_(std::move(changed)) {}

  const Value& output() const { return changed_ ? *changed_ : response_.output(); }
  /// Member of the output, a null value when there is none.
  const Value& operator[](std::string_view name) const { return output()[name]; }
  /// The answer as it came, with its metadata.
  const Response& response() const { return response_; }

 private:
  Response response_;
  std::optional<Value> changed_;
};

/// The pages of one conversation: a range that is passed through once.
///
///     for (Result<Page>& page : paginate(s3, "ListObjectsV2", {{"Bucket", "photos"}})) …
///     for (const Value& object : paginate(s3, "ListObjectsV2", {{"Bucket", "photos"}})
///                                    .items("Contents").or_throw()) …
///
/// Calls are made while it is stepped through. The last item may be an error: of a call,
/// "Pagination" (among others where a service sends the same token twice), "Value" for a bad
/// starting token; what `paginate` itself could not do is the first item. Pages are those of
/// botocore, `None` where it puts it included (null).
///
/// Move-only; one thread at a time. Ranges made of it share its position, and may outlive it.
class BOTOCXX_EXPORT Pages {
 public:
  using Iterator = ResultRange<Page>::Iterator;
  using Throwing = ResultRange<Page>::Throwing;
  struct State;

  explicit Pages(std::shared_ptr<State> state);
  Pages(Pages&&) noexcept;
  Pages& operator=(Pages&&) noexcept;
  ~Pages();

  /// Fetches the next page; nothing at the end, and after an error.
  Result<std::optional<Page>> next() { return range_.next(); }
  Iterator begin() { return range_.begin(); }
  std::default_sentinel_t end() const { return {}; }
  /// Pages as plain values; where a call fails, its exception is thrown.
  Throwing or_throw();

  /// The items of a list that each page holds at `result_key`, of all pages; empty: the operation's
  /// first result key. What is no list is an item itself; pages without it have none.
  ResultRange<Value> items(std::string_view result_key = {});
  /// botocore's `search`: a JMESPath expression on each page. Items of lists come one by one, other
  /// results as they are, null where a page has none.
  ResultRange<Value> search(std::string_view expression);

  /// Fetches all pages that are left and puts their results together as botocore does: lists
  /// joined, numbers summed, texts strung together, `non_aggregate_keys` of the first page;
  /// "NextToken" is the resume token, where there is more than `max_items`. Other members are left
  /// out.
  Result<Value> build_full_result();

  /// Where to go on after `max_items`; nothing while there are pages, and when all was seen.
  std::optional<std::string> resume_token() const;
  /// Values under the paginator's `non_aggregate_keys`, of the first page.
  const Value& non_aggregate_part() const;

 private:
  std::shared_ptr<State> state_;
  ResultRange<Page> range_;
};

/// How one operation is paged. Immutable; use one from any number of threads.
class BOTOCXX_EXPORT Paginator {
 public:
  /// Names of input members that carry the service's tokens.
  const std::vector<std::string>& input_tokens() const;
  /// Expressions for what a page holds, the one that is counted first.
  std::vector<std::string> result_keys() const;
  /// The input member that limits a page; empty when there is none.
  const std::string& limit_key() const;

  /// `params` are the operation's. Nothing is called before the first page is wanted.
  Pages paginate(Value params = Value::object(), PaginateOptions options = {}) const;

  struct State;
  explicit Paginator(std::shared_ptr<const State> state) : state_(std::move(state)) {}

 private:
  std::shared_ptr<const State> state_;
};

/// Whether the service's paginators (`paginators-1`, with extras) know the operation, by the
/// model's name or its snake_case form.
BOTOCXX_EXPORT bool can_paginate(const Client& client, std::string_view operation);

/// Errors: "UnknownOperation", "OperationNotPageable", "PaginatorConfig".
BOTOCXX_EXPORT Result<Paginator> get_paginator(const Client& client, std::string_view operation);

/// `get_paginator(client, operation)` and `paginate(params, options)` at once; an error of the
/// former is the only item.
BOTOCXX_EXPORT Pages paginate(const Client& client, std::string_view operation,
                              Value params = Value::object(), PaginateOptions options = {});

}  // namespace botocxx::inline v1
