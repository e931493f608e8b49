#pragma once

#include <botocxx/message/http.h>

namespace botocxx::client {

/// Adds the length of the body, or chunked transfer where it is unknown. botocore does so when it
/// prepares a request, after signing: neither is ever signed.
void add_content_length(HttpRequest& request);

}  // namespace botocxx::client
