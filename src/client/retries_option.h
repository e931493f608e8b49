#pragma once

#include <botocxx/client/config.h>

namespace botocxx::client {

/// botocore's option "retries": {"mode", "total_max_attempts" or "max_attempts"}, and what botocxx
/// adds. Errors have botocore's names: "InvalidRetryConfiguration", "InvalidRetryMode",
/// "InvalidMaxRetryAttempts".
Result<void> read_retries(const Value& options, Config::Retries& retries);

}  // namespace botocxx::client
