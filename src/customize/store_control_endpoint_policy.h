#pragma once

#include "client/endpoint_policy.h"

namespace botocxx::customize {

/// S3's control service: the account in the host, ARNs of Outposts, which name the account.
class StoreControlEndpointPolicy : public client::EndpointPolicy {
 public:
  Value built_in(std::string_view name, const EndpointQuery& query,
                 const std::string& region) const override;
  Value client_context(std::string_view name, const EndpointQuery& query) const override;
  void finish(const EndpointQuery& query, const Value& params, Endpoint& endpoint) const override;
  Error translate(Error error, const Value& params) const override;
  Result<void> complete_params(const Operation& operation, const Config& config,
                               Value& params) const override;
};

}  // namespace botocxx::customize
