#pragma once

#include "customize/retry_policies.h"
#include <botocxx/base/host.h>
#include <botocxx/client/config.h>
#include <botocxx/config/shared_config.h>

namespace botocxx::session {

/// Mode and attempts of a client: its options, then AWS_RETRY_MODE and AWS_MAX_ATTEMPTS, then the
/// profile's `retry_mode` and `max_attempts`; AWS_NEW_RETRIES_2026 changes the rules and the mode
/// where nothing names one. `shared` may be null. Errors: "InvalidRetryMode",
/// "InvalidMaxRetryAttempts".
Result<customize::RetrySettings> retry_settings(const Config::Retries& retries,
                                                const Environment& environment,
                                                const SharedConfig* shared);

}  // namespace botocxx::session
