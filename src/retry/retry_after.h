#pragma once

#include <botocxx/base/timestamp.h>
#include <botocxx/message/headers.h>
#include <botocxx/retry/retry_policy.h>

#include <optional>

namespace botocxx::retry {

/// `x-amz-retry-after`, whole milliseconds; nothing where it is absent or no such number.
std::optional<RetryDelay> amz_retry_after(const Headers& headers);

/// HTTP's own `Retry-After`: seconds, or the time of day until which to wait. Nothing where it is
/// absent, unreadable or over.
std::optional<RetryDelay> http_retry_after(const Headers& headers, Timestamp now);

}  // namespace botocxx::retry
