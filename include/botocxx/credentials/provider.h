#pragma once

#include <botocxx/auth/credentials.h>
#include <botocxx/base/export.h>
#include <botocxx/base/result.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

namespace botocxx::inline v1 {

/// Supplies credentials at the moment of signing. Implementations are thread-safe and may be asked
/// often: what is costly to get, they keep. Do no I/O in a constructor.
class BOTOCXX_EXPORT CredentialsProvider {
 public:
  using Deadline = std::optional<std::chrono::steady_clock::time_point>;

  virtual ~CredentialsProvider() = default;
  /// A snapshot; kind kCredentials, code "NoCredentials" when this provider has none to offer.
  virtual Result<std::shared_ptr<const Credentials>> resolve(Deadline deadline) = 0;
  /// botocore's METHOD name of the provider: "env", "shared-credentials-file", "explicit", …
  virtual std::string_view method() const = 0;
};

/// Always the same.
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_static_credentials_provider(
    Credentials credentials);

}  // namespace botocxx::inline v1
