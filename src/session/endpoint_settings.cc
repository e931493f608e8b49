#include "session/endpoint_settings.h"

#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <initializer_list>

namespace botocxx::session {
namespace {

class Settings {
 public:
  Settings(const Environment& environment, const SharedConfig* shared, SettingOrigins& origins)
      : environment_(environment), shared_(shared), origins_(origins) {}

  // `name` is what botocore's Config calls the setting.
  std::optional<std::string> get(std::string_view variable, std::string_view option,
                                 std::string_view name) const {
    if (auto value = environment_.get(variable)) {
      origins_[std::string(name)] = variable;
      return value;
    }
    if (shared_ == nullptr) return std::nullopt;
    auto setting = shared_->get(option);
    if (!setting) return std::nullopt;
    origins_[std::string(name)] = fmt::format("{} in {}", option, setting->origin);
    return setting->value;
  }

  // Only "true", in any case, means true.
  void flag(std::string_view variable, std::string_view option, std::string_view name,
            std::optional<bool>& target) const {
    if (target) return;
    if (auto value = get(variable, option, name)) target = to_lower(*value) == "true";
  }

  Result<void> word(std::string_view variable, std::string_view option, std::string_view name,
                    std::initializer_list<std::string_view> words, std::string& target) const {
    if (!target.empty()) return {};
    auto value = get(variable, option, name);
    if (!value) return {};
    target = to_lower(*value);
    if (std::find(words.begin(), words.end(), target) != words.end()) return {};
    return Error(ErrorKind::kUsage, "InvalidConfig",
                 fmt::format("The configured value '{}' for '{}' is invalid. Valid values are: {}.",
                             *value, option, fmt::join(words, ", ")));
  }

 private:
  const Environment& environment_;
  const SharedConfig* shared_;
  SettingOrigins& origins_;
};

}  // namespace

Result<void> complete_endpoint_settings(Config& config, const Environment& environment,
                                        const SharedConfig* shared, SettingOrigins& origins) {
  Settings settings(environment, shared, origins);
  settings.flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint", "use_fips_endpoint",
                config.use_fips_endpoint);
  settings.flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint", "use_dualstack_endpoint",
                config.use_dualstack_endpoint);
  settings.flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls",
                "ignore_configured_endpoint_urls", config.ignore_configured_endpoint_urls);
  settings.flag("AWS_S3_USE_ARN_REGION", "s3_use_arn_region", "s3.use_arn_region",
                config.s3.use_arn_region);
  settings.flag("AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "s3_disable_express_session_auth",
                "s3.disable_s3_express_session_auth", config.s3.disable_express_session_auth);
  std::optional<bool> without_multiregion;
  settings.flag("AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS", "s3_disable_multiregion_access_points",
                "s3.s3_disable_multiregion_access_points", without_multiregion);
  if (without_multiregion.value_or(false)) config.s3.disable_multiregion_access_points = true;
  auto set = settings.word("AWS_ACCOUNT_ID_ENDPOINT_MODE", "account_id_endpoint_mode",
                           "account_id_endpoint_mode", {"preferred", "disabled", "required"},
                           config.account_id_endpoint_mode);
  if (!set) return set;
  set = settings.word("AWS_ENABLE_ENDPOINT_DISCOVERY", "endpoint_discovery_enabled",
                      "endpoint_discovery_enabled", {"true", "false", "auto"},
                      config.endpoint_discovery_enabled);
  if (!set) return set;
  set = settings.word("AWS_STS_REGIONAL_ENDPOINTS", "sts_regional_endpoints",
                      "sts_regional_endpoints", {"legacy", "regional"},
                      config.sts_regional_endpoints);
  if (!set) return set;
  return settings.word("AWS_S3_US_EAST_1_REGIONAL_ENDPOINT", "s3_us_east_1_regional_endpoint",
                       "s3.us_east_1_regional_endpoint", {"legacy", "regional"},
                       config.s3.us_east_1_regional_endpoint);
}

std::string configured_endpoint_url(const ServiceModel& model, const Config& config,
                                    const Environment& environment, SettingOrigins& origins) {
  if (config.ignore_configured_endpoint_urls.value_or(false)) return {};
  std::string name = model.hyphenized_service_id();
  for (char& c : name) {
    if (c == '-') c = '_';
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  for (const std::string& variable :
       {"AWS_ENDPOINT_URL_" + name, std::string("AWS_ENDPOINT_URL")}) {
    auto url = environment.get(variable);
    if (!url || url->empty()) continue;
    origins["endpoint_url"] = variable;
    return *std::move(url);
  }
  return {};
}

std::string without_fips(std::string region, Config& config, SettingOrigins& origins) {
  for (std::string_view mark : {"fips-", "-fips"}) {
    for (std::size_t at = region.find(mark); at != std::string::npos; at = region.find(mark)) {
      region.erase(at, mark.size());
      config.use_fips_endpoint = true;
      origins["use_fips_endpoint"] = "the region's name";
    }
  }
  return region;
}

}  // namespace botocxx::session
