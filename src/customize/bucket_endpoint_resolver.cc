#include "customize/bucket_endpoint_resolver.h"

#include "client/regional_endpoint_resolver.h"
#include "endpoint/host_names.h"

#include <fmt/format.h>

namespace botocxx::customize {
namespace {

constexpr std::string_view kBucketLabel = "/{Bucket}";
// Regions whose requests go to S3's global host (`us_east_1_regional_endpoint` = legacy).
constexpr std::string_view kGlobalRegion = "aws-global";
constexpr std::string_view kLegacyGlobalRegion = "us-east-1";

bool is_ip_address(std::string_view host) {
  return host.starts_with('[') || endpoint::is_ipv4_address(host);
}

class BucketEndpointResolver : public EndpointResolver {
 public:
  explicit BucketEndpointResolver(std::shared_ptr<const endpoint::Partitions> partitions)
      : regional_(std::move(partitions)) {}

  Result<Endpoint> resolve(const EndpointQuery& query) const override {
    auto endpoint = service_endpoint(query);
    if (!endpoint) return endpoint;
    if (query.region == kGlobalRegion || query.region.empty()) {
      endpoint->signing_region = kLegacyGlobalRegion;
    }
    std::string_view uri = query.operation.request_uri();
    auto bucket = query.params["Bucket"].get_if_string();
    if (!bucket || !uri.starts_with(kBucketLabel)) return endpoint;
    if (!in_host(query, endpoint->url, *bucket)) return endpoint;
    endpoint->url.host = fmt::format("{}.{}", *bucket, endpoint->url.host);
    endpoint->request_uri = uri.substr(kBucketLabel.size());
    return endpoint;
  }

 private:
  Result<Endpoint> service_endpoint(const EndpointQuery& query) const {
    // Without a region, too: S3 is the service that can be asked where a bucket is.
    bool global = query.region.empty() || query.region == kGlobalRegion ||
                  query.region == kLegacyGlobalRegion;
    if (!query.endpoint_url.empty() || !global) return regional_.resolve(query);
    Endpoint endpoint;
    endpoint.url.scheme = query.use_ssl ? "https" : "http";
    endpoint.url.host = fmt::format("{}.{}", query.operation.model().endpoint_prefix(),
                                    regional_.dns_suffix(kLegacyGlobalRegion));
    return endpoint;
  }

  static bool in_host(const EndpointQuery& query, const Url& url, std::string_view bucket) {
    const std::string& style = query.config.s3.addressing_style;
    // The region of a bucket whose location is asked for is unknown; only the path form of the
    // host is certain to answer.
    if (style == "path" || query.operation.name() == "GetBucketLocation") return false;
    bool own_endpoint = !query.endpoint_url.empty();
    if (own_endpoint && style != "virtual") return false;
    if (endpoint::is_virtual_hostable_bucket(bucket, false)) {
      return !is_ip_address(url.host);
    }
    // A dotted bucket fits no certificate, so it needs http; here the rule set does not ask whether
    // the host is an address.
    bool allow_dots = own_endpoint && url.scheme == "http";
    return allow_dots && endpoint::is_virtual_hostable_bucket(bucket, true);
  }

  client::RegionalEndpointResolver regional_;
};

}  // namespace

std::shared_ptr<const EndpointResolver> make_bucket_endpoint_resolver(
    std::shared_ptr<const endpoint::Partitions> partitions) {
  return std::make_shared<BucketEndpointResolver>(std::move(partitions));
}

}  // namespace botocxx::customize
