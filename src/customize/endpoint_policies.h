#pragma once

#include "client/rule_set_endpoint_resolver.h"
#include "endpoint/partitions.h"
#include <botocxx/client/endpoint_resolver.h>

#include <memory>

namespace botocxx::customize {

/// What chooses a client's endpoints, and out of what.
struct EndpointSources {
  std::shared_ptr<const EndpointRuleSet> rules{};            ///< null: the service has none
  std::shared_ptr<const endpoint::Partitions> partitions{};  ///< null: there are none
  client::EndpointsDataSource endpoints_data{};
};

/// The resolver for a service: its rule set with the service's own policy, else endpoints.json.
Result<std::shared_ptr<const EndpointResolver>> endpoint_resolver_for(const ServiceModel& model,
                                                                      EndpointSources sources);

/// The policy for a service.
std::shared_ptr<const client::EndpointPolicy> endpoint_policy_for(const ServiceModel& model);

}  // namespace botocxx::customize
