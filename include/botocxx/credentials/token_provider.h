#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/base/timestamp.h>
#include <botocxx/credentials/context.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::inline v1 {

/// A bearer token; an immutable snapshot.
struct BearerToken {
  std::string token{};
  std::optional<Timestamp> expires{};
  std::string source{};  ///< botocore's METHOD name of its provider
};

/// Supplies bearer tokens at the moment of signing. Thread-safe; does no I/O in a constructor.
class BOTOCXX_EXPORT TokenProvider {
 public:
  using Deadline = std::optional<std::chrono::steady_clock::time_point>;

  virtual ~TokenProvider() = default;
  /// Code "NoAuthToken" when this provider has none to offer.
  virtual Result<std::shared_ptr<const BearerToken>> resolve(Deadline deadline) = 0;
  virtual std::string_view method() const = 0;
};

BOTOCXX_EXPORT std::shared_ptr<TokenProvider> make_static_token_provider(std::string token);

/// AWS_BEARER_TOKEN_<SIGNING NAME>, read anew each time. Method "env".
BOTOCXX_EXPORT std::shared_ptr<TokenProvider> make_environment_token_provider(
    Host host, std::string signing_name);

/// The token of the profile's `sso_session`, from the cache that `aws sso login` and `botocxx sso
/// login` fill. It is refreshed 15 minutes before it expires, at most once a minute, one refresh at
/// a time; from 10 minutes before that, everybody waits for it. A token that is still valid is kept
/// when a refresh fails. Method "sso". Errors: "InvalidConfig", "SSOTokenLoad", "TokenRetrieval".
BOTOCXX_EXPORT std::shared_ptr<TokenProvider> make_sso_token_provider(CredentialsContext context);

/// The first provider that has a token; the others' reasons become hints. Method "chain".
BOTOCXX_EXPORT std::shared_ptr<TokenProvider> make_token_chain(
    std::vector<std::shared_ptr<TokenProvider>> providers);

}  // namespace botocxx::inline v1
