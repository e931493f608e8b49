#pragma once

#include "credentials/sso_settings.h"
#include <botocxx/credentials/context.h>
#include <botocxx/credentials/token_provider.h>
#include <botocxx/value/value.h>

#include <memory>
#include <string>
#include <string_view>

namespace botocxx::credentials {

/// Key of a token in the cache: SHA-1 of the session's name or, without one, of the start URL.
std::string sso_token_key(std::string_view name_or_url);

/// The cached document; its accessToken and expiresAt are texts. Errors: "SSOTokenLoad".
Result<Value> load_sso_token(JsonCache& cache, std::string_view start_url,
                             std::string_view session_name);

/// The session's token as the cache has it, renewed with its refresh token (and written back) when
/// less than 15 minutes are left. When that cannot be done it comes as it is, perhaps expired.
/// Errors: "SSOTokenLoad".
Result<BearerToken> current_sso_token(const CredentialsContext& context, const SsoSession& session,
                                      TokenProvider::Deadline deadline);

/// The cache that the options name, or aws-cli's.
std::shared_ptr<JsonCache> sso_token_cache(const CredentialsContext& context);

}  // namespace botocxx::credentials
