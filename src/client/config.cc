#include "client/retries_option.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/client/config.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace botocxx::inline v1 {
namespace {

// botocore's names that need no action in this version, or whose default is what happens anyway.
constexpr std::array<std::string_view, 9> kKnownNames{"client_cert",
                                                      "defaults_mode",
                                                      "disable_request_compression",
                                                      "proxies",
                                                      "proxies_config",
                                                      "request_checksum_calculation",
                                                      "request_min_compression_size_bytes",
                                                      "response_checksum_validation",
                                                      "tcp_keepalive"};
// check_layers: allow-file service-name: one group of botocore's Config options is called "s3"
constexpr std::array<std::string_view, 20> kNames{"region_name",
                                                  "signature_version",
                                                  "auth_scheme_preference",
                                                  "sigv4a_signing_region_set",
                                                  "user_agent",
                                                  "user_agent_appid",
                                                  "user_agent_extra",
                                                  "connect_timeout",
                                                  "read_timeout",
                                                  "max_pool_connections",
                                                  "parameter_validation",
                                                  "inject_host_prefix",
                                                  "use_fips_endpoint",
                                                  "use_dualstack_endpoint",
                                                  "ignore_configured_endpoint_urls",
                                                  "account_id_endpoint_mode",
                                                  "client_context_params",
                                                  "endpoint_discovery_enabled",
                                                  "retries",
                                                  "s3"};
// Of the group.
constexpr std::array<std::string_view, 8> kS3Names{"addressing_style",
                                                   "payload_signing_enabled",
                                                   "use_accelerate_endpoint",
                                                   "use_dualstack_endpoint",
                                                   "use_arn_region",
                                                   "us_east_1_regional_endpoint",
                                                   "s3_disable_multiregion_access_points",
                                                   "disable_s3_express_session_auth"};

Error bad_option(std::string_view name, std::string_view reason) {
  return Error(ErrorKind::kUsage, "InvalidConfig",
               fmt::format("config option \"{}\": {}", name, reason));
}

Error unknown_option(std::string_view name) {
  std::vector<std::string> candidates(kNames.begin(), kNames.end());
  candidates.insert(candidates.end(), kKnownNames.begin(), kKnownNames.end());
  candidates.insert(candidates.end(), kS3Names.begin(), kS3Names.end());
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

Result<void> read_flag(std::string_view name, const Value& value, bool& target) {
  if (!value.is_bool()) return bad_option(name, "expected true or false");
  target = value.as_bool();
  return {};
}

Result<void> read_flag(std::string_view name, const Value& value, std::optional<bool>& target) {
  return read_flag(name, value, target.emplace());
}

// One of the words, which are lower-case.
Result<void> read_word(std::string_view name, const Value& value,
                       std::initializer_list<std::string_view> words, std::string& target) {
  std::string word = to_lower(value.get_if_string().value_or(""));
  if (std::find(words.begin(), words.end(), word) == words.end()) {
    return bad_option(name, fmt::format("expected {}", fmt::join(words, " or ")));
  }
  target = word;
  return {};
}

Result<void> read_s3_option(std::string_view name, const Value& value, Config::S3& s3) {
  std::string full_name = fmt::format("s3.{}", name);
  if (name == "addressing_style") {
    return read_word(full_name, value, {"auto", "virtual", "path"}, s3.addressing_style);
  }
  if (name == "us_east_1_regional_endpoint") {
    return read_word(full_name, value, {"legacy", "regional"}, s3.us_east_1_regional_endpoint);
  }
  if (name == "payload_signing_enabled") {
    return read_flag(full_name, value, s3.payload_signing_enabled);
  }
  if (name == "use_accelerate_endpoint") {
    return read_flag(full_name, value, s3.use_accelerate_endpoint);
  }
  if (name == "use_dualstack_endpoint") {
    return read_flag(full_name, value, s3.use_dualstack_endpoint);
  }
  if (name == "use_arn_region") return read_flag(full_name, value, s3.use_arn_region);
  if (name == "s3_disable_multiregion_access_points") {
    return read_flag(full_name, value, s3.disable_multiregion_access_points);
  }
  if (name == "disable_s3_express_session_auth") {
    return read_flag(full_name, value, s3.disable_express_session_auth);
  }
  return unknown_option(name);
}

Result<void> read_s3(const Value& options, Config& config) {
  if (!options.is_object() && !options.is_null()) return bad_option("s3", "expected an object");
  for (const Value::Member& option : options.members()) {
    if (is_known(option.key)) {
      config.without_effect.push_back(fmt::format("s3.{}", option.key.view()));
    } else if (!option.value.is_null()) {
      auto read = read_s3_option(option.key, option.value, config.s3);
      if (!read) return read;
    }
  }
  return {};
}

Result<void> read_count(std::string_view name, const Value& value, std::size_t& target) {
  auto count = value.get_if_int();
  if (!count || *count < 1) return bad_option(name, "expected a positive integer");
  target = static_cast<std::size_t>(*count);
  return {};
}

Result<void> read_endpoint_option(std::string_view name, const Value& value, Config& config) {
  if (name == "use_fips_endpoint") return read_flag(name, value, config.use_fips_endpoint);
  if (name == "use_dualstack_endpoint") {
    return read_flag(name, value, config.use_dualstack_endpoint);
  }
  if (name == "ignore_configured_endpoint_urls") {
    return read_flag(name, value, config.ignore_configured_endpoint_urls);
  }
  if (name == "endpoint_discovery_enabled") {
    if (auto on = value.get_if_bool()) {
      config.endpoint_discovery_enabled = *on ? "true" : "false";
      return {};
    }
    return read_word(name, value, {"true", "false", "auto"}, config.endpoint_discovery_enabled);
  }
  if (name == "account_id_endpoint_mode") {
    return read_word(name, value, {"preferred", "disabled", "required"},
                     config.account_id_endpoint_mode);
  }
  if (name == "s3_disable_express_session_auth") {  // has no effect in botocore either
    config.without_effect.emplace_back(name);
    return {};
  }
  if (name != "client_context_params") return unknown_option(name);
  if (!value.is_object()) return bad_option(name, "expected an object");
  config.client_context_params = value;
  return {};
}

Result<void> read_option(std::string_view name, const Value& value, Config& config) {
  auto text = [&](std::string& target) -> Result<void> {
    if (!value.is_string()) return bad_option(name, "expected a text");
    target = value.as_string();
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
  if (name == "auth_scheme_preference") return text(config.auth_scheme_preference);
  if (name == "sigv4a_signing_region_set") return text(config.sigv4a_signing_region_set);
  if (name == "user_agent") return text(config.user_agent);
  if (name == "user_agent_appid") return text(config.user_agent_appid);
  if (name == "user_agent_extra") return text(config.user_agent_extra);
  if (name == "parameter_validation") return read_flag(name, value, config.parameter_validation);
  if (name == "inject_host_prefix") return read_flag(name, value, config.inject_host_prefix);
  if (name == "connect_timeout") return seconds(config.connect_timeout);
  if (name == "read_timeout") return seconds(config.read_timeout);
  if (name == "s3") return read_s3(value, config);
  if (name == "retries") return client::read_retries(value, config.retries);
  if (name == "max_pool_connections") return read_count(name, value, config.max_pool_connections);
  if (!is_known(name)) return read_endpoint_option(name, value, config);
  config.without_effect.emplace_back(name);
  return {};
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
