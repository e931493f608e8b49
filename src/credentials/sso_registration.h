#pragma once

#include <botocxx/base/result.h>
#include <botocxx/credentials/context.h>
#include <botocxx/credentials/sso_login.h>
#include <botocxx/value/value.h>

#include <string>

namespace botocxx::credentials {

/// The redirect of authorization codes as it is registered; any port may follow the host.
inline constexpr char kRedirectUri[] = "http://127.0.0.1/oauth/callback";

/// The client's registration (clientId, clientSecret, expiresAt) for this login: the cached one
/// while it is good for 15 minutes more and for the same flow, otherwise a new one, which is kept.
Result<Value> sso_registration(const CredentialsContext& context, const SsoLoginOptions& options);

/// A call of the OIDC service of the login's region, unsigned.
Result<Value> call_oidc(const CredentialsContext& context, const SsoLoginOptions& options,
                        std::string operation, Value params);

/// The token's document as aws-cli keeps it, from CreateToken's answer.
Result<Value> sso_token_document(const CredentialsContext& context, const SsoLoginOptions& options,
                                 const Value& registration, const Value& answer);

}  // namespace botocxx::credentials
