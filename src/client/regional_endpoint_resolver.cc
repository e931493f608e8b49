#include "client/regional_endpoint_resolver.h"

#include <fmt/format.h>

namespace botocxx::client {

RegionalEndpointResolver::RegionalEndpointResolver(const std::shared_ptr<const Value>& partitions) {
  if (!partitions) return;
  if (auto compiled = endpoint::Partitions::compile(*partitions)) partitions_ = *compiled;
}

std::string RegionalEndpointResolver::dns_suffix(std::string_view region) const {
  return partitions_ ? partitions_->find(region).dns_suffix : "amazonaws.com";
}

Result<Endpoint> RegionalEndpointResolver::resolve(const EndpointQuery& query) const {
  Endpoint endpoint;
  std::string text(query.endpoint_url);
  if (text.empty()) {
    if (query.region.empty()) {
      return Error(ErrorKind::kEndpoint, "NoRegion", "You must specify a region.")
          .with_hint("pass --region, set AWS_REGION, or configure one for the profile");
    }
    text = fmt::format("{}://{}.{}.{}", query.use_ssl ? "https" : "http",
                       query.operation.model().endpoint_prefix(), query.region,
                       dns_suffix(query.region));
  }
  auto url = Url::parse(text);
  if (!url) return std::move(url).error();
  endpoint.url = *std::move(url);
  return endpoint;
}

}  // namespace botocxx::client
