#pragma once

#include <botocxx/base/result.h>
#include <botocxx/config/shared_config.h>

#include <optional>
#include <string>

namespace botocxx::credentials {

/// What a profile says about credentials by SSO.
struct SsoSettings {
  std::string start_url{}, region{}, account_id{}, role_name{};
  std::string session_name{};  ///< of `[sso-session NAME]`; empty: the form without
};

/// Nothing for a profile that asks for none. Errors: "InvalidConfig".
Result<std::optional<SsoSettings>> sso_settings(const SharedConfig& config,
                                                const std::string& profile);

/// The session whose token signs calls of a profile, nothing for one without `sso_session`. Errors:
/// "InvalidConfig".
struct SsoSession {
  std::string name{}, start_url{}, region{};
};
Result<std::optional<SsoSession>> sso_token_session(const SharedConfig& config,
                                                    const std::string& profile);

}  // namespace botocxx::credentials
