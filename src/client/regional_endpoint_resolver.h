#pragma once

#include "endpoint/partitions.h"
#include <botocxx/client/endpoint_resolver.h>

#include <memory>

namespace botocxx::client {

/// The user's own endpoint, else `{prefix}.{region}.{partition's suffix}`.
class RegionalEndpointResolver : public EndpointResolver {
 public:
  /// `partitions` is the partitions.json document; null: every region is in the first partition.
  explicit RegionalEndpointResolver(const std::shared_ptr<const Value>& partitions);
  Result<Endpoint> resolve(const EndpointQuery& query) const override;

  /// DNS suffix of a region's partition.
  std::string dns_suffix(std::string_view region) const;

 private:
  std::shared_ptr<const endpoint::Partitions> partitions_;
};

}  // namespace botocxx::client
