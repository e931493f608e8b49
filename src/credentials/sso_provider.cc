#include "credentials/credential_document.h"
#include "credentials/decline.h"
#include "credentials/expiry.h"
#include "credentials/refresher.h"
#include "credentials/sso_settings.h"
#include "credentials/sso_token.h"
#include <botocxx/credentials/profile_providers.h>

#include <fmt/format.h>

#include <utility>

namespace botocxx::inline v1 {
namespace {

constexpr char kMethod[] = "sso";

Error unauthorized() {
  return Error(ErrorKind::kCredentials, "UnauthorizedSSOToken",
               "The SSO session associated with this profile has expired or is otherwise invalid. "
               "To refresh this SSO session run aws sso login with the corresponding profile.")
      .with_hint("botocxx sso login does the same");
}

class SsoProvider : public CredentialsProvider {
 public:
  SsoProvider(CredentialsContext context, std::string profile)
      : context_(std::move(context)),
        profile_(std::move(profile)),
        refresher_(*context_.host.clock, {.method = kMethod, .warn = context_.options.warn}) {}

  Result<std::shared_ptr<const Credentials>> resolve(Deadline deadline) override {
    auto settings = credentials::sso_settings(*context_.config, profile_);
    if (!settings) return std::move(settings).error();
    if (!*settings) {
      return credentials::declined(
          fmt::format("profile {} has no sso_role_name or sso_account_id", profile_));
    }
    if (!context_.services) return credentials::unreachable(kMethod, "SSO");
    return refresher_.get(deadline, [&](Deadline end) { return fetch(**settings, end); });
  }
  std::string_view method() const override { return kMethod; }

 private:
  Result<Credentials> fetch(const credentials::SsoSettings& sso, Deadline deadline) const {
    Value key = Value::object({{"roleName", sso.role_name}, {"accountId", sso.account_id}});
    if (sso.session_name.empty()) {
      key.set("startUrl", sso.start_url);
    } else {
      key.set("sessionName", sso.session_name);
    }
    return credentials::cached_credentials(
        {context_.options.cache.get(),
         credentials::document_key(key, credentials::KeyForm::kCompact), context_.host.clock,
         kMethod},
        [&] { return get_role_credentials(sso, deadline); });
  }

  Result<std::string> access_token(const credentials::SsoSettings& sso, Deadline deadline) const {
    const Timestamp now = context_.host.clock->now();
    if (!sso.session_name.empty()) {
      auto session = credentials::sso_token_session(*context_.config, profile_);
      if (!session) return std::move(session).error();
      auto token = credentials::current_sso_token(context_, **session, deadline);
      if (!token) return std::move(token).error();
      if (*token->expires > now) return std::move(token->token);
      return Error(ErrorKind::kCredentials, "TokenRetrieval",
                   "Error when retrieving token from sso: Token has expired and refresh failed")
          .with_hint("log in: botocxx sso login, or aws sso login");
    }
    auto cache = credentials::sso_token_cache(context_);
    auto token = credentials::load_sso_token(*cache, sso.start_url, {});
    if (!token) return std::move(token).error();
    auto end = credentials::read_expiry((*token)["expiresAt"].as_string());
    if (!end || *end <= now) return unauthorized();
    return std::string((*token)["accessToken"].as_string());
  }

  Result<Value> get_role_credentials(const credentials::SsoSettings& sso, Deadline deadline) const {
    auto token = access_token(sso, deadline);
    if (!token) return std::move(token).error();
    ServiceCall call;
    call.service = "sso";
    call.operation = "GetRoleCredentials";
    call.region = sso.region;
    call.deadline = deadline;
    call.params = Value::object(
        {{"roleName", sso.role_name}, {"accountId", sso.account_id}, {"accessToken", *token}});
    auto answer = context_.services->call(call);
    if (!answer) {
      return answer.error().is("UnauthorizedException") ? unauthorized().with_cause(answer.error())
                                                        : std::move(answer).error();
    }
    const Value& given = (*answer)["roleCredentials"];
    Value keys = Value::object({{"AccessKeyId", given["accessKeyId"]},
                                {"SecretAccessKey", given["secretAccessKey"]},
                                {"SessionToken", given["sessionToken"]}});
    if (auto milliseconds = given["expiration"].get_if_int()) {
      const Timestamp end = Timestamp::from_unix(*milliseconds / 1000);
      keys.set("Expiration", end.to_iso8601());
    }
    keys.set("AccountId", sso.account_id);
    return Value::object({{"ProviderType", "sso"}, {"Credentials", std::move(keys)}});
  }

  const CredentialsContext context_;
  const std::string profile_;
  credentials::Refresher refresher_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_sso_credentials_provider(CredentialsContext context,
                                                                   std::string profile) {
  if (profile.empty()) profile = context.config->profile();
  return std::make_shared<SsoProvider>(std::move(context), std::move(profile));
}

}  // namespace botocxx::inline v1
