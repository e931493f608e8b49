#include "credentials/sso_registration.h"

#include "credentials/credential_document.h"
#include "credentials/expiry.h"
#include "credentials/sso_token.h"

#include <algorithm>
#include <utility>

namespace botocxx::credentials {
namespace {

constexpr std::int64_t kLeastValidity = std::int64_t{15} * 60;
constexpr char kDefaultScope[] = "sso:account:access";

bool is_code_flow(const SsoLoginOptions& options) {
  return options.flow == SsoLoginOptions::Flow::kAuthorizationCode;
}

Value list_of(const std::vector<std::string>& texts) {
  Value list = Value::list();
  for (const std::string& text : texts) list.push_back(text);
  return list;
}

std::string cache_key(const SsoLoginOptions& options) {
  Value key = Value::object();
  key.set("tool", "botocore");
  key.set("startUrl", options.start_url);
  key.set("region", options.region);
  key.set("scopes", options.scopes.empty() ? Value() : list_of(options.scopes));
  key.set("session_name", options.session_name.empty() ? Value() : Value(options.session_name));
  return document_key(key, KeyForm::kSpaced);
}

bool is_usable(const CredentialsContext& context, const Value& registration, bool code_flow) {
  if (!registration["clientId"].is_string() || !registration["clientSecret"].is_string()) {
    return false;
  }
  auto end = read_expiry(registration["expiresAt"].get_if_string().value_or(""));
  if (!end || expires_within(*end, context.host.clock->now(), kLeastValidity)) return false;
  bool for_code = false;
  for (const Value& grant : registration["grantTypes"].items()) {
    for_code = for_code || grant.get_if_string() == "authorization_code";
  }
  return for_code == code_flow;
}

Value registration_request(const CredentialsContext& context, const SsoLoginOptions& options) {
  const std::string name = options.session_name.empty()
                               ? std::to_string(context.host.clock->now().seconds())
                               : options.session_name;
  Value request = Value::object();
  request.set("clientName", "botocore-client-" + name);
  request.set("clientType", "public");
  if (!options.scopes.empty()) request.set("scopes", list_of(options.scopes));
  if (!is_code_flow(options)) return request;
  if (options.scopes.empty()) request.set("scopes", list_of({kDefaultScope}));
  request.set("grantTypes", list_of({"authorization_code", "refresh_token"}));
  request.set("redirectUris", list_of({kRedirectUri}));
  request.set("issuerUrl", options.start_url);
  return request;
}

}  // namespace

Result<Value> call_oidc(const CredentialsContext& context, const SsoLoginOptions& options,
                        std::string operation, Value params) {
  ServiceCall call;
  call.service = "sso-oidc";
  call.operation = std::move(operation);
  call.params = std::move(params);
  call.region = options.region;
  call.deadline = options.deadline;
  return context.services->call(call);
}

Result<Value> sso_registration(const CredentialsContext& context, const SsoLoginOptions& options) {
  auto cache = sso_token_cache(context);
  const std::string key = cache_key(options);
  auto kept = cache->get(key);
  if (kept && is_usable(context, *kept, is_code_flow(options))) return *std::move(kept);
  const Value request = registration_request(context, options);
  auto answer = call_oidc(context, options, "RegisterClient", request);
  if (!answer) return std::move(answer).error();
  const std::int64_t end = (*answer)["clientSecretExpiresAt"].get_if_int().value_or(0);
  Value registration = Value::object();
  registration.set("clientId", (*answer)["clientId"]);
  registration.set("clientSecret", (*answer)["clientSecret"]);
  registration.set("expiresAt", Timestamp::from_unix(end).to_iso8601());
  for (std::string_view name : {"scopes", "grantTypes"}) {
    if (request.contains(name)) registration.set(name, request[name]);
  }
  if (auto put = cache->put(key, registration); !put) return std::move(put).error();
  return registration;
}

Result<Value> sso_token_document(const CredentialsContext& context, const SsoLoginOptions& options,
                                 const Value& registration, const Value& answer) {
  auto seconds = answer["expiresIn"].get_if_int();
  if (!seconds || !answer["accessToken"].is_string()) {
    return Error(ErrorKind::kCredentials, "TokenRetrieval",
                 "Error when retrieving token from sso: the answer has no token");
  }
  const Timestamp end = Timestamp::from_unix(context.host.clock->now().seconds() + *seconds);
  Value token = Value::object({{"startUrl", options.start_url},
                               {"region", options.region},
                               {"accessToken", answer["accessToken"]},
                               {"expiresAt", end.to_iso8601()},
                               {"clientId", registration["clientId"]},
                               {"clientSecret", registration["clientSecret"]},
                               {"registrationExpiresAt", registration["expiresAt"]}});
  if (answer["refreshToken"].is_string()) token.set("refreshToken", answer["refreshToken"]);
  return token;
}

}  // namespace botocxx::credentials
