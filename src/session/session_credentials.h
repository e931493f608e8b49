#pragma once

#include <botocxx/config/shared_config.h>
#include <botocxx/credentials/context.h>
#include <botocxx/credentials/provider.h>
#include <botocxx/credentials/token_provider.h>
#include <botocxx/session/session.h>

#include <memory>
#include <mutex>
#include <string>

namespace botocxx::session {

/// What a session's providers are made of. They call services through clients of another session
/// with the same options, which is made when it is first wanted, so that nothing holds itself
/// alive.
CredentialsContext credentials_context(const SessionOptions& options,
                                       std::shared_ptr<const SharedConfig> shared,
                                       std::string region);

/// A session's default providers. Thread-safe.
class SessionCredentials {
 public:
  SessionCredentials(const SessionOptions& options, std::shared_ptr<const SharedConfig> shared);

  /// The same for all clients; its own calls go to the region of the first one, as in botocore.
  std::shared_ptr<CredentialsProvider> provider(const std::string& region);
  /// Tokens of the services with that signing name.
  std::shared_ptr<TokenProvider> tokens(const std::string& signing_name, const std::string& region);

 private:
  const SessionOptions options_;
  const std::shared_ptr<const SharedConfig> shared_;
  std::mutex mutex_;
  std::shared_ptr<CredentialsProvider> provider_;
  std::shared_ptr<TokenProvider> sso_tokens_;
};

}  // namespace botocxx::session
