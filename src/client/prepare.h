#pragma once

#include "client/call.h"
#include "client/signing.h"
#include <botocxx/client/endpoint_resolver.h>
#include <botocxx/events/payloads.h>
#include <botocxx/message/http.h>

#include <optional>
#include <string>

namespace botocxx::client {

/// A request that is complete but for what each attempt adds: credentials, time, signature.
struct Prepared {
  HttpRequest request{};
  SigningPlan signing{};
  Value params{};  ///< as they were built
  /// A handler's answer, in place of sending anything.
  std::optional<CallAnswer> answer{};
};

/// The parameters as they are sent: after handlers, with idempotency tokens and what follows from
/// others. Not validated.
Result<Value> build_params(Call& call, const Value& given);
/// What an endpoint is chosen by; refers to both.
EndpointQuery endpoint_query(Call& call, const Value& params);
/// Where `params`, as built, are sent.
Result<Endpoint> resolve_endpoint(Call& call, const Value& params);
/// From the parameters given by the user to the request of all attempts. A presigned URL or form is
/// prepared with `call.context.is_presign_request`, and without "before-call".
Result<Prepared> prepare(Call& call, const Value& given);

}  // namespace botocxx::client
