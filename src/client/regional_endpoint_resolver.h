#pragma once

#include "client/rule_set_endpoint_resolver.h"
#include "endpoint/partitions.h"
#include <botocxx/client/endpoint_resolver.h>

#include <memory>

namespace botocxx::client {

/// For services without a rule set: the user's own endpoint, else that of endpoints.json, else
/// `{prefix}.{region}.{partition's suffix}`.
class RegionalEndpointResolver : public EndpointResolver {
 public:
  /// Null `partitions`: every region is in the first partition.
  explicit RegionalEndpointResolver(std::shared_ptr<const endpoint::Partitions> partitions,
                                    EndpointsDataSource endpoints_data = {});
  Result<Endpoint> resolve(const EndpointQuery& query) const override;

  /// DNS suffix of a region's partition.
  std::string dns_suffix(std::string_view region) const;

 private:
  Result<std::string> url_of(const EndpointQuery& query, Endpoint& endpoint) const;

  std::shared_ptr<const endpoint::Partitions> partitions_;
  EndpointsDataSource endpoints_data_;
};

}  // namespace botocxx::client
