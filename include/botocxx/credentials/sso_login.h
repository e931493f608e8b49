#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/base/timestamp.h>
#include <botocxx/config/shared_config.h>
#include <botocxx/credentials/context.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::inline v1 {

/// Where a person grants the login.
struct SsoAuthorization {
  std::string url{};
  std::string code{};           ///< to be entered there; empty: nothing is
  std::string url_with_code{};  ///< the same with the code in it
};

/// A login to IAM Identity Center.
struct SsoLoginOptions {
  enum class Flow {
    kAuthorizationCode,  ///< the browser comes back to a port of this machine
    kDeviceCode          ///< a code is entered in any browser; always so without a session
  };

  std::string session_name{};  ///< of `[sso-session NAME]`; empty: the older form without
  std::string start_url{};
  std::string region{};
  std::vector<std::string> scopes{};  ///< `sso_registration_scopes`
  Flow flow = Flow::kAuthorizationCode;
  /// Shows the person where to go, or opens it; must not be null. Called once.
  std::function<void(const SsoAuthorization&)> show{};
  /// Unset: ten minutes for an authorization code, as long as the service allows for a device.
  std::optional<std::chrono::steady_clock::time_point> deadline{};
};

/// What a session (empty: that of the chosen profile, or the profile itself) says about logging in.
/// Errors: "InvalidConfig".
BOTOCXX_EXPORT Result<SsoLoginOptions> sso_login_options(const SharedConfig& config,
                                                         std::string_view session_name = {});

/// Gets a new token and leaves it, with the client's registration, where aws-cli and
/// `make_sso_token_provider` look for it. Returns its end. Waits for the person. Errors: the
/// service's, "PendingAuthorizationExpired", "AuthorizationCodeLoad", those of files.
BOTOCXX_EXPORT Result<Timestamp> sso_login(const CredentialsContext& context,
                                           const SsoLoginOptions& options);

/// Tells the services to forget all tokens in aws-cli's cache, and removes those and the
/// credentials that were got with them. What a service answers does not matter. Returns how many
/// files are gone.
BOTOCXX_EXPORT Result<std::size_t> sso_logout(const CredentialsContext& context);

}  // namespace botocxx::inline v1
