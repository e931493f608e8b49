#include "auth/query_params.h"
#include "auth/sigv4.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/tokens/auth_tokens.h>

namespace botocxx::inline v1 {
namespace {

constexpr std::string_view kScheme = "https://";
constexpr std::chrono::seconds kStsUrlLife{60};

struct TokenUrl {
  std::string url{};
  auth::QueryParams params{};
  std::vector<Headers::Field> headers{};
  std::string_view signing_name{};
  std::chrono::seconds expires{};
};

Result<std::string> presign(const TokenUrl& token, const TokenRequest& request) {
  HttpRequest http;
  http.method = "GET";
  auto url = Url::parse(token.url);
  if (!url) return std::move(url).error();
  http.url = *std::move(url);
  if (http.url.path.empty()) http.url.path.assign(1, '/');
  http.url.query = auth::encode_params(token.params);
  http.url.has_query = true;
  for (const Headers::Field& field : token.headers) http.headers.add(field.name, field.value);
  auth::SigV4Options options;
  options.region = request.region;
  options.service = token.signing_name;
  options.time = request.time;
  options.expires = token.expires;
  auto additions = auth::sign_v4(http, request.credentials, options);
  if (!additions) return std::move(additions).error();
  auth::apply(*additions, http);
  return http.url.to_string();
}

// A host alone: what follows it would move into the signed URL.
Result<void> check_host(const std::string& host) {
  if (!host.empty() && host.find_first_of("/?#@ ") == std::string::npos) return {};
  return Error(ErrorKind::kUsage, "InvalidHost",
               "expected the host name of the endpoint, without scheme, port and path");
}

Result<std::string> without_scheme(Result<std::string> url) {
  if (!url) return url;
  return url->substr(kScheme.size());
}

}  // namespace

Result<std::string> rds_auth_token(const std::string& host, std::uint16_t port,
                                   const std::string& user, const TokenRequest& request) {
  if (auto valid = check_host(host); !valid) return std::move(valid).error();
  TokenUrl token;
  token.url = std::string(kScheme).append(host).append(":").append(std::to_string(port));
  token.params = {{"Action", "connect"}, {"DBUser", user}};
  token.signing_name = "rds-db";
  token.expires = request.expires;
  return without_scheme(presign(token, request));
}

Result<std::string> dsql_auth_token(const std::string& host, DsqlAction action,
                                    const TokenRequest& request) {
  if (auto valid = check_host(host); !valid) return std::move(valid).error();
  TokenUrl token;
  token.url = std::string(kScheme).append(host);
  token.params = {{"Action", action == DsqlAction::kConnect ? "DbConnect" : "DbConnectAdmin"}};
  token.signing_name = "dsql";
  token.expires = request.expires;
  return without_scheme(presign(token, request));
}

Result<std::string> eks_auth_token(const std::string& cluster, const std::string& sts_url,
                                   const TokenRequest& request) {
  TokenUrl token;
  token.url = sts_url;
  token.params = {{"Action", "GetCallerIdentity"}, {"Version", "2011-06-15"}};
  token.headers = {{"x-k8s-aws-id", cluster}};
  token.signing_name = "sts";
  token.expires = kStsUrlLife;
  auto url = presign(token, request);
  if (!url) return url;
  std::string text = base64_encode(as_byte_span(*url));
  for (char& c : text) {
    if (c == '+') c = '-';
    if (c == '/') c = '_';
  }
  while (text.ends_with('=')) text.pop_back();
  return "k8s-aws-v1." + text;
}

}  // namespace botocxx::inline v1
