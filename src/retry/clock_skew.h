#pragma once

#include <botocxx/base/timestamp.h>
#include <botocxx/message/headers.h>

#include <chrono>
#include <optional>
#include <string_view>

namespace botocxx::retry {

/// How far the server's clock is ahead of `now`, when an error says that a request was signed for
/// the wrong time and the answer's `Date` agrees: it differs from the time that was signed, `now`
/// plus `known`, enough to explain the refusal. Nothing in any other case.
std::optional<std::chrono::seconds> clock_offset(std::string_view error_code,
                                                 const Headers& headers, Timestamp now,
                                                 std::chrono::seconds known);

}  // namespace botocxx::retry
