#include "page/page_fetch.h"

#include <utility>

namespace botocxx::page {

PageFetch::PageFetch(Client client, std::string operation, const PaginateOptions& options)
    : client_(std::move(client)),
      operation_(std::move(operation)),
      prefetch_(options.prefetch),
      call_(options.call) {}

PageFetch::~PageFetch() {
  abandon_.request_stop();
  if (ahead_.valid()) ahead_.wait();
}

Result<Response> PageFetch::fetch(const Value& params) {
  if (ahead_.valid()) return ahead_.get();
  return client_.call(operation_, params, call_);
}

void PageFetch::fetch_ahead(const Value& params) {
  if (prefetch_ == Prefetch::kNone) return;
  ahead_ = std::async(std::launch::async, [this, params] {
    CallOptions options = call_;
    options.stop = abandon_.get_token();
    // The user's own token must reach the call, too.
    std::stop_callback forward(call_.stop, [this] { abandon_.request_stop(); });
    return client_.call(operation_, params, options);
  });
}

}  // namespace botocxx::page
