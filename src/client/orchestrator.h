#pragma once

#include "client/client_state.h"
#include <botocxx/client/client.h>

namespace botocxx::client {

/// A request that is complete but for what each attempt adds: credentials, time, signature.
struct Prepared {
  HttpRequest request;
  std::string signing_region;
  std::string signing_name;
  std::string auth_type;  ///< the endpoint's, or empty
};

/// Steps of one call, in order; every one is a function of its arguments.
Result<Endpoint> resolve_endpoint(const Client::State& client, const Operation& operation,
                                  const Value& params, const CallOptions& options);
Result<Prepared> prepare(const Client::State& client, const Operation& operation,
                         const Value& params, const CallOptions& options);
Result<HttpRequest> sign_attempt(const Client::State& client, const Operation& operation,
                                 const Prepared& prepared, const CallOptions& options);
Result<Response> parse_response(const Client::State& client, const Operation& operation,
                                HttpResponse response, int attempts);
Result<Response> call(const Client::State& client, const Operation& operation, const Value& params,
                      const CallOptions& options);

}  // namespace botocxx::client
