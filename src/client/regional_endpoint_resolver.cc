#include "client/regional_endpoint_resolver.h"

#include "endpoint/partitions.h"

#include <fmt/format.h>

namespace botocxx::client {

RegionalEndpointResolver::RegionalEndpointResolver(std::shared_ptr<const Value> partitions)
    : partitions_(std::move(partitions)) {}

std::string RegionalEndpointResolver::dns_suffix(std::string_view region) const {
  return endpoint::dns_suffix(region, partitions_ ? *partitions_ : Value());
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
