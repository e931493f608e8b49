#pragma once

#include <string>
#include <string_view>

namespace botocxx::transport {

/// `line` of a request's or response's head with every secret replaced by `<redacted>`: signatures,
/// tokens, cookies, customer keys, passwords in URLs.
std::string redact_line(std::string_view line);

/// `url` with signatures and tokens in its query, and user info, replaced.
std::string redact_url(std::string_view url);

}  // namespace botocxx::transport
