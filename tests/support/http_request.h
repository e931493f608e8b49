#pragma once

#include "protocol/serializer.h"
#include <botocxx/message/http.h>

#include <utility>

namespace botocxx::testing {

/// What a client serialized, as its server receives it.
inline HttpRequest as_http_request(protocol::SerializedRequest serialized) {
  HttpRequest request;
  request.method = std::move(serialized.method);
  request.url.path = std::move(serialized.path);
  request.url.has_query = !serialized.query.empty();
  request.url.query = std::move(serialized.query);
  request.headers = std::move(serialized.headers);
  request.body = std::move(serialized.body);
  return request;
}

}  // namespace botocxx::testing
