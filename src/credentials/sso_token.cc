#include "credentials/sso_token.h"

#include "base/digest.h"
#include "credentials/decline.h"
#include "credentials/expiry.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <array>
#include <optional>

namespace botocxx::credentials {
namespace {

constexpr std::int64_t kRefreshWindow = std::int64_t{15} * 60;

Error cannot_load(std::string_view name, std::string_view what) {
  return Error(ErrorKind::kCredentials, "SSOTokenLoad",
               fmt::format("Error loading SSO Token: Token for {} {}", name, what))
      .with_hint("log in: botocxx sso login, or aws sso login");
}

void warn(const CredentialsContext& context, const std::string& line) {
  if (context.options.warn) context.options.warn(line);
}

bool can_be_renewed(const CredentialsContext& context, const Value& token) {
  for (std::string_view name :
       {"refreshToken", "clientId", "clientSecret", "registrationExpiresAt"}) {
    if (token[name].is_string()) continue;
    warn(context, fmt::format("Unable to refresh SSO token: missing key: {}", name));
    return false;
  }
  auto end = read_expiry(token["registrationExpiresAt"].as_string());
  if (end && *end > context.host.clock->now()) return true;
  warn(context, "Unable to refresh SSO token: its client's registration has expired");
  return false;
}

Result<Value> renew(const CredentialsContext& context, const SsoSession& session,
                    const Value& token, TokenProvider::Deadline deadline) {
  ServiceCall call;
  call.service = "sso-oidc";
  call.operation = "CreateToken";
  call.region = session.region;
  call.deadline = deadline;
  call.params = Value::object({{"grantType", "refresh_token"},
                               {"clientId", token["clientId"]},
                               {"clientSecret", token["clientSecret"]},
                               {"refreshToken", token["refreshToken"]}});
  auto answer = context.services->call(call);
  if (!answer) return std::move(answer).error();
  auto seconds = (*answer)["expiresIn"].get_if_int();
  if (!seconds || !(*answer)["accessToken"].is_string()) {
    return Error(ErrorKind::kCredentials, "TokenRetrieval", "the answer has no token");
  }
  const Timestamp end = Timestamp::from_unix(context.host.clock->now().seconds() + *seconds);
  Value renewed = Value::object({{"startUrl", session.start_url},
                                 {"region", session.region},
                                 {"accessToken", (*answer)["accessToken"]},
                                 {"expiresAt", end.to_iso8601()},
                                 {"clientId", token["clientId"]},
                                 {"clientSecret", token["clientSecret"]},
                                 {"registrationExpiresAt", token["registrationExpiresAt"]}});
  const Value& refresh = (*answer)["refreshToken"];
  if (refresh.is_string()) renewed.set("refreshToken", refresh);
  return renewed;
}

}  // namespace

std::string sso_token_key(std::string_view name_or_url) {
  base::Digest digest(base::DigestAlgorithm::kSha1);
  digest.update(name_or_url);
  return hex_encode(as_byte_span(digest.finish()));
}

Result<Value> load_sso_token(JsonCache& cache, std::string_view start_url,
                             std::string_view session_name) {
  const std::string_view name = session_name.empty() ? start_url : session_name;
  auto token = cache.get(sso_token_key(name));
  if (!token) return cannot_load(name, "does not exist");
  if ((*token)["accessToken"].is_string() && (*token)["expiresAt"].is_string()) {
    return *std::move(token);
  }
  return cannot_load(start_url, "is invalid");
}

Result<BearerToken> current_sso_token(const CredentialsContext& context, const SsoSession& session,
                                      TokenProvider::Deadline deadline) {
  auto cache = sso_token_cache(context);
  auto token = load_sso_token(*cache, session.start_url, session.name);
  if (!token) return std::move(token).error();
  auto end = read_expiry((*token)["expiresAt"].as_string());
  if (!end) return cannot_load(session.start_url, "is invalid");
  if (expires_within(*end, context.host.clock->now(), kRefreshWindow) && context.services &&
      can_be_renewed(context, *token)) {
    auto renewed = renew(context, session, *token, deadline);
    if (renewed) {
      auto put = cache->put(sso_token_key(session.name), *renewed);
      if (!put) warn(context, "the refreshed SSO token is not kept: " + put.error().message());
      end = read_expiry((*renewed)["expiresAt"].as_string());
      token = std::move(renewed);
    } else {
      warn(context, "SSO token refresh attempt failed: " + renewed.error().message());
    }
  }
  return BearerToken{std::string((*token)["accessToken"].as_string()), *end, "sso"};
}

std::shared_ptr<JsonCache> sso_token_cache(const CredentialsContext& context) {
  if (context.options.sso_token_cache) return context.options.sso_token_cache;
  return make_json_file_cache(context.host, kSsoCacheFolder);
}

}  // namespace botocxx::credentials
