#pragma once

#include "client/endpoint_policy.h"

namespace botocxx::customize {

/// Amazon S3: bucket in host or path, global hosts, accelerate, ARNs in a bucket's place.
class BucketEndpointPolicy : public client::EndpointPolicy {
 public:
  std::string region(const EndpointQuery& query) const override;
  std::string_view url_region(const EndpointQuery& query) const override;
  Value built_in(std::string_view name, const EndpointQuery& query,
                 const std::string& region) const override;
  Value client_context(std::string_view name, const EndpointQuery& query) const override;
  Value missing(std::string_view name, const EndpointQuery& query) const override;
  void finish(const EndpointQuery& query, const Value& params, Endpoint& endpoint) const override;
  Error translate(Error error, const Value& params) const override;
};

/// Whether dual-stack hosts are wanted: the setting within the group comes first.
bool wants_dual_stack(const EndpointQuery& query);

}  // namespace botocxx::customize
