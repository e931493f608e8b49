#pragma once

#include "client/client_state.h"
#include "client/signing.h"
#include <botocxx/client/client.h>

namespace botocxx::client {

/// A request that is complete but for what each attempt adds: credentials, time, signature.
struct Prepared {
  HttpRequest request;
  SigningPlan signing;
};

/// What one attempt sends, and what of it the signature added.
struct Attempt {
  HttpRequest request{};
  auth::SignatureAdditions additions{};
};

/// Steps of one call, in order; every one is a function of its arguments.
Result<Endpoint> resolve_endpoint(const Client::State& client, const Operation& operation,
                                  const Value& params, const CallOptions& options);
Result<Prepared> prepare(const Client::State& client, const Operation& operation,
                         const Value& params, const CallOptions& options);
Result<Attempt> sign_attempt(const Client::State& client, const Prepared& prepared,
                             const CallOptions& options);
Result<Response> parse_response(const Client::State& client, const Operation& operation,
                                HttpResponse response, int attempts);
Result<Response> call(const Client::State& client, const Operation& operation, const Value& params,
                      const CallOptions& options);

}  // namespace botocxx::client
