#pragma once

#include "page/page_cursor.h"
#include <botocxx/page/paginator.h>

#include <future>
#include <stop_token>

namespace botocxx::page {

/// Makes the calls of one conversation, in order, one ahead where that is asked for.
class PageFetch {
 public:
  PageFetch(Client client, std::string operation, const PaginateOptions& options);
  ~PageFetch();
  PageFetch(const PageFetch&) = delete;
  PageFetch& operator=(const PageFetch&) = delete;

  /// The answer for `params`: of the call that is under way already, if there is one.
  Result<Response> fetch(const Value& params);
  /// Starts the next call on a thread of its own, if the options ask for that.
  void fetch_ahead(const Value& params);

 private:
  Client client_;
  std::string operation_;
  Prefetch prefetch_;
  CallOptions call_;
  std::stop_source abandon_{};  ///< nobody wants the call any more that is under way
  std::future<Result<Response>> ahead_{};
};

}  // namespace botocxx::page
