#include <botocxx/base/text_encoding.h>
#include <botocxx/client/config.h>

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace botocxx::inline v1 {
namespace {

// botocore's names that need no action in this version, or whose default is what happens anyway.
constexpr std::array<std::string_view, 26> kKnownNames{"auth_scheme_preference",
                                                       "account_id_endpoint_mode",
                                                       "client_cert",
                                                       "client_context_params",
                                                       "defaults_mode",
                                                       "disable_request_compression",
                                                       "endpoint_discovery_enabled",
                                                       "ignore_configured_endpoint_urls",
                                                       "proxies",
                                                       "proxies_config",
                                                       "request_checksum_calculation",
                                                       "request_min_compression_size_bytes",
                                                       "response_checksum_validation",
                                                       "retries",
                                                       "sigv4a_signing_region_set",
                                                       "tcp_keepalive",
                                                       "use_dualstack_endpoint",
                                                       "use_fips_endpoint",
                                                       "user_agent",
                                                       "user_agent_appid",
                                                       "accelerate",
                                                       "us_east_1_regional_endpoint",
                                                       "use_accelerate_endpoint",
                                                       "use_arn_region",
                                                       "disable_s3_express_session_auth",
                                                       "s3_disable_express_session_auth"};
// check_layers: allow-file service-name: one group of botocore's Config options is called "s3"
constexpr std::array<std::string_view, 9> kNames{
    "region_name",          "signature_version",  "user_agent_extra",
    "connect_timeout",      "read_timeout",       "max_pool_connections",
    "parameter_validation", "inject_host_prefix", "s3"};

Error bad_option(std::string_view name, std::string_view reason) {
  return Error(ErrorKind::kUsage, "InvalidConfig",
               fmt::format("config option \"{}\": {}", name, reason));
}

Error unknown_option(std::string_view name) {
  std::vector<std::string> candidates(kNames.begin(), kNames.end());
  candidates.insert(candidates.end(), kKnownNames.begin(), kKnownNames.end());
  Error error = bad_option(name, "there is no such option");
  if (auto near = nearest_name(name, candidates)) {
    return std::move(error).with_hint(fmt::format("did you mean \"{}\"?", *near));
  }
  return error;
}

bool is_known(std::string_view name) {
  for (std::string_view known : kKnownNames) {
    if (known == name) return true;
  }
  return false;
}

Result<std::chrono::milliseconds> seconds_option(std::string_view name, const Value& value) {
  auto seconds = value.get_if_double();
  if (!seconds || !(*seconds > 0) || *seconds > 1e9) {
    return bad_option(name, "expected a positive number of seconds");
  }
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil(*seconds * 1000)));
}

Result<void> read_s3(const Value& options, Config::S3& s3,
                     std::vector<std::string>& without_effect) {
  if (!options.is_object() && !options.is_null()) return bad_option("s3", "expected an object");
  for (const Value::Member& option : options.members()) {
    std::string_view name = option.key;
    if (name == "addressing_style") {
      auto style = option.value.get_if_string();
      bool valid = style && (*style == "auto" || *style == "virtual" || *style == "path");
      if (!valid) return bad_option("s3.addressing_style", "expected auto, virtual or path");
      s3.addressing_style = *style;
    } else if (name == "payload_signing_enabled") {
      auto enabled = option.value.get_if_bool();
      if (!enabled) return bad_option("s3.payload_signing_enabled", "expected true or false");
      s3.payload_signing_enabled = enabled;
    } else if (is_known(name)) {
      without_effect.push_back(fmt::format("s3.{}", name));
    } else {
      return unknown_option(name);
    }
  }
  return {};
}

Result<void> read_option(std::string_view name, const Value& value, Config& config) {
  auto text = [&](std::string& target) -> Result<void> {
    if (!value.is_string()) return bad_option(name, "expected a text");
    target = value.as_string();
    return {};
  };
  auto flag = [&](bool& target) -> Result<void> {
    if (!value.is_bool()) return bad_option(name, "expected true or false");
    target = value.as_bool();
    return {};
  };
  auto seconds = [&](std::chrono::milliseconds& target) -> Result<void> {
    auto read = seconds_option(name, value);
    if (!read) return std::move(read).error();
    target = *read;
    return {};
  };
  if (name == "region_name") return text(config.region_name);
  if (name == "signature_version") return text(config.signature_version);
  if (name == "user_agent_extra") return text(config.user_agent_extra);
  if (name == "parameter_validation") return flag(config.parameter_validation);
  if (name == "inject_host_prefix") return flag(config.inject_host_prefix);
  if (name == "connect_timeout") return seconds(config.connect_timeout);
  if (name == "read_timeout") return seconds(config.read_timeout);
  if (name == "s3") return read_s3(value, config.s3, config.without_effect);
  if (name == "max_pool_connections") {
    auto count = value.get_if_int();
    if (!count || *count < 1) return bad_option(name, "expected a positive integer");
    config.max_pool_connections = static_cast<std::size_t>(*count);
    return {};
  }
  if (is_known(name)) {
    config.without_effect.emplace_back(name);
    return {};
  }
  return unknown_option(name);
}

}  // namespace

Result<Config> Config::from_value(const Value& options) {
  if (!options.is_object() && !options.is_null()) return bad_option("config", "expected an object");
  Config config;
  for (const Value::Member& option : options.members()) {
    if (option.value.is_null()) continue;
    if (auto read = read_option(option.key, option.value, config); !read) {
      return std::move(read).error();
    }
  }
  return config;
}

}  // namespace botocxx::inline v1
