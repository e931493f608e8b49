#include "auth/dpop_key.h"
#include "base/digest.h"
#include "credentials/decline.h"
#include "credentials/expiry.h"
#include "credentials/refresher.h"
#include <botocxx/credentials/profile_providers.h>

#include <fmt/format.h>

#include <array>
#include <utility>

namespace botocxx::inline v1 {
namespace {

constexpr char kMethod[] = "login";
constexpr std::int64_t kRefreshThreshold = std::int64_t{5} * 60;
constexpr std::array<std::string_view, 4> kNeeded{"accessToken", "refreshToken", "dpopKey",
                                                  "clientId"};

Error login_error(std::string code, std::string message) {
  return Error(ErrorKind::kCredentials, std::move(code), std::move(message));
}

Error cannot_load(std::string_view why) {
  return login_error("LoginTokenLoad", fmt::format("Error loading login session token: {}", why));
}

Error refused(const Error& cause) {
  const Value* fields = cause.fields();
  const std::string reason(fields ? (*fields)["error"].get_if_string().value_or("") : "");
  if (reason == "TOKEN_EXPIRED" || reason == "USER_CREDENTIALS_CHANGED") {
    return login_error("LoginRefreshRequired",
                       "Your session has expired or credentials have changed. Please "
                       "reauthenticate using 'aws login'.")
        .with_cause(cause);
  }
  if (reason == "INSUFFICIENT_PERMISSIONS") {
    return login_error("LoginInsufficientPermissions",
                       "Unable to create or refresh login credentials due to insufficient "
                       "permissions. You may be missing permission for the "
                       "'signin:CreateOAuth2Token' action.")
        .with_cause(cause);
  }
  return login_error("Login",
                     "An unspecified error happened when resolving AWS credentials or refreshing "
                     "a login session profile.")
      .with_cause(cause);
}

Result<Credentials> read(const Value& token) {
  const Value& keys = token["accessToken"];
  for (std::string_view name :
       {"accessKeyId", "secretAccessKey", "sessionToken", "expiresAt", "accountId"}) {
    if (keys[name].is_string()) continue;
    return cannot_load(fmt::format("the cached access token has no {}.", name));
  }
  auto expires = credentials::read_expiry(keys["expiresAt"].as_string());
  if (!expires) return cannot_load("expiresAt of the cached access token is not a timestamp.");
  Credentials found;
  found.access_key = keys["accessKeyId"].as_string();
  found.secret_key = keys["secretAccessKey"].as_string();
  found.session_token = keys["sessionToken"].as_string();
  found.account_id = keys["accountId"].as_string();
  found.expires = *expires;
  found.source = kMethod;
  return found;
}

class LoginProvider : public CredentialsProvider {
 public:
  LoginProvider(CredentialsContext context, std::string profile)
      : context_(std::move(context)),
        profile_(std::move(profile)),
        refresher_(*context_.host.clock, {.method = kMethod,
                                          .first = credentials::Refresher::First::kLoaded,
                                          .warn = context_.options.warn}) {}

  Result<std::shared_ptr<const Credentials>> resolve(Deadline deadline) override {
    auto session = context_.config->get_of(profile_, "login_session");
    if (!session) {
      return credentials::declined(fmt::format("profile {} has no login_session", profile_));
    }
    return refresher_.get(deadline, [&](Deadline end) {
      if (!loaded_) return load(session->value);
      return refresh(session->value, end);
    });
  }
  std::string_view method() const override { return kMethod; }

 private:
  std::shared_ptr<JsonCache> cache() const {
    auto folder = context_.host.environment->get("AWS_LOGIN_CACHE_DIRECTORY");
    return make_json_file_cache(context_.host, folder ? *folder : "~/.aws/login/cache");
  }
  static std::string key_of(const std::string& session) { return base::sha256_hex(session); }

