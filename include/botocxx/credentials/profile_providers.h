#pragma once

#include <botocxx/base/export.h>
#include <botocxx/credentials/context.h>
#include <botocxx/credentials/default_chain.h>
#include <botocxx/credentials/provider.h>

#include <memory>
#include <string>

namespace botocxx::inline v1 {

// Providers that a profile of the user's files asks for. An empty `profile` means the chosen one.
// They decline (code "NoCredentials") where the profile does not ask for them.

/// `role_arn` with `source_profile` or `credential_source` (and `external_id`, `mfa_serial`,
/// `duration_seconds`, `role_session_name`): AssumeRole with the source's credentials, which may be
/// those of a role again. Method "assume-role". Errors: "InvalidConfig", "InfiniteLoopConfig",
/// "PartialCredentials", "CredentialRetrieval", "RefreshWithMFAUnsupported", the service's.
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_assume_role_provider(
    CredentialsContext context, std::string profile = {});

/// `web_identity_token_file`, `role_arn` and `role_session_name`, each also from the environment
/// (AWS_WEB_IDENTITY_TOKEN_FILE, AWS_ROLE_ARN, AWS_ROLE_SESSION_NAME, which come first where
/// `environment` lets them): AssumeRoleWithWebIdentity. The token is read for each refresh. Method
/// "assume-role-with-web-identity". Errors: "InvalidConfig", "CredentialRetrieval", the service's.
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_web_identity_provider(
    CredentialsContext context, EnvironmentKeys environment = EnvironmentKeys::kUsed,
    std::string profile = {});

/// `sso_account_id`, `sso_role_name` and either `sso_session` or `sso_start_url` with `sso_region`:
/// GetRoleCredentials with the token of `aws sso login`. Method "sso". Errors: "InvalidConfig",
/// "SSOTokenLoad", "UnauthorizedSSOToken", the service's.
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_sso_credentials_provider(
    CredentialsContext context, std::string profile = {});

/// `login_session`: what `aws login` left in `~/.aws/login/cache` (AWS_LOGIN_CACHE_DIRECTORY),
/// refreshed with CreateOAuth2Token. Method "login". Errors: "LoginTokenLoad",
/// "LoginRefreshRequired", "LoginInsufficientPermissions", "Login", the service's.
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_login_credentials_provider(
    CredentialsContext context, std::string profile = {});

/// `credential_process`: the JSON (version 1) that a command prints. No shell is involved; it runs
/// until it ends or the call's deadline passes. Method "custom-process". Errors:
/// "CredentialRetrieval".
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_process_credentials_provider(
    CredentialsContext context, std::string profile = {});

}  // namespace botocxx::inline v1
