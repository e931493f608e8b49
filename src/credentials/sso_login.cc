#include "base/digest.h"
#include "credentials/decline.h"
#include "credentials/redirect_listener.h"
#include "credentials/sso_registration.h"
#include "credentials/sso_token.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/credentials/sso_login.h>

#include <fmt/format.h>

#include <array>
#include <span>
#include <thread>
#include <utility>

namespace botocxx::inline v1 {
namespace {

using credentials::call_oidc;

constexpr char kDeviceGrant[] = "urn:ietf:params:oauth:grant-type:device_code";
constexpr std::int64_t kUsualInterval = 5;
constexpr std::chrono::minutes kRedirectTime{10};

std::string base64_url(std::span<const std::byte> bytes) {
  std::string text = base64_encode(bytes);
  while (text.ends_with('=')) text.pop_back();
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return text;
}

Error expired() {
  return Error(ErrorKind::kCredentials, "PendingAuthorizationExpired",
               "the time to grant the login has passed")
      .with_hint("begin again");
}

Error no_code(std::string_view why) {
  return Error(ErrorKind::kCredentials, "AuthorizationCodeLoad",
               fmt::format("the browser brought no authorization code: {}", why));
}

void pause(const CredentialsContext& context, std::int64_t seconds) {
  if (context.options.pause) return context.options.pause(std::chrono::seconds(seconds));
  std::this_thread::sleep_for(std::chrono::seconds(seconds));
}

class DeviceLogin {
 public:
  DeviceLogin(const CredentialsContext& context, const SsoLoginOptions& options)
      : context_(context), options_(options) {}

  Result<Value> token(const Value& registration) {
    Value client = Value::object(
        {{"clientId", registration["clientId"]}, {"clientSecret", registration["clientSecret"]}});
    Value start = client;
    start.set("startUrl", options_.start_url);
    auto device = call_oidc(context_, options_, "StartDeviceAuthorization", std::move(start));
    if (!device) return device;
    interval_ = (*device)["interval"].get_if_int().value_or(kUsualInterval);
    client.set("grantType", kDeviceGrant);
    client.set("deviceCode", (*device)["deviceCode"]);
    for (bool shown = false;; shown = true) {
      auto answer = call_oidc(context_, options_, "CreateToken", client);
      if (answer) return answer;
      if (auto over = check(answer.error()); !over) return std::move(over).error();
      if (shown) {
        pause(context_, interval_);
      } else {
        options_.show({text(*device, "verificationUri"), text(*device, "userCode"),
                       text(*device, "verificationUriComplete")});
      }
      if (options_.deadline && std::chrono::steady_clock::now() >= *options_.deadline) {
        return expired();
      }
    }
  }

 private:
  static std::string text(const Value& answer, std::string_view name) {
    return std::string(answer[name].get_if_string().value_or(""));
  }

  // Whether it is worth while to ask again.
  Result<void> check(const Error& error) {
    if (error.is("AuthorizationPendingException")) return {};
    if (error.is("ExpiredTokenException")) return expired();
    if (!error.is("SlowDownException")) return error;
    interval_ += kUsualInterval;
    return {};
  }

  const CredentialsContext& context_;
  const SsoLoginOptions& options_;
  std::int64_t interval_ = kUsualInterval;
};

class CodeLogin {
 public:
  CodeLogin(const CredentialsContext& context, const SsoLoginOptions& options)
      : context_(context), options_(options) {}

  Result<Value> token(const Value& registration) const {
    auto listener = credentials::RedirectListener::open();
    if (!listener) return std::move(listener).error();
    const std::string redirect_uri =
        fmt::format("http://127.0.0.1:{}/oauth/callback", listener->port());
    std::array<std::byte, 48> random{};
    context_.host.random->fill(random);
    const std::string verifier = base64_url(random), state = make_uuid4(*context_.host.random);
    auto url = authorization_url(registration, redirect_uri, state, verifier);
    if (!url) return std::move(url).error();
    options_.show({*url, {}, *url});
    auto deadline = options_.deadline.value_or(std::chrono::steady_clock::now() + kRedirectTime);
    auto redirect = listener->wait(deadline);
    if (!redirect) return std::move(redirect).error();
    if (!redirect->error.empty()) return no_code(redirect->error);
    if (redirect->state != state) return no_code("it belongs to another login");
    auto answer = call_oidc(context_, options_, "CreateToken",
                            Value::object({{"grantType", "authorization_code"},
                                           {"clientId", registration["clientId"]},
                                           {"clientSecret", registration["clientSecret"]},
                                           {"redirectUri", redirect_uri},
                                           {"codeVerifier", verifier},
                                           {"code", redirect->code}}));
    if (!answer && answer.error().is("ExpiredTokenException")) return expired();
    return answer;
  }

