#pragma once

#include "client/attempt.h"
#include "client/call.h"
#include "client/outcome.h"
#include "client/prepare.h"

namespace botocxx::client {

/// A whole call on the caller's thread: `prepare`, then the steps of `AttemptLoop`.
Result<Response> call(const Client::State& client, const Operation& operation, const Value& params,
                      const CallOptions& options);

}  // namespace botocxx::client
