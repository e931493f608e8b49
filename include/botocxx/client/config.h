#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/value/value.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::inline v1 {

/// A client's settings under botocore's names (`botocore.config.Config`). A plain value.
struct BOTOCXX_EXPORT Config {
  struct S3 {
    std::string addressing_style{};                 ///< "auto", "virtual" or "path"; empty: "auto"
    std::optional<bool> use_accelerate_endpoint{};  ///< unset: no
    std::optional<bool> use_dualstack_endpoint{};   ///< before the option of that name outside
    /// Whether the region of an ARN in a bucket's place is called instead of the client's; unset:
    /// yes for buckets, no for the control service.
    std::optional<bool> use_arn_region{};
    /// "legacy": us-east-1, and no region, mean the global host; "regional"; empty: "legacy".
    std::string us_east_1_regional_endpoint{};
    std::optional<bool> disable_multiregion_access_points{};  ///< unset: no
    std::optional<bool> disable_express_session_auth{};
    /// Whether bodies are hashed for the signature; unset: yes, except streams that cannot be read
    /// twice, over https.
    std::optional<bool> payload_signing_enabled{};

    bool operator==(const S3&) const = default;
  };
  /// How a proxy is spoken to.
  struct ProxiesConfig {
    std::string ca_bundle{};    ///< file of certificates to trust it by; empty: the usual
    std::string client_cert{};  ///< PEM file that shows it who calls; empty: none
    std::string client_key{};   ///< PEM file; empty: it is in `client_cert`
    /// Whether https goes through it without a tunnel; not supported.
    std::optional<bool> use_forwarding_for_https{};

    bool operator==(const ProxiesConfig&) const = default;
  };
  using Proxies = std::map<std::string, std::string, std::less<>>;

  static constexpr std::chrono::milliseconds kDefaultTimeout{60'000};
  static constexpr std::size_t kDefaultPoolConnections = 10;

  /// When a call is tried again (docs/retries.md).
  struct Retries {
    /// "legacy", "standard" or "adaptive"; empty: AWS_RETRY_MODE, the profile's `retry_mode`, else
    /// "legacy".
    std::string mode{};
    /// Attempts of a call at most, the first included; unset: AWS_MAX_ATTEMPTS, the profile's
    /// `max_attempts`, else what mode and service have.
    std::optional<int> total_max_attempts{};
    /// Whether a `Retry-After` header can make the next attempt wait longer.
    bool retry_after = true;
    /// Whether a call that is refused because of this machine's clock is signed once more with the
    /// server's.
    bool clock_skew_correction = true;

    bool operator==(const Retries&) const = default;
  };

  std::string region_name{};
  /// What signs ("v4", "s3v4", "s3", "v2", "bearer", …), whatever a service asks for; empty: the
  /// service's own. A version that does not exist is an error of each call.
  std::string signature_version{};
  bool unsigned_requests = false;  ///< botocore's `signature_version=UNSIGNED`
  /// Names of schemes, comma-separated, best first ("sigv4a, sigv4"): which of those that a service
  /// offers is taken. Empty: its own order.
  std::string auth_scheme_preference{};
  /// The regions that a signature of Version 4a is valid in, comma-separated; empty: the
  /// endpoint's.
  std::string sigv4a_signing_region_set{};
  std::string user_agent{};        ///< the whole User-Agent header, but for `user_agent_extra`
  std::string user_agent_extra{};  ///< appended to the User-Agent header
  /// Name of the program in the User-Agent header; empty: the session's setting.
  std::string user_agent_appid{};
  /// Unset: what the defaults mode has for it, else `kDefaultTimeout`.
  std::optional<std::chrono::milliseconds> connect_timeout{};
  std::optional<std::chrono::milliseconds> read_timeout{};  ///< unset: `kDefaultTimeout`
  std::optional<std::size_t> max_pool_connections{};        ///< unset: `kDefaultPoolConnections`
  /// URL of the proxy for a URL's scheme; unset: what the environment says.
  std::optional<Proxies> proxies{};
  ProxiesConfig proxies_config{};
  std::string client_cert{};                   ///< PEM file that shows who calls; empty: none
  std::string client_key{};                    ///< PEM file; empty: it is in `client_cert`
  std::optional<bool> tcp_keepalive{};         ///< unset: the session's setting, else no
  std::optional<bool> parameter_validation{};  ///< unset: the profile's setting, else yes
  /// Whether an operation's prefix goes before the host; unset: the session's setting, else yes.
  std::optional<bool> inject_host_prefix{};
  /// "legacy", "standard", "in-region", "cross-region", "mobile" or "auto"; empty: the session's
  /// setting, else "legacy".
  std::string defaults_mode{};
  /// "when_supported" or "when_required": whether requests are checked wherever their service takes
  /// a checksum, or only where it must have one. Empty: the session's setting, else
  /// "when_supported".
  std::string request_checksum_calculation{};
  /// Likewise: whether checksums of answers are asked for, or only heeded where a call asks itself.
  std::string response_checksum_validation{};
  /// Octets from which on a body is compressed where its service takes that, 1 to 1048576. Unset:
  /// the session's setting, else 10240.
  std::optional<std::uint64_t> request_min_compression_size_bytes{};
  std::optional<bool> disable_request_compression{};  ///< unset: the session's setting, else no
  std::optional<bool> use_fips_endpoint{};            ///< unset: the session's setting, else no
  std::optional<bool> use_dualstack_endpoint{};
  /// Whether endpoint URLs of environment and files are left out of account.
  std::optional<bool> ignore_configured_endpoint_urls{};
  /// "preferred", "required" or "disabled": whether endpoints may, must or must not name the
  /// account; empty: the session's setting, else "preferred".
  std::string account_id_endpoint_mode{};
  /// "regional" or "legacy": whether some regions share a global host; empty: "regional".
  std::string sts_regional_endpoints{};
  /// "true", "false" or "auto": whether services that can are asked for the endpoints of their
  /// calls, "auto" where their model requires it; empty: the session's setting, else "auto".
  std::string endpoint_discovery_enabled{};
  /// Parameters of a service's endpoint rules, by their names in snake_case.
  Value client_context_params = Value::object();
  S3 s3{};
  // Written out: GCC 12 takes what `{}` makes here for uninitialized.
  Retries retries = Retries();

  /// Options that were given and accepted, but that this version does not act on.
  std::vector<std::string> without_effect{};

  /// From botocore's option names ({"s3": {"addressing_style": "path"}, "read_timeout": 5, …}).
  /// Durations are seconds. Names that botocore knows and botocxx does not act on yet are accepted,
  /// and listed in `without_effect`; any other is an error ("InvalidConfig") that names the
  /// nearest.
  static Result<Config> from_value(const Value& options);

  /// botocore's names of all options, in its order.
  static std::vector<std::string> option_names();

  /// This one, but what `other` sets is from there: groups (`s3`, …) as a whole.
  Config merge(const Config& other) const;
};

}  // namespace botocxx::inline v1
