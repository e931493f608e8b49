#pragma once

#include <botocxx/client/endpoint_resolver.h>

#include <string>
#include <string_view>

namespace botocxx::client {

/// The settings that a built-in parameter is made of, with their values and origins, for people:
/// "use_fips_endpoint = true (AWS_USE_FIPS_ENDPOINT)".
std::string explain_built_in(std::string_view name, const EndpointQuery& query);

}  // namespace botocxx::client
