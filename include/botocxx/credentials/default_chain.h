#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/host.h>
#include <botocxx/config/shared_config.h>
#include <botocxx/credentials/context.h>
#include <botocxx/credentials/provider.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::inline v1 {

// A provider declines with the error "NoCredentials" when nothing asks for it; every other error
// means that it was asked for and failed. Names of methods are botocore's.

/// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SECURITY_TOKEN or AWS_SESSION_TOKEN,
/// AWS_CREDENTIAL_EXPIRATION and AWS_ACCOUNT_ID, read anew each time, or when the expiration is
/// near. Method "env". Errors: "PartialCredentials" without the secret key, "CredentialRetrieval".
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_environment_credentials_provider(
    Host host, std::function<void(std::string_view)> warn = {});

/// The keys of a profile (empty: the chosen one) in the credentials file. Method
/// "shared-credentials-file". Errors: "PartialCredentials".
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_shared_credentials_provider(
    std::shared_ptr<const SharedConfig> config, std::string profile = {});

/// The keys of a profile (empty: the chosen one) in the config file. Method "config-file". Errors:
/// "PartialCredentials".
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_config_file_credentials_provider(
    std::shared_ptr<const SharedConfig> config, std::string profile = {});

/// The first provider that has credentials. A provider that declines (code "NoCredentials") lets
/// the next one try; any other error ends the search. Who had some once is asked first from then
/// on. When none has any, the error ("NoCredentials") has a hint a provider: what it looked for and
/// why it declined. Method "chain".
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_credentials_chain(
    std::vector<std::shared_ptr<CredentialsProvider>> providers);

/// Whether environment variables may override the profile.
enum class EnvironmentKeys {
  kUsed,    ///< the usual
  kIgnored  ///< for a profile that the program named itself
};

/// botocore's default chain in its order: environment, assumed role, web identity, SSO, credentials
/// file, login session, process, config file, the files of EC2's old tools and of boto 2,
/// container, instance metadata. When one of the two files changes, it is noticed within a second
/// and the search begins anew. Constructing it reads nothing. Method "chain".
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_default_credentials_chain(
    CredentialsContext context, EnvironmentKeys environment = EnvironmentKeys::kUsed);

}  // namespace botocxx::inline v1
