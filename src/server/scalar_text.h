#pragma once

#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <string>
#include <string_view>

namespace botocxx::server {

/// A scalar as labels, query values, headers and XML text hold it. `path` names the member in
/// errors ("MalformedParameter"). Blobs are base64, timestamps of any known form.
Result<Value> parse_scalar(const Shape& shape, std::string_view text, std::string_view path);

/// The inverse; `fallback` is the timestamp format where the model states none. Error:
/// "UnencodableOutput".
Result<std::string> format_scalar(const Member& member, const Value& value,
                                  TimestampFormat fallback, std::string_view path);

Error unencodable(std::string_view path, std::string_view reason);

}  // namespace botocxx::server
