#include "client/integrity_options.h"
#include "client/retries_option.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/client/config.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

// check_layers: allow-file service-name: one group of botocore's Config options is called "s3"
namespace botocxx::inline v1 {
namespace {

Error bad_option(std::string_view name, std::string_view reason) {
  return Error(ErrorKind::kUsage, "InvalidConfig",
               fmt::format("config option \"{}\": {}", name, reason));
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

Result<void> read_flag(std::string_view name, const Value& value, std::optional<bool>& target) {
  if (!value.is_bool()) return bad_option(name, "expected true or false");
  target = value.as_bool();
  return {};
}

Result<void> read_text(std::string_view name, const Value& value, std::string& target) {
  if (!value.is_string()) return bad_option(name, "expected a text");
  target = value.as_string();
  return {};
}

// A file, or one with the certificate and one with its key.
Result<void> read_certificate(std::string_view name, const Value& value, std::string& certificate,
                              std::string& key) {
  if (!value.is_list()) return read_text(name, value, certificate);
  if (value.items().size() != 2) return bad_option(name, "expected a file, or two in a list");
  auto read = read_text(name, value[0], certificate);
  return read ? read_text(name, value[1], key) : read;
}

// --- one reader an option, or one for several of a type --------------------------------------

using Reader = Result<void> (*)(std::string_view name, const Value& value, Config& config);

template <std::string Config::*kField>
Result<void> text(std::string_view name, const Value& value, Config& config) {
  return read_text(name, value, config.*kField);
}

template <std::optional<bool> Config::*kField>
Result<void> flag(std::string_view name, const Value& value, Config& config) {
  return read_flag(name, value, config.*kField);
}

template <std::optional<bool> Config::S3::*kField>
Result<void> s3_flag(std::string_view name, const Value& value, Config& config) {
  return read_flag(fmt::format("s3.{}", name), value, config.s3.*kField);
}

template <std::optional<std::chrono::milliseconds> Config::*kField>
Result<void> seconds(std::string_view name, const Value& value, Config& config) {
  auto number = value.get_if_double();
  if (!number || !(*number > 0) || *number > 1e9) {
    return bad_option(name, "expected a positive number of seconds");
  }
  config.*kField = std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil(*number * 1000)));
  return {};
}

Result<void> pool_connections(std::string_view name, const Value& value, Config& config) {
  auto count = value.get_if_int();
  if (!count || *count < 1) return bad_option(name, "expected a positive integer");
  config.max_pool_connections = static_cast<std::size_t>(*count);
  return {};
}

Result<void> account_mode(std::string_view name, const Value& value, Config& config) {
  return read_word(name, value, {"preferred", "disabled", "required"},
                   config.account_id_endpoint_mode);
}

Result<void> discovery(std::string_view name, const Value& value, Config& config) {
  if (value.is_bool()) {
    config.endpoint_discovery_enabled = value.as_bool() ? "true" : "false";
    return {};
  }
  return read_word(name, value, {"true", "false", "auto"}, config.endpoint_discovery_enabled);
}

Result<void> mode_of_defaults(std::string_view name, const Value& value, Config& config) {
  return read_word(name, value,
                   {"legacy", "standard", "in-region", "cross-region", "mobile", "auto"},
                   config.defaults_mode);
}

Result<void> client_certificate(std::string_view name, const Value& value, Config& config) {
  return read_certificate(name, value, config.client_cert, config.client_key);
}

Result<void> context_params(std::string_view name, const Value& value, Config& config) {
  if (!value.is_object()) return bad_option(name, "expected an object");
  config.client_context_params = value;
  return {};
}

Result<void> proxies(std::string_view name, const Value& value, Config& config) {
  if (!value.is_object()) return bad_option(name, "expected an object of schemes and URLs");
  Config::Proxies& urls = config.proxies.emplace();
  for (const Value::Member& proxy : value.members()) {
    auto read = read_text(fmt::format("{}.{}", name, proxy.key.view()), proxy.value,
                          urls[std::string(proxy.key.view())]);
    if (!read) return read;
  }
  return {};
}

Result<void> integrity(std::string_view name, const Value& value, Config& config) {
  return client::read_integrity_option(name, value, config);
}

Result<void> retries(std::string_view, const Value& value, Config& config) {
  return client::read_retries(value, config.retries);
}

Result<void> nothing(std::string_view, const Value&, Config&) { return {}; }

Result<void> s3_style(std::string_view, const Value& value, Config& config) {
  return read_word("s3.addressing_style", value, {"auto", "virtual", "path"},
                   config.s3.addressing_style);
}

Result<void> s3_global(std::string_view, const Value& value, Config& config) {
  return read_word("s3.us_east_1_regional_endpoint", value, {"legacy", "regional"},
                   config.s3.us_east_1_regional_endpoint);
}

Result<void> proxy_ca(std::string_view name, const Value& value, Config& config) {
  return read_text(name, value, config.proxies_config.ca_bundle);
}

Result<void> proxy_certificate(std::string_view name, const Value& value, Config& config) {
  return read_certificate(name, value, config.proxies_config.client_cert,
                          config.proxies_config.client_key);
}

Result<void> proxy_forwarding(std::string_view name, const Value& value, Config& config) {
  return read_flag(name, value, config.proxies_config.use_forwarding_for_https);
}

// --- the options ------------------------------------------------------------------------------

struct Option {
  std::string_view name;
  Reader read;
  bool acts = true;  ///< otherwise the name goes into `without_effect`
};

Result<void> s3_group(std::string_view name, const Value& value, Config& config);
Result<void> proxies_group(std::string_view name, const Value& value, Config& config);

// In botocore's order.
constexpr std::array kOptions{
    Option{"region_name", text<&Config::region_name>},
    Option{"signature_version", text<&Config::signature_version>},
    Option{"user_agent", text<&Config::user_agent>},
    Option{"user_agent_extra", text<&Config::user_agent_extra>},
    Option{"user_agent_appid", text<&Config::user_agent_appid>},
    Option{"connect_timeout", seconds<&Config::connect_timeout>},
    Option{"read_timeout", seconds<&Config::read_timeout>},
    Option{"parameter_validation", flag<&Config::parameter_validation>},
    Option{"max_pool_connections", pool_connections},
    Option{"proxies", proxies},
    Option{"proxies_config", proxies_group},
    Option{"s3", s3_group},
    Option{"s3_disable_express_session_auth", nothing, false},  // nor has it in botocore
    Option{"retries", retries},
    Option{"client_cert", client_certificate},
    Option{"inject_host_prefix", flag<&Config::inject_host_prefix>},
    Option{"endpoint_discovery_enabled", discovery},
    Option{"use_dualstack_endpoint", flag<&Config::use_dualstack_endpoint>},
    Option{"use_fips_endpoint", flag<&Config::use_fips_endpoint>},
    Option{"ignore_configured_endpoint_urls", flag<&Config::ignore_configured_endpoint_urls>},
    Option{"defaults_mode", mode_of_defaults},
    Option{"tcp_keepalive", flag<&Config::tcp_keepalive>},
    Option{"request_min_compression_size_bytes", integrity},
    Option{"disable_request_compression", integrity},
    Option{"client_context_params", context_params},
    Option{"sigv4a_signing_region_set", text<&Config::sigv4a_signing_region_set>},
    Option{"request_checksum_calculation", integrity},
    Option{"response_checksum_validation", integrity},
    Option{"account_id_endpoint_mode", account_mode},
    Option{"auth_scheme_preference", text<&Config::auth_scheme_preference>}};

constexpr std::array kS3Options{
    Option{"addressing_style", s3_style},
    Option{"payload_signing_enabled", s3_flag<&Config::S3::payload_signing_enabled>},
    Option{"use_accelerate_endpoint", s3_flag<&Config::S3::use_accelerate_endpoint>},
    Option{"use_dualstack_endpoint", s3_flag<&Config::S3::use_dualstack_endpoint>},
    Option{"use_arn_region", s3_flag<&Config::S3::use_arn_region>},
    Option{"us_east_1_regional_endpoint", s3_global},
    Option{"s3_disable_multiregion_access_points",
           s3_flag<&Config::S3::disable_multiregion_access_points>},
    Option{"disable_s3_express_session_auth", s3_flag<&Config::S3::disable_express_session_auth>}};

constexpr std::array kProxiesOptions{
    Option{"proxy_ca_bundle", proxy_ca}, Option{"proxy_client_cert", proxy_certificate},
    Option{"proxy_use_forwarding_for_https", proxy_forwarding, false}};

Error unknown_option(std::string_view name) {
  std::vector<std::string> candidates = Config::option_names();
  for (const Option& option : kS3Options) candidates.emplace_back(option.name);
  for (const Option& option : kProxiesOptions) candidates.emplace_back(option.name);
  Error error = bad_option(name, "there is no such option");
  if (auto near = nearest_name(name, candidates)) {
    return std::move(error).with_hint(fmt::format("did you mean \"{}\"?", *near));
  }
  return error;
}

template <typename Options>
Result<void> read_options(const Options& known, std::string_view prefix, const Value& options,
                          Config& config) {
  for (const Value::Member& member : options.members()) {
    if (member.value.is_null()) continue;
    auto found = std::find_if(known.begin(), known.end(), [&](const Option& option) {
      return option.name == member.key.view();
    });
    if (found == known.end()) return unknown_option(member.key);
    if (auto read = found->read(member.key, member.value, config); !read) return read;
    if (!found->acts) config.without_effect.push_back(fmt::format("{}{}", prefix, found->name));
  }
  return {};
}

Result<void> s3_group(std::string_view name, const Value& value, Config& config) {
  if (!value.is_object()) return bad_option(name, "expected an object");
  return read_options(kS3Options, "s3.", value, config);
}

Result<void> proxies_group(std::string_view name, const Value& value, Config& config) {
  if (!value.is_object()) return bad_option(name, "expected an object");
  return read_options(kProxiesOptions, "proxies_config.", value, config);
}

// Whatever `other` sets.
void take(std::string& target, const std::string& other) {
  if (!other.empty()) target = other;
}
template <typename T>
void take(std::optional<T>& target, const std::optional<T>& other) {
  if (other) target = other;
}

void merge_connection(Config& merged, const Config& other) {
  take(merged.connect_timeout, other.connect_timeout);
  take(merged.read_timeout, other.read_timeout);
  take(merged.max_pool_connections, other.max_pool_connections);
  take(merged.proxies, other.proxies);
  if (other.proxies_config != Config::ProxiesConfig()) merged.proxies_config = other.proxies_config;
  if (!other.client_cert.empty()) {
    merged.client_cert = other.client_cert;
    merged.client_key = other.client_key;
  }
  take(merged.tcp_keepalive, other.tcp_keepalive);
  take(merged.user_agent, other.user_agent);
  take(merged.user_agent_extra, other.user_agent_extra);
  take(merged.user_agent_appid, other.user_agent_appid);
}

void merge_endpoints(Config& merged, const Config& other) {
  take(merged.region_name, other.region_name);
  take(merged.use_fips_endpoint, other.use_fips_endpoint);
  take(merged.use_dualstack_endpoint, other.use_dualstack_endpoint);
  take(merged.ignore_configured_endpoint_urls, other.ignore_configured_endpoint_urls);
  take(merged.account_id_endpoint_mode, other.account_id_endpoint_mode);
  take(merged.sts_regional_endpoints, other.sts_regional_endpoints);
  take(merged.inject_host_prefix, other.inject_host_prefix);
  take(merged.endpoint_discovery_enabled, other.endpoint_discovery_enabled);
  if (!other.client_context_params.empty()) {
    merged.client_context_params = other.client_context_params;
  }
  if (other.s3 != Config::S3()) merged.s3 = other.s3;
}

void merge_requests(Config& merged, const Config& other) {
  take(merged.signature_version, other.signature_version);
  if (other.unsigned_requests) merged.unsigned_requests = true;
  take(merged.auth_scheme_preference, other.auth_scheme_preference);
  take(merged.sigv4a_signing_region_set, other.sigv4a_signing_region_set);
  take(merged.parameter_validation, other.parameter_validation);
  if (other.retries != Config::Retries()) merged.retries = other.retries;
  take(merged.defaults_mode, other.defaults_mode);
  take(merged.request_checksum_calculation, other.request_checksum_calculation);
  take(merged.response_checksum_validation, other.response_checksum_validation);
  take(merged.request_min_compression_size_bytes, other.request_min_compression_size_bytes);
  take(merged.disable_request_compression, other.disable_request_compression);
}

}  // namespace

Result<Config> Config::from_value(const Value& options) {
  if (!options.is_object() && !options.is_null()) return bad_option("config", "expected an object");
  Config config;
  if (auto read = read_options(kOptions, "", options, config); !read) {
    return std::move(read).error();
  }
  return config;
}

std::vector<std::string> Config::option_names() {
  std::vector<std::string> names;
  for (const Option& option : kOptions) names.emplace_back(option.name);
  return names;
}

Config Config::merge(const Config& other) const {
  Config merged = *this;
  merge_connection(merged, other);
  merge_endpoints(merged, other);
  merge_requests(merged, other);
  for (const std::string& name : other.without_effect) {
    bool known = std::find(merged.without_effect.begin(), merged.without_effect.end(), name) !=
                 merged.without_effect.end();
    if (!known) merged.without_effect.push_back(name);
  }
  return merged;
}

}  // namespace botocxx::inline v1
