#pragma once

#include <botocxx/base/result.h>
#include <botocxx/client/endpoint_resolver.h>

namespace botocxx::client {

/// Takes signer, signing name and region out of the endpoint's "authSchemes", as botocore does:
/// the first scheme that has a signer, or that the configured signature version means; "v4a" where
/// there is no other. An endpoint without schemes stays as it is.
Result<void> choose_endpoint_auth(const Config& config, Endpoint& endpoint);

}  // namespace botocxx::client
