#pragma once

#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <optional>
#include <string>
#include <string_view>

namespace botocxx::server {

/// A scalar as labels, query values, headers, forms and XML text hold it. Blobs are base64,
/// timestamps of any known form. Error "MalformedParameter", without the member's name.
Result<Value> parse_scalar(const Shape& shape, std::string_view text);

/// The inverse; `fallback` is the timestamp format where the model states none. Error:
/// "UnencodableOutput".
Result<std::string> format_scalar(const Member& member, const Value& value,
                                  TimestampFormat fallback, std::string_view path);

/// The number as texts and as JSON spell it: "NaN", "Infinity", "-Infinity" or digits; nothing
/// else.
std::optional<double> parse_special_or_number(std::string_view text);

/// "UnencodableOutput".
Error unencodable(std::string_view path, std::string_view reason);

}  // namespace botocxx::server
