#pragma once

#include "client/client_state.h"

#include <string>

namespace botocxx::client {

/// Credentials of a new session for `bucket`: a call of its own. Errors: those of a call;
/// "NeedsConnection" for a client that cannot send.
Result<Credentials> open_session(const Client::State& client, const std::string& bucket,
                                 const CallOptions& options);

}  // namespace botocxx::client
