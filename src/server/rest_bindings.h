#pragma once

#include <botocxx/base/result.h>
#include <botocxx/message/http.h>
#include <botocxx/model/service_model.h>
#include <botocxx/server/router.h>
#include <botocxx/value/value.h>

/// What rest protocols put outside of the body: labels, query, headers.
namespace botocxx::server {

/// Adds to `params` the members of `input` that lie outside of the body.
Result<void> decode_bindings(const Shape& input, const Route& route, const HttpRequest& request,
                             Value& params);

/// Adds to `headers` the members of `output` that are headers or a map of prefixed headers.
Result<void> encode_headers(const Shape& output, const Value& value, Headers& headers);

/// Splits `a, b,"c,d"` as rest protocols join lists; blanks around items are dropped.
std::vector<std::string> split_header_list(std::string_view text);

}  // namespace botocxx::server
