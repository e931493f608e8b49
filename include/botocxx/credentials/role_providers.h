#pragma once

#include <botocxx/base/export.h>
#include <botocxx/credentials/context.h>
#include <botocxx/credentials/provider.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace botocxx::inline v1 {

/// A role to assume; what is empty is not sent.
struct RoleOptions {
  std::string role_arn{};
  std::string role_session_name{};  ///< empty: "botocore-session-" and the time
  std::string external_id{};
  std::string mfa_serial{};  ///< `CredentialsOptions::mfa_prompt` is asked for its code, once
  std::string policy{};      ///< JSON
  std::optional<std::int64_t> duration_seconds{};
  std::string region{};  ///< whose STS is called; empty: the session's
};

/// AssumeRole with the credentials of `source`, cached and refreshed. Method "assume-role". Errors:
/// the source's, the service's, "RefreshWithMFAUnsupported", "CredentialRetrieval".
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_role_provider(
    CredentialsContext context, RoleOptions role, std::shared_ptr<CredentialsProvider> source);

/// AssumeRoleWithWebIdentity with the token in a file, which is read for each refresh. Of `role`,
/// external id and MFA are not used. Method "assume-role-with-web-identity".
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_web_identity_role_provider(
    CredentialsContext context, RoleOptions role, std::string token_file);

/// An identity of a Cognito identity pool.
struct CognitoOptions {
  std::string identity_pool_id{};  ///< used to get an identity; its region is that of the pool
  std::string identity_id{};       ///< instead of asking for one
  /// Provider names and their tokens; empty: an unauthenticated identity.
  std::vector<std::pair<std::string, std::string>> logins{};
  std::string custom_role_arn{};
  std::string region{};  ///< empty: the part of the ids before ":"
};

/// GetId, once, and GetCredentialsForIdentity, unsigned. botocore has no such provider. Method
/// "cognito-identity". Errors: "InvalidConfig" without an id, the service's, "CredentialRetrieval".
BOTOCXX_EXPORT std::shared_ptr<CredentialsProvider> make_cognito_provider(
    CredentialsContext context, CognitoOptions identity);

}  // namespace botocxx::inline v1
