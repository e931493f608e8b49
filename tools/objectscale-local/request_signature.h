#pragma once

#include "endpoint.h"
#include <botocxx/server/signature_verifier.h>

namespace botocxx::objectscale {

/// Checks a request's signature, of either version as far as the endpoint accepts it.
Result<VerifiedRequest> verify_request(const Endpoint& endpoint, const HttpRequest& request);

/// An id in the product's form, "0a…:hex:hex:n".
std::string new_request_id();

}  // namespace botocxx::objectscale
