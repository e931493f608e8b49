#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/host.h>
#include <botocxx/config/shared_config.h>
#include <botocxx/credentials/provider.h>

#include <memory>
#include <vector>

namespace botocxx::inline v1 {

/// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SECURITY_TOKEN or AWS_SESSION_TOKEN,
/// AWS_CREDENTIAL_EXPIRATION and AWS_ACCOUNT_ID, read anew each time. Method "env". Errors:
/// "PartialCredentials" without the secret key.
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_environment_credentials_provider(
    Host host);

/// The profile's keys in the credentials file. Method "shared-credentials-file".
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_shared_credentials_provider(
    std::shared_ptr<const SharedConfig> config);

/// The profile's keys in the config file. Method "config-file".
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_config_file_credentials_provider(
    std::shared_ptr<const SharedConfig> config);

/// The first provider that has credentials. A provider that declines (code "NoCredentials") lets
/// the next one try; any other error ends the search. When none has any, the error
/// ("NoCredentials") has a hint a provider: what it looked for and why it declined. Method "chain".
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_credentials_chain(
    std::vector<std::shared_ptr<CredentialsProvider>> providers);

/// Whether environment variables may override the profile.
enum class EnvironmentKeys {
  kUsed,    ///< the usual
  kIgnored  ///< for a profile that the program named itself
};

/// botocore's default chain, in its order. What this version cannot do yet (assuming roles, SSO,
/// processes, containers, instance metadata) keeps its place: a profile that asks for it ends the
/// search with an error that says so, so that no other identity is used in its stead.
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_default_credentials_chain(
    std::shared_ptr<const SharedConfig> config, Host host,
    EnvironmentKeys environment = EnvironmentKeys::kUsed);

}  // namespace botocxx::inline v1
