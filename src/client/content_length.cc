#include "client/content_length.h"

#include <string>

namespace botocxx::client {

void add_content_length(HttpRequest& request) {
  bool bodiless_method =
      request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS";
  if (request.headers.contains("Content-Length") || request.headers.contains("Transfer-Encoding")) {
    return;
  }
  auto size = request.body.size();
  if (!size) {
    request.headers.set("Transfer-Encoding", "chunked");
  } else if (*size > 0 || !bodiless_method) {
    request.headers.set("Content-Length", std::to_string(*size));
  }
}

}  // namespace botocxx::client
