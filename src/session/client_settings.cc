#include "session/client_settings.h"

#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <climits>
#include <cmath>
#include <cstdlib>
#include <initializer_list>

// check_layers: allow-file service-name: settings that are called after services
namespace botocxx::session {
namespace {

constexpr std::int64_t kLargestThreshold = 1048576;

enum class Case { kAsWritten, kAny };

class Completion {
 public:
  Completion(const Settings& settings, SettingOrigins& origins)
      : settings_(settings), origins_(origins) {}

  void text(std::string_view name, std::string& target) const {
    if (!target.empty()) return;
    target = settings_.text(name).value_or("");
    record(name, name);
  }

  void flag(std::string_view name, std::optional<bool>& target) const {
    if (target) return;
    target = settings_.flag(name);
    record(name, name);
  }

  /// A word that is neither empty nor one of `words` is botocore's error of that code.
  Result<void> word(std::string_view name, std::initializer_list<std::string_view> words,
                    std::string_view code, Case letters, std::string& target) const {
    if (!target.empty()) return {};
    auto value = settings_.text(name);
    if (!value) return {};
    std::string candidate = letters == Case::kAny ? to_lower(*value) : *value;
    if (std::find(words.begin(), words.end(), candidate) == words.end()) {
      return invalid(name, *value, fmt::format("{}", fmt::join(words, ", ")), code);
    }
    target = std::move(candidate);
    record(name, name);
    return {};
  }

  /// `option` is what botocore's Config calls the setting.
  void record(std::string_view name, std::string_view option) const {
    const Setting& setting = *settings_.find(name);
    if (setting.is_configured()) origins_[std::string(option)] = origin_text(setting);
  }

  Error invalid(std::string_view name, std::string_view value, std::string_view valid,
                std::string_view code = "InvalidConfig") const {
    Error error(ErrorKind::kCredentials, std::string(code),
                fmt::format("The configured value '{}' for '{}' is invalid. Valid values are: {}.",
                            value, name, valid));
    return std::move(error)
        .with_context("setting", settings_.find(name)->candidates.front().origin)
        .with_hint("it comes from " + settings_.find(name)->candidates.front().origin);
  }

