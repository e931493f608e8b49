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
    /// Whether bodies are hashed for the signature; unset: yes, except streams that cannot be read
    /// twice, over https.
    std::optional<bool> payload_signing_enabled{};
  };

  std::string region_name{};
  std::string signature_version{};  ///< empty: the service's own
  bool unsigned_requests = false;   ///< botocore's `signature_version=UNSIGNED`
  std::string user_agent_extra{};   ///< appended to the User-Agent header
  std::chrono::milliseconds connect_timeout{60'000};
  std::chrono::milliseconds read_timeout{60'000};
  std::size_t max_pool_connections = 10;
  bool parameter_validation = true;
  bool inject_host_prefix = true;
  S3 s3{};

  /// Options that were given and accepted, but that this version does not act on.
  std::vector<std::string> without_effect{};

  /// From botocore's option names ({"s3": {"addressing_style": "path"}, "read_timeout": 5, …}).
  /// Durations are seconds. Names that botocore knows and botocxx does not act on yet are accepted,
  /// and listed in `without_effect`; any other is an error that names the nearest.
  static Result<Config> from_value(const Value& options);
};

}  // namespace botocxx::inline v1
