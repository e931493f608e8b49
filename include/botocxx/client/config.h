#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/value/value.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace botocxx::inline v1 {

/// A client's settings under botocore's names (`botocore.config.Config`). A plain value.
struct BOTOCXX_EXPORT Config {
  struct S3 {
    std::string addressing_style = "auto";  ///< "auto", "virtual" or "path"
    bool use_accelerate_endpoint = false;
    std::optional<bool> use_dualstack_endpoint{};  ///< before the option of that name outside
    /// Whether the region of an ARN in a bucket's place is called instead of the client's; unset:
    /// yes for buckets, no for the control service.
    std::optional<bool> use_arn_region{};
    /// "legacy": us-east-1, and no region, mean the global host; "regional"; empty: "legacy".
    std::string us_east_1_regional_endpoint{};
    bool disable_multiregion_access_points = false;
    std::optional<bool> disable_express_session_auth{};
    /// Whether bodies are hashed for the signature; unset: yes, except streams that cannot be read
    /// twice, over https.
    std::optional<bool> payload_signing_enabled{};
  };

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
  std::string user_agent{};        ///< instead of what the library says of itself
  std::string user_agent_appid{};  ///< names the application, 50 characters at most by convention
  std::string user_agent_extra{};  ///< appended to the User-Agent header
  std::chrono::milliseconds connect_timeout{60'000};
  std::chrono::milliseconds read_timeout{60'000};
  std::size_t max_pool_connections = 10;
  bool parameter_validation = true;
  bool inject_host_prefix = true;
  std::optional<bool> use_fips_endpoint{};  ///< unset: the session's setting, else no
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
  Retries retries{};

  /// Options that were given and accepted, but that this version does not act on.
  std::vector<std::string> without_effect{};

  /// From botocore's option names ({"s3": {"addressing_style": "path"}, "read_timeout": 5, …}).
  /// Durations are seconds. Names that botocore knows and botocxx does not act on yet are accepted,
  /// and listed in `without_effect`; any other is an error that names the nearest.
  static Result<Config> from_value(const Value& options);
};

}  // namespace botocxx::inline v1