  Result<Value> token_of(const std::string& session) const {
    auto token = cache()->get(key_of(session));
    if (!token) {
      return cannot_load(
          fmt::format("Unable to load a existing login session for session {}. "
                      "Please reauthenticate with 'aws login'.",
                      session));
    }
    std::string missing;
    for (std::string_view name : kNeeded) {
      if (!token->contains(name)) missing += (missing.empty() ? "" : ", ") + std::string(name);
    }
    if (missing.empty()) return *std::move(token);
    return cannot_load(fmt::format(
        "Failed to load access token from token cache, missing required fields: {}.", missing));
  }

  // The first credentials are the cached ones, though they may have ended.
  Result<Credentials> load(const std::string& session) {
    auto token = token_of(session);
    if (!token) return std::move(token).error();
    auto found = read(*token);
    loaded_ = found.has_value();
    return found;
  }

  Result<Credentials> refresh(const std::string& session, Deadline deadline) const {
    auto token = token_of(session);
    if (!token) return std::move(token).error();
    auto key = auth::DpopKey::from_pem((*token)["dpopKey"].get_if_string().value_or(""));
    if (!key) return cannot_load("Unable to load private key from cached token.");
    auto current = read(*token);
    const Timestamp now = context_.host.clock->now();
    // Another program may have renewed it.
    if (current && *current->expires >
                       Timestamp::from_unix(now.seconds() + kRefreshThreshold, now.nanoseconds())) {
      return current;
    }
    if (!context_.services) return credentials::unreachable(kMethod, "sign-in");
    auto answer = call(*token, *key, deadline);
    if (!answer) {
      return answer.error().is("AccessDeniedException") ? refused(answer.error())
                                                        : std::move(answer).error();
    }
    auto renewed = renewed_token(*std::move(token), (*answer)["tokenOutput"], now);
    if (!renewed) return std::move(renewed).error();
    if (auto put = cache()->put(key_of(session), *renewed); !put) return std::move(put).error();
    return read(*renewed);
  }

  Result<Value> call(const Value& token, const auth::DpopKey& key, Deadline deadline) const {
    ServiceCall call;
    call.service = "signin";
    call.operation = "CreateOAuth2Token";
    call.deadline = deadline;
    call.params = Value::object();
    call.params.set("tokenInput", Value::object({{"clientId", token["clientId"]},
                                                 {"refreshToken", token["refreshToken"]},
                                                 {"grantType", "refresh_token"}}));
    call.headers_for = [&](const std::string& url) -> Result<Headers> {
      auto proof = key.prove({.method = "POST",
                              .url = url,
                              .issued_at = context_.host.clock->now().seconds(),
                              .id = make_uuid4(*context_.host.random)});
      if (!proof) return std::move(proof).error();
      Headers headers;
      headers.set("DPoP", *std::move(proof));
      return headers;
    };
    return context_.services->call(call);
  }

  static Result<Value> renewed_token(Value token, const Value& output, Timestamp now) {
    const Value& keys = output["accessToken"];
    auto seconds = output["expiresIn"].get_if_int();
    if (!keys.is_object() || !seconds) {
      return cannot_load(
          "Unable to refresh access token due to an invalid service response. "
          "Please try running 'aws login' again. If the issue persists, there may "
          "be a temporary signin service problem.");
    }
    const Value account = token["accessToken"]["accountId"];
    token.set("accessToken",
              Value::object(
                  {{"accessKeyId", keys["accessKeyId"]},
                   {"secretAccessKey", keys["secretAccessKey"]},
                   {"sessionToken", keys["sessionToken"]},
                   {"accountId", account},
                   {"expiresAt", Timestamp::from_unix(now.seconds() + *seconds).to_iso8601()}}));
    token.set("refreshToken", output["refreshToken"]);
    return token;
  }

  const CredentialsContext context_;
  const std::string profile_;
  bool loaded_ = false;  ///< only the thread that renews looks at it
  credentials::Refresher refresher_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_login_credentials_provider(CredentialsContext context,
                                                                     std::string profile) {
  if (profile.empty()) profile = context.config->profile();
  return std::make_shared<LoginProvider>(std::move(context), std::move(profile));
}

}  // namespace botocxx::inline v1
