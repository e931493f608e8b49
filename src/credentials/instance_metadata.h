#pragma once

#include <botocxx/base/host.h>
#include <botocxx/base/result.h>
#include <botocxx/credentials/context.h>
#include <botocxx/credentials/provider.h>
#include <botocxx/message/url.h>
#include <botocxx/transport/http_client.h>

#include <chrono>
#include <optional>
#include <string>

namespace botocxx::credentials {

/// How the metadata service of an EC2 instance is asked.
struct InstanceMetadataSettings {
  std::string endpoint{};
  std::chrono::milliseconds timeout{1000};
  int attempts = 1;
  bool disabled = false;
  bool v1_disabled = false;
};

/// From environment and profile. Errors: "InvalidIMDSEndpoint", "InvalidIMDSEndpointMode",
/// "InvalidConfig" for numbers that are none.
Result<InstanceMetadataSettings> instance_metadata_settings(const CredentialsContext& context);

/// Asks the metadata service. What it does not know, or the service being out of reach, is not an
/// error but nothing, and the reason is in `why`.
class InstanceMetadata {
 public:
  InstanceMetadata(InstanceMetadataSettings settings, HttpClient& http,
                   CredentialsProvider::Deadline deadline);

  /// The session token of version 2, nothing where version 1 is to be used. Nothing and `ended()`
  /// where asking on is of no use. Errors: "InvalidIMDSEndpoint", others of the connection.
  Result<std::optional<std::string>> token();
  /// The answer with status 200, not empty and accepted by `is_good`.
  Result<std::optional<std::string>> get(const std::string& path,
                                         const std::optional<std::string>& token,
                                         bool (*is_good)(const std::string& body));

  bool ended() const { return ended_; }
  const std::string& why() const { return why_; }

 private:
  HttpRequest request(std::string method, const std::string& path) const;

  const InstanceMetadataSettings settings_;
  HttpClient& http_;
  const CredentialsProvider::Deadline deadline_;
  bool ended_ = false;
  std::string why_;
};

}  // namespace botocxx::credentials
