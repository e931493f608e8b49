#include "client/endpoint_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace botocxx::client {
namespace {

constexpr std::array<std::string_view, 14> kBuiltIns{"AWS::Region",
                                                     "AWS::UseFIPS",
                                                     "AWS::UseDualStack",
                                                     "SDK::Endpoint",
                                                     "AWS::Auth::AccountId",
                                                     "AWS::Auth::AccountIdEndpointMode",
                                                     "AWS::STS::UseGlobalEndpoint",
                                                     "AWS::S3::UseGlobalEndpoint",
                                                     "AWS::S3::Accelerate",
                                                     "AWS::S3::ForcePathStyle",
                                                     "AWS::S3::UseArnRegion",
                                                     "AWS::S3::DisableMultiRegionAccessPoints",
                                                     "AWS::S3::DisableS3ExpressSessionAuth",
                                                     "AWS::S3Control::UseArnRegion"};

Value text_or_null(std::string_view text) { return text.empty() ? Value() : Value(text); }

Value account_id(const EndpointQuery& query) {
  if (query.credentials == nullptr || query.config.unsigned_requests) return {};
  auto credentials = query.credentials->resolve(query.deadline);
  if (!credentials) return {};  // signing will say so
  return text_or_null((*credentials)->account_id);
}

Value account_id_mode(const Config& config) {
  if (config.unsigned_requests) return "disabled";
  return config.account_id_endpoint_mode.empty() ? Value("preferred")
                                                 : Value(config.account_id_endpoint_mode);
}

}  // namespace

bool is_built_in(std::string_view name) {
  return std::find(kBuiltIns.begin(), kBuiltIns.end(), name) != kBuiltIns.end();
}

std::string EndpointPolicy::region(const EndpointQuery& query) const {
  return std::string(query.region);
}

std::string_view EndpointPolicy::url_region(const EndpointQuery&) const { return {}; }

Value EndpointPolicy::built_in(std::string_view name, const EndpointQuery& query,
                               const std::string& region) const {
  // An endpoint of the user's own cannot be combined with variants.
  bool own = !query.endpoint_url.empty();
  if (name == "AWS::Region") return text_or_null(region);
  if (name == "SDK::Endpoint") return text_or_null(query.endpoint_url);
  if (name == "AWS::UseFIPS") return !own && query.config.use_fips_endpoint.value_or(false);
  if (name == "AWS::UseDualStack")
    return !own && query.config.use_dualstack_endpoint.value_or(false);
  if (name == "AWS::Auth::AccountId") return account_id(query);
  if (name == "AWS::Auth::AccountIdEndpointMode") return account_id_mode(query.config);
  return {};
}

Value EndpointPolicy::client_context(std::string_view name, const EndpointQuery& query) const {
  return query.config.client_context_params[name];
}

Value EndpointPolicy::missing(std::string_view, const EndpointQuery&) const { return {}; }

void EndpointPolicy::finish(const EndpointQuery&, const Value&, Endpoint&) const {}

// "Invalid region in ARN: `us-we$t-2` (invalid DNS name)"
Error EndpointPolicy::translate(Error error, const Value&) const {
  const std::string& message = error.message();
  if (!message.starts_with("Invalid region in ARN: ")) return error;
  std::size_t start = message.find('`');
  std::size_t end = start == std::string::npos ? start : message.find('`', start + 1);
  std::string label =
      start == std::string::npos ? message : message.substr(start + 1, end - start - 1);
  return Error(
      ErrorKind::kEndpoint, "InvalidHostLabel",
      fmt::format("Invalid host label to be bound to the hostname of the endpoint: \"{}\".",
                  label));
}

Result<void> EndpointPolicy::complete_params(const Operation&, const Config&, Value&) const {
  return {};
}

}  // namespace botocxx::client
