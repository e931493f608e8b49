#pragma once

#include <botocxx/base/error.h>

#include <string_view>

/// Errors about a member of a request or result; the way to it is added from the inside out, so
/// that it costs nothing where all is well.
namespace botocxx::server {

/// kind kParse, code "MalformedParameter".
Error malformed_parameter(std::string_view problem);
/// kind kParse, code "MalformedBody".
Error malformed_body(std::string_view problem);

/// `error` with one more step of the way: "expected a number" becomes "Size: expected a number",
/// then "Contents[0].Size: expected a number".
Error within(Error error, std::string_view member);
Error within(Error error, std::size_t index);

}  // namespace botocxx::server
