#include "customize/endpoint_policies.h"

#include "client/regional_endpoint_resolver.h"
#include "customize/bucket_endpoint_policy.h"
#include "customize/bucket_endpoint_resolver.h"
#include "customize/store_control_endpoint_policy.h"

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::customize {
namespace {

// Regions that shared one host before there were regional ones.
constexpr std::string_view kLegacyTokenRegions[] = {
    "ap-northeast-1", "ap-south-1",   "ap-southeast-1", "ap-southeast-2",
    "aws-global",     "ca-central-1", "eu-central-1",   "eu-north-1",
    "eu-west-1",      "eu-west-2",    "eu-west-3",      "sa-east-1",
    "us-east-1",      "us-east-2",    "us-west-1",      "us-west-2"};

class TokenServicePolicy : public client::EndpointPolicy {
 public:
  Value built_in(std::string_view name, const EndpointQuery& query,
                 const std::string& region) const override {
    if (name != "AWS::STS::UseGlobalEndpoint") return EndpointPolicy::built_in(name, query, region);
    bool legacy = std::ranges::find(kLegacyTokenRegions, region) != std::end(kLegacyTokenRegions);
    return legacy && query.config.sts_regional_endpoints == "legacy";
  }
};

class EventBusPolicy : public client::EndpointPolicy {
 public:
  Error translate(Error error, const Value& params) const override {
    const std::string& message = error.message();
    if (message.starts_with("Invalid Configuration: FIPS is not supported with EventBridge "
                            "multi-region endpoints.") ||
        message == "EndpointId must be a valid host label.") {
      return Error(ErrorKind::kEndpoint, "InvalidEndpointConfiguration",
                   fmt::format("Invalid endpoint configuration: {}", message));
    }
    return EndpointPolicy::translate(std::move(error), params);
  }
};

}  // namespace

std::shared_ptr<const client::EndpointPolicy> endpoint_policy_for(const ServiceModel& model) {
  std::string_view name = model.service_name();
  if (name == "s3") return std::make_shared<BucketEndpointPolicy>();
  if (name == "s3control") return std::make_shared<StoreControlEndpointPolicy>();
  if (name == "sts") return std::make_shared<TokenServicePolicy>();
  if (name == "events") return std::make_shared<EventBusPolicy>();
  return std::make_shared<client::EndpointPolicy>();
}

Result<std::shared_ptr<const EndpointResolver>> endpoint_resolver_for(const ServiceModel& model,
                                                                      EndpointSources sources) {
  using Made = std::shared_ptr<const EndpointResolver>;
  if (sources.rules) {
    auto made = client::RuleSetEndpointResolver::create(std::move(sources.rules), model,
                                                        endpoint_policy_for(model),
                                                        std::move(sources.endpoints_data));
    if (!made) return std::move(made).error();
    return Made(*std::move(made));
  }
  if (model.service_name() == "s3") return Made(make_bucket_endpoint_resolver(sources.partitions));
  return Made(std::make_shared<client::RegionalEndpointResolver>(
      sources.partitions, std::move(sources.endpoints_data)));
}

}  // namespace botocxx::customize
