#pragma once

#include <string>
#include <string_view>

namespace botocxx::auth {

/// A header's or query parameter's value as it may be printed: signatures, tokens and keys are
/// replaced by `[redacted]`. The access key's id is no secret.
std::string redacted_value(std::string_view name, std::string_view value);

/// A query, form or other text of `name=value` pairs joined by `&`, each redacted.
std::string redacted_query(std::string_view query);

/// One line of a canonical request or string to sign: a header, a query, or anything else.
std::string redacted_line(std::string_view line);

}  // namespace botocxx::auth
