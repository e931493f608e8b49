#include "client/regional_endpoint_resolver.h"

#include <fmt/format.h>

namespace botocxx::client {

RegionalEndpointResolver::RegionalEndpointResolver(
    std::shared_ptr<const endpoint::Partitions> partitions, EndpointsDataSource endpoints_data)
    : partitions_(std::move(partitions)), endpoints_data_(std::move(endpoints_data)) {}

std::string RegionalEndpointResolver::dns_suffix(std::string_view region) const {
  return partitions_ ? partitions_->find(region).dns_suffix : "amazonaws.com";
}

Result<std::string> RegionalEndpointResolver::url_of(const EndpointQuery& query,
                                                     Endpoint& endpoint) const {
  if (!query.endpoint_url.empty()) return std::string(query.endpoint_url);
  std::string prefix = query.operation.model().endpoint_prefix();
  auto no_region =
      Error(ErrorKind::kEndpoint, "NoRegion", "You must specify a region.")
          .with_hint("pass --region, set AWS_REGION, or configure one for the profile");
  auto data = endpoints_data_of(endpoints_data_);
  if (!data) return std::move(data).error();
  if (!*data) {
    if (query.region.empty()) return no_region;
    return fmt::format("{}://{}.{}.{}", query.use_ssl ? "https" : "http", prefix, query.region,
                       dns_suffix(query.region));
  }
  endpoint::EndpointVariant variant;
  variant.dual_stack = query.config.use_dualstack_endpoint.value_or(false);
  variant.fips = query.config.use_fips_endpoint.value_or(false);
  auto known = (*data)->find(prefix, query.region, variant);
  if (!known) return known.error().code() == "NoRegion" ? no_region : std::move(known).error();
  endpoint.signing_region = known->signing_region;
  endpoint.signing_name = known->signing_name;
  return fmt::format("{}://{}", query.use_ssl && known->https ? "https" : "http", known->hostname);
}

Result<Endpoint> RegionalEndpointResolver::resolve(const EndpointQuery& query) const {
  Endpoint endpoint;
  auto text = url_of(query, endpoint);
  if (!text) return std::move(text).error();
  auto url = Url::parse(*text);
  if (!url) return std::move(url).error();
  endpoint.url = *std::move(url);
  return endpoint;
}

}  // namespace botocxx::client
