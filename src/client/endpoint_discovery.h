#pragma once

#include <botocxx/client/client.h>
#include <botocxx/events/events.h>

#include <string>

namespace botocxx::client {

/// Has the service name the endpoints of its calls, as its model asks for (botocore's
/// `EndpointDiscoveryHandler`): an operation of the service tells an address, which serves until it
/// expires or the service disowns it. Without an endpoint URL of the user's, and as far as
/// `Config::endpoint_discovery_enabled` lets it. Operations that cannot do without are the error
/// "EndpointDiscoveryRequired" where it is off.
void register_endpoint_discovery(Events& events, const std::string& service_id,
                                 const ClientParts& parts);

}  // namespace botocxx::client
