#pragma once

#include <botocxx/message/body.h>
#include <botocxx/message/headers.h>
#include <botocxx/message/url.h>

#include <string>

namespace botocxx::inline v1 {

/// A request as it goes on the wire; a plain value.
struct HttpRequest {
  std::string method;
  Url url;
  Headers headers;
  Body body;
};

/// An answer. For a streaming operation `body` is read from the connection while it arrives.
struct HttpResponse {
  int status = 0;
  std::string reason;
  Headers headers;
  Body body;
};

}  // namespace botocxx::inline v1
