#include "customize/bucket_endpoint_policy.h"

#include "endpoint/host_names.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::customize {
namespace {

constexpr std::string_view kBucketLabel = "/{Bucket}";
constexpr std::string_view kGlobalRegion = "aws-global";
constexpr std::string_view kLegacyGlobalRegion = "us-east-1";

bool global_is_legacy(const Config& config) {
  return config.s3.us_east_1_regional_endpoint != "regional";
}

// "https://s3-accelerate.amazonaws.com", or with "dualstack" in it.
bool is_accelerate_url(std::string_view text) {
  auto url = Url::parse(text);
  if (!url || !url->host.ends_with("amazonaws.com")) return false;
  return url->host == "s3-accelerate.amazonaws.com" ||
         url->host == "s3-accelerate.dualstack.amazonaws.com";
}

bool is_arn(std::string_view text) {
  return text.starts_with("arn:") && std::count(text.begin(), text.end(), ':') >= 5;
}

bool forces_path_style(const EndpointQuery& query) {
  // The region of a bucket whose location is asked for is unknown; only the path form of the host
  // is certain to answer.
  if (query.operation.name() == "GetBucketLocation") return true;
  if (is_arn(query.params["Bucket"].get_if_string().value_or(""))) return false;
  const Config::S3& s3 = query.config.s3;
  if (s3.use_accelerate_endpoint.value_or(false)) return false;
  if (!query.endpoint_url.empty() && !is_accelerate_url(query.endpoint_url)) {
    return s3.addressing_style != "virtual";
  }
  return s3.addressing_style == "path";
}

Value flag_or_null(const std::optional<bool>& flag) { return flag ? Value(*flag) : Value(); }

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](std::string_view start) { return text.starts_with(start); });
}

}  // namespace

bool wants_dual_stack(const EndpointQuery& query) {
  const Config& config = query.config;
  return query.endpoint_url.empty() &&
         config.s3.use_dualstack_endpoint.value_or(config.use_dualstack_endpoint.value_or(false));
}

std::string BucketEndpointPolicy::region(const EndpointQuery& query) const {
  if (!query.region.empty()) return std::string(query.region);
  // S3 is the service that can be asked where a bucket is.
  return std::string(global_is_legacy(query.config) ? kLegacyGlobalRegion : kGlobalRegion);
}

// A URL is best valid wherever its bucket is: at the global host, if that can be named so.
std::string_view BucketEndpointPolicy::url_region(const EndpointQuery& query) const {
  const Config::S3& s3 = query.config.s3;
  const bool regional = s3.us_east_1_regional_endpoint == "regional" &&
                        query.config.region_name == kLegacyGlobalRegion;
  const bool dual_stack =
      s3.use_dualstack_endpoint.value_or(query.config.use_dualstack_endpoint.value_or(false));
  if (regional || dual_stack || s3.addressing_style == "virtual" || forces_path_style(query)) {
    return {};
  }
  auto bucket = query.params["Bucket"].get_if_string();
  if (!bucket) return kGlobalRegion;
  const bool of_one_zone = bucket->ends_with("--x-s3");
  if (of_one_zone || is_arn(*bucket) || !endpoint::is_valid_host_label(*bucket, false)) return {};
  return kGlobalRegion;
}

Value BucketEndpointPolicy::built_in(std::string_view name, const EndpointQuery& query,
                                     const std::string& region) const {
  const Config::S3& s3 = query.config.s3;
  if (name == "AWS::UseDualStack") return wants_dual_stack(query);
  if (name == "AWS::S3::UseGlobalEndpoint") {
    if (query.use == EndpointUse::kUrl && region == kGlobalRegion) return true;
    return global_is_legacy(query.config) && region == kLegacyGlobalRegion;
  }
  if (name == "AWS::S3::Accelerate") return s3.use_accelerate_endpoint.value_or(false);
  if (name == "AWS::S3::ForcePathStyle") return forces_path_style(query);
  if (name == "AWS::S3::UseArnRegion") return s3.use_arn_region.value_or(true);
  if (name == "AWS::S3::DisableMultiRegionAccessPoints") {
    return s3.disable_multiregion_access_points.value_or(false);
  }
  if (name == "AWS::S3::DisableS3ExpressSessionAuth") {
    return flag_or_null(s3.disable_express_session_auth);
  }
  return EndpointPolicy::built_in(name, query, region);
}

Value BucketEndpointPolicy::client_context(std::string_view name,
                                           const EndpointQuery& query) const {
  const Config::S3& s3 = query.config.s3;
  if (name == "use_arn_region" && s3.use_arn_region) return *s3.use_arn_region;
  if (name == "disable_s3_express_session_auth" && s3.disable_express_session_auth) {
    return *s3.disable_express_session_auth;
  }
  return EndpointPolicy::client_context(name, query);
}

// An operation of extras may name its bucket in its URI only.
Value BucketEndpointPolicy::missing(std::string_view name, const EndpointQuery& query) const {
  bool in_uri = name == "Bucket" && query.operation.request_uri().starts_with(kBucketLabel);
  const Value& bucket = query.params["Bucket"];
  return in_uri && bucket.is_string() ? Value(bucket) : Value();
}

void BucketEndpointPolicy::finish(const EndpointQuery& query, const Value& params,
                                  Endpoint& endpoint) const {
  std::string_view uri = query.operation.request_uri();
  if (params.contains("Bucket") && uri.starts_with(kBucketLabel)) {
    endpoint.request_uri = uri.substr(kBucketLabel.size());
  }
}

Error BucketEndpointPolicy::translate(Error error, const Value& params) const {
  const std::string& message = error.message();
  if (message == "S3 Object Lambda does not support S3 Accelerate" ||
      message == "Accelerate cannot be used with FIPS") {
    return Error(ErrorKind::kEndpoint, "UnsupportedS3Configuration",
                 fmt::format("Unsupported configuration when using S3: {}", message));
  }
  if (starts_with_any(message, {"S3 Outposts does not support", "S3 MRAP does not support",
                                "S3 Object Lambda does not support", "Access Points do not support",
                                "Invalid configuration:", "Client was configured for partition"})) {
    return Error(ErrorKind::kEndpoint, "UnsupportedS3AccesspointConfiguration",
                 fmt::format("Unsupported configuration when using S3 access-points: {}", message));
  }
  if (to_lower(message).starts_with("invalid arn:")) {
    return Error(ErrorKind::kValidation, "ParamValidation",
                 fmt::format("Parameter validation failed:\n{}", message));
  }
  return EndpointPolicy::translate(std::move(error), params);
}

}  // namespace botocxx::customize
