#pragma once

#include "auth/scheme.h"
#include "client/client_state.h"
#include "events/operation_events.h"
#include "integrity/checksum.h"
#include <botocxx/client/client.h>
#include <botocxx/events/call_context.h>
#include <botocxx/model/service_model.h>

#include <string_view>
#include <vector>

namespace botocxx::client {

/// One call from its parameters to its result: what its steps share, and all that they change.
struct Call {
  Call(const Client::State& of, const Operation& called, const CallOptions& with);

  const Client::State& client;
  const Operation& operation;
  const CallOptions& options;
  CallContext context;
  /// Of URLs and forms that are signed for others.
  auth::SigningForm form = auth::SigningForm::kHeaders;
  std::string_view method{};  ///< in place of the operation's own; empty: that
  events::OperationEvents events;
  /// What the answer's body is compared with, best first, and which of these it was.
  std::vector<integrity::ChecksumAlgorithm> response_checksums{};
  std::string_view checked_by{};
  /// False: the request is only shown, and nothing may be sent on its behalf.
  bool may_connect = false;
};

/// The error as one of this call.
Error with_call(Error error, const Call& call);

}  // namespace botocxx::client