 private:
  Result<std::string> authorization_url(const Value& registration, const std::string& redirect_uri,
                                        const std::string& state,
                                        const std::string& verifier) const {
    ServiceCall call;
    call.service = "sso-oidc";
    call.operation = "RegisterClient";
    call.region = options_.region;
    auto endpoint = context_.services->endpoint_of(call);
    if (!endpoint) return std::move(endpoint).error();
    std::string scopes;
    for (const Value& scope : registration["scopes"].items()) {
      scopes += (scopes.empty() ? "" : " ") + std::string(scope.get_if_string().value_or(""));
    }
    while (endpoint->ends_with('/')) endpoint->pop_back();
    return fmt::format(
        "{}/authorize?response_type=code&client_id={}&redirect_uri={}&state={}"
        "&code_challenge_method=S256&scopes={}&code_challenge={}",
        *endpoint, percent_encode(registration["clientId"].get_if_string().value_or("")),
        percent_encode(redirect_uri), state, percent_encode(scopes),
        base64_url(base::sha256(verifier)));
  }

  const CredentialsContext& context_;
  const SsoLoginOptions& options_;
};

std::vector<std::string> split_scopes(std::string_view text) {
  std::vector<std::string> scopes(1);
  for (char c : text) {
    if (c == ',') {
      if (!scopes.back().empty()) scopes.emplace_back();
    } else if (c != ' ' && c != '\t' && c != '\n') {
      scopes.back() += c;
    }
  }
  if (scopes.back().empty()) scopes.pop_back();
  return scopes;
}

Error incomplete(const std::string& missing) {
  return credentials::invalid_config(
             fmt::format("Missing the following required SSO configuration values: {}.", missing))
      .with_hint("botocxx configure sso asks for them");
}

}  // namespace

Result<SsoLoginOptions> sso_login_options(const SharedConfig& config,
                                          std::string_view session_name) {
  SsoLoginOptions options;
  options.session_name = session_name;
  if (session_name.empty()) {
    if (auto named = config.get("sso_session")) options.session_name = std::move(named->value);
  }
  const IniFile::Section* session = nullptr;
  if (!options.session_name.empty()) {
    session = config.sso_session(options.session_name);
    if (session == nullptr) {
      return credentials::invalid_config(
          fmt::format("The specified sso-session does not exist: \"{}\"", options.session_name));
    }
  }
  auto get = [&](std::string_view name) -> std::string {
    if (session == nullptr) {
      auto setting = config.get(name);
      return setting ? std::move(setting->value) : std::string();
    }
    const IniFile::Option* option = session->find(name);
    return option ? option->value : std::string();
  };
  options.start_url = get("sso_start_url");
  options.region = get("sso_region");
  if (session != nullptr) options.scopes = split_scopes(get("sso_registration_scopes"));
  std::string missing = options.start_url.empty() ? "sso_start_url" : "";
  if (options.region.empty()) missing += missing.empty() ? "sso_region" : ", sso_region";
  if (!missing.empty()) return incomplete(missing);
  return options;
}

Result<Timestamp> sso_login(const CredentialsContext& context, const SsoLoginOptions& given) {
  if (!context.services) return credentials::unreachable("sso", "SSO");
  SsoLoginOptions options = given;
  if (options.session_name.empty()) options.flow = SsoLoginOptions::Flow::kDeviceCode;
  auto registration = credentials::sso_registration(context, options);
  if (!registration) return std::move(registration).error();
  auto answer = options.flow == SsoLoginOptions::Flow::kDeviceCode
                    ? DeviceLogin(context, options).token(*registration)
                    : CodeLogin(context, options).token(*registration);
  if (!answer) return std::move(answer).error();
  auto token = credentials::sso_token_document(context, options, *registration, *answer);
  if (!token) return std::move(token).error();
  const std::string& name = options.session_name.empty() ? options.start_url : options.session_name;
  auto put = credentials::sso_token_cache(context)->put(credentials::sso_token_key(name), *token);
  if (!put) return std::move(put).error();
  return Timestamp::parse((*token)["expiresAt"].as_string());
}

}  // namespace botocxx::inline v1