 private:
  const Settings& settings_;
  SettingOrigins& origins_;
};

// In botocore's order, so that of several wrong values the same one is named.
Result<void> complete_endpoints(Config& config, const Completion& settings) {
  settings.flag("use_fips_endpoint", config.use_fips_endpoint);
  settings.flag("use_dualstack_endpoint", config.use_dualstack_endpoint);
  settings.flag("ignore_configured_endpoint_urls", config.ignore_configured_endpoint_urls);
  std::optional<bool> without_prefix;
  settings.flag("disable_host_prefix_injection", without_prefix);
  if (!config.inject_host_prefix && without_prefix) config.inject_host_prefix = !*without_prefix;
  auto set = settings.word("endpoint_discovery_enabled", {"true", "false", "auto"}, "InvalidConfig",
                           Case::kAny, config.endpoint_discovery_enabled);
  if (!set) return set;
  if (config.unsigned_requests) config.account_id_endpoint_mode = "disabled";
  return settings.word("account_id_endpoint_mode", {"preferred", "disabled", "required"},
                       "InvalidConfig", Case::kAny, config.account_id_endpoint_mode);
}

Result<void> complete_express_sessions(Config::S3& s3, const Completion& settings,
                                       const Settings& all) {
  if (s3.disable_express_session_auth) return {};
  auto value = all.text("s3_disable_express_session_auth");
  if (!value) return {};
  bool is_flag = equals_ignore_case(*value, "true") || equals_ignore_case(*value, "false");
  if (!is_flag) {
    return settings.invalid("s3_disable_express_session_auth", *value, "true, false");
  }
  s3.disable_express_session_auth = equals_ignore_case(*value, "true");
  settings.record("s3_disable_express_session_auth", "s3.disable_s3_express_session_auth");
  return {};
}

Result<void> complete_global_hosts(Config& config, const Completion& settings) {
  Config::S3& s3 = config.s3;
  settings.flag("s3.use_accelerate_endpoint", s3.use_accelerate_endpoint);
  settings.flag("s3.use_dualstack_endpoint", s3.use_dualstack_endpoint);
  settings.flag("s3.payload_signing_enabled", s3.payload_signing_enabled);
  settings.flag("s3.use_arn_region", s3.use_arn_region);
  settings.flag("s3.s3_disable_multiregion_access_points", s3.disable_multiregion_access_points);
  auto set = settings.word("s3.addressing_style", {"auto", "virtual", "path"},
                           "InvalidS3AddressingStyle", Case::kAsWritten, s3.addressing_style);
  if (!set) return set;
  set = settings.word("sts_regional_endpoints", {"regional", "legacy"},
                      "InvalidSTSRegionalEndpointsConfig", Case::kAsWritten,
                      config.sts_regional_endpoints);
  if (!set) return set;
  return settings.word("s3.us_east_1_regional_endpoint", {"legacy", "regional"},
                       "InvalidS3UsEast1RegionalEndpointConfig", Case::kAsWritten,
                       s3.us_east_1_regional_endpoint);
}

Result<void> complete_bodies(Config& config, const Completion& settings, const Settings& all) {
  settings.flag("disable_request_compression", config.disable_request_compression);
  if (!config.request_min_compression_size_bytes) {
    auto size = all.integer("request_min_compression_size_bytes");
    if (!size) return std::move(size).error();
    if (*size && (**size < 1 || **size > kLargestThreshold)) {
      return settings.invalid("request_min_compression_size_bytes", fmt::format("{}", **size),
                              "integers between 1 and 1048576");
    }
    if (*size) config.request_min_compression_size_bytes = static_cast<std::uint64_t>(**size);
  }
  auto set =
      settings.word("request_checksum_calculation", {"when_supported", "when_required"},
                    "InvalidChecksumConfig", Case::kAny, config.request_checksum_calculation);
  if (!set) return set;
  return settings.word("response_checksum_validation", {"when_supported", "when_required"},
                       "InvalidChecksumConfig", Case::kAny, config.response_checksum_validation);
}

// What is wrong with them, and what holds when nobody set them, is known where calls are retried.
void complete_retries(Config::Retries& retries, const Settings& settings) {
  const Setting& mode = *settings.find("retry_mode");
  bool is_set = mode.is_set() && mode.candidates.front().layer < SettingLayer::kDefault;
  if (retries.mode.empty() && is_set) retries.mode = mode.candidates.front().text;
  auto attempts = settings.integer("max_attempts");
  bool good = attempts && *attempts && **attempts >= 1 && **attempts <= INT_MAX;
  if (!retries.total_max_attempts && good) {
    retries.total_max_attempts = static_cast<int>(**attempts);
  }
}

void complete_connection(Config& config, const Completion& settings, const Settings& all) {
  settings.flag("tcp_keepalive", config.tcp_keepalive);
  settings.text("user_agent_appid", config.user_agent_appid);
  settings.text("proxies_config.proxy_ca_bundle", config.proxies_config.ca_bundle);
  settings.text("proxies_config.proxy_client_cert", config.proxies_config.client_cert);
  settings.flag("proxies_config.proxy_use_forwarding_for_https",
                config.proxies_config.use_forwarding_for_https);
  if (config.connect_timeout) return;
  // Of a defaults mode, or the table's.
  double seconds = std::strtod(all.text("connect_timeout").value_or("").c_str(), nullptr);
  if (seconds > 0) {
    config.connect_timeout =
        std::chrono::milliseconds(static_cast<std::int64_t>(std::llround(seconds * 1000)));
  }
}

}  // namespace

std::string origin_text(const Setting& setting) {
  if (!setting.is_configured()) return {};
  const Setting::Candidate& best = setting.candidates.front();
  if (best.layer == SettingLayer::kSession) return "the session's";
  if (best.layer != SettingLayer::kProfile) return best.origin;
  return fmt::format("{} in {}", setting.spec->name, best.origin);
}

Result<void> complete_config(Config& config, const Settings& settings, SettingOrigins& origins) {
  Completion completion(settings, origins);
  completion.flag("parameter_validation", config.parameter_validation);
  completion.text("sigv4a_signing_region_set", config.sigv4a_signing_region_set);
  complete_retries(config.retries, settings);
  complete_connection(config, completion, settings);
  auto done = complete_bodies(config, completion, settings);
  if (done) done = complete_endpoints(config, completion);
  if (done) done = complete_express_sessions(config.s3, completion, settings);
  return done ? complete_global_hosts(config, completion) : done;
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
