#include "client/endpoint_explanation.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace botocxx::client {
namespace {

std::string flag(const std::optional<bool>& value) {
  return !value ? std::string() : *value ? "true" : "false";
}

// A setting by its name in botocore; without a value, the default counts.
struct Setting {
  std::string_view name;
  std::string (*value)(const EndpointQuery& query);
};

constexpr Setting kRegion{"region_name",
                          [](const EndpointQuery& query) { return std::string(query.region); }};
constexpr Setting kUrl{"endpoint_url",
                       [](const EndpointQuery& query) { return std::string(query.endpoint_url); }};
constexpr Setting kFips{"use_fips_endpoint", [](const EndpointQuery& query) {
                          return flag(query.config.use_fips_endpoint);
                        }};
constexpr Setting kDualStack{"use_dualstack_endpoint", [](const EndpointQuery& query) {
                               return flag(query.config.use_dualstack_endpoint);
                             }};
constexpr Setting kStoreDualStack{"s3.use_dualstack_endpoint", [](const EndpointQuery& query) {
                                    return flag(query.config.s3.use_dualstack_endpoint);
                                  }};
constexpr Setting kUnsigned{"signature_version", [](const EndpointQuery& query) {
                              return std::string(query.config.unsigned_requests ? "UNSIGNED" : "");
                            }};
constexpr Setting kCredentials{"credentials", [](const EndpointQuery& query) {
                                 return std::string(query.credentials == nullptr ? "" : "given");
                               }};
constexpr Setting kAccountMode{"account_id_endpoint_mode", [](const EndpointQuery& query) {
                                 return query.config.account_id_endpoint_mode;
                               }};
constexpr Setting kTokenRegions{"sts_regional_endpoints", [](const EndpointQuery& query) {
                                  return query.config.sts_regional_endpoints;
                                }};
constexpr Setting kFirstRegion{"s3.us_east_1_regional_endpoint", [](const EndpointQuery& query) {
                                 return query.config.s3.us_east_1_regional_endpoint;
                               }};
constexpr Setting kAccelerate{"s3.use_accelerate_endpoint", [](const EndpointQuery& query) {
                                return flag(query.config.s3.use_accelerate_endpoint);
                              }};
constexpr Setting kStyle{"s3.addressing_style", [](const EndpointQuery& query) {
                           return query.config.s3.addressing_style;
                         }};
constexpr Setting kArnRegion{"s3.use_arn_region", [](const EndpointQuery& query) {
                               return flag(query.config.s3.use_arn_region);
                             }};
constexpr Setting kNoMultiRegion{"s3.s3_disable_multiregion_access_points",
                                 [](const EndpointQuery& query) {
                                   return flag(query.config.s3.disable_multiregion_access_points);
                                 }};
constexpr Setting kNoExpressSessions{
    "s3.disable_s3_express_session_auth",
    [](const EndpointQuery& query) { return flag(query.config.s3.disable_express_session_auth); }};

struct BuiltIn {
  std::string_view name;
  std::vector<Setting> settings;
};

const std::vector<BuiltIn>& built_ins() {
  static const std::vector<BuiltIn> all{
      {"AWS::Region", {kRegion}},
      {"SDK::Endpoint", {kUrl}},
      {"AWS::UseFIPS", {kFips, kUrl}},
      {"AWS::UseDualStack", {kDualStack, kUrl}},
      {"AWS::Auth::AccountId", {kCredentials, kUnsigned}},
      {"AWS::Auth::AccountIdEndpointMode", {kAccountMode, kUnsigned}},
      {"AWS::STS::UseGlobalEndpoint", {kTokenRegions, kRegion}},
      {"AWS::S3::UseGlobalEndpoint", {kFirstRegion, kRegion}},
      {"AWS::S3::Accelerate", {kAccelerate}},
      {"AWS::S3::ForcePathStyle", {kStyle, kUrl, kAccelerate}},
      {"AWS::S3::UseArnRegion", {kArnRegion}},
      {"AWS::S3::DisableMultiRegionAccessPoints", {kNoMultiRegion}},
      {"AWS::S3::DisableS3ExpressSessionAuth", {kNoExpressSessions}},
      {"AWS::S3Control::UseArnRegion", {kArnRegion}}};
  return all;
}

std::string describe(const Setting& setting, const EndpointQuery& query) {
  std::string value = setting.value(query);
  if (value.empty()) return fmt::format("{} not set", setting.name);
  std::string text = fmt::format("{} = {}", setting.name, value);
  if (query.origins == nullptr) return text;
  auto origin = query.origins->find(setting.name);
  return origin == query.origins->end() ? text : fmt::format("{} ({})", text, origin->second);
}

}  // namespace

std::string explain_built_in(std::string_view name, const EndpointQuery& query) {
  const std::vector<BuiltIn>& all = built_ins();
  auto found = std::find_if(all.begin(), all.end(),
                            [&](const BuiltIn& built_in) { return built_in.name == name; });
  if (found == all.end()) return {};
  std::string text;
  auto add = [&](const Setting& setting) {
    text += (text.empty() ? "" : ", ") + describe(setting, query);
  };
  for (const Setting& setting : found->settings) add(setting);
  if (name == "AWS::UseDualStack" && query.config.s3.use_dualstack_endpoint) add(kStoreDualStack);
  return text;
}

}  // namespace botocxx::client
