#include "auth/v4_draft.h"

#include "auth/canonical_request.h"
#include "auth/query_params.h"
#include "base/digest.h"
#include <botocxx/base/text_encoding.h>

#include <algorithm>

namespace botocxx::auth {
namespace {

constexpr std::string_view kContentSha256 = "X-Amz-Content-SHA256";
constexpr std::string_view kSecurityToken = "X-Amz-Security-Token";
constexpr std::string_view kSessionToken = "x-amz-s3session-token";
// botocore sets it itself; it means nothing for a URL.
constexpr std::string_view kFormType = "application/x-www-form-urlencoded; charset=utf-8";

// Python's `formatdate` writes the zone as -0000 where HTTP's own dates say GMT.
std::string date_header(Timestamp time) {
  std::string text = Timestamp::from_unix(time.seconds()).to_rfc822();
  return text.replace(text.size() - 3, 3, "-0000");
}

Timestamp signing_time(const SigV4Options& options) {
  return Timestamp::from_unix(options.time.seconds() + options.clock_skew.count());
}

std::string scope_text(const std::string& time, const SigV4Options& options,
                       const V4Flavor& flavor) {
  std::string text;
  text.reserve(8 + flavor.region.size() + options.service.size() + 15);
  text.append(time, 0, 8).append("/");
  if (!flavor.region.empty()) text.append(flavor.region).append("/");
  return text.append(options.service).append("/aws4_request");
}

// In a URL, a hash that the request has already is believed whatever the options say.
Result<std::string> hash_for(const HttpRequest& request, const SigV4Options& options,
                             const V4Flavor& flavor) {
  const bool in_query = options.expires.has_value();
  if (in_query && request.headers.contains(kContentSha256)) {
    return payload_hash(request, PayloadHash::kHeader, flavor.algorithm, true);
  }
  return payload_hash(request, options.payload, flavor.algorithm, !options.send_content_sha256);
}

void add_token_header(const HttpRequest& request, const Credentials& credentials,
                      const SigV4Options& options, SignatureAdditions& additions) {
  if (credentials.session_token.empty()) return;
  if (!options.session_auth) {
    additions.headers.push_back({std::string(kSecurityToken), credentials.session_token});
    return;
  }
  additions.removed_headers.emplace_back(kSecurityToken);
  if (request.headers.contains(kSessionToken)) return;
  additions.headers.push_back({std::string(kSessionToken), credentials.session_token});
}

void add_headers(const HttpRequest& request, const Credentials& credentials,
                 const SigV4Options& options, const V4Flavor& flavor, const std::string& time,
                 const std::string& hash, SignatureAdditions& additions) {
  auto& headers = additions.headers;
  headers.reserve(5);
  // Version 4a is always told the time by X-Amz-Date.
  if (flavor.region_set.empty() && request.headers.contains("Date")) {
    headers.push_back({"Date", date_header(signing_time(options))});
    additions.removed_headers.emplace_back("X-Amz-Date");
  } else {
    headers.push_back({"X-Amz-Date", time});
  }
  bool token_now = options.sign_session_token;
  if (token_now && !options.session_auth) {
    add_token_header(request, credentials, options, additions);
  }
  if (!flavor.region_set.empty()) {
    headers.push_back({"X-Amz-Region-Set", std::string(flavor.region_set)});
  }
  if (options.send_content_sha256 || announces_payload(options.payload)) {
    headers.push_back({std::string(kContentSha256), hash});
  }
  if (token_now && options.session_auth) {
    add_token_header(request, credentials, options, additions);
  }
}

// Whether signing takes this field of the request away: it is replaced, removed, or belongs to an
// earlier signature.
bool is_replaced(std::string_view name, const SignatureAdditions& additions, bool in_query) {
  if (!in_query && equals_ignore_case(name, "Authorization")) return true;
  auto same = [&](std::string_view other) { return equals_ignore_case(other, name); };
  return std::any_of(additions.headers.begin(), additions.headers.end(),
                     [&](const Headers::Field& field) { return same(field.name); }) ||
         std::any_of(additions.removed_headers.begin(), additions.removed_headers.end(), same);
}

std::vector<SignedField> fields_to_sign(const HttpRequest& request, const std::string& host,
                                        const SignatureAdditions& additions, bool in_query) {
  std::vector<SignedField> fields;
  fields.reserve(request.headers.size() + additions.headers.size() + 1);
  bool has_host = false;
  for (const Headers::Field& field : request.headers) {
    if (is_replaced(field.name, additions, in_query)) continue;
    std::string name = to_lower(field.name);
    if (!is_signable(name)) continue;
    has_host = has_host || name == "host";
    fields.push_back({std::move(name), field.value});
  }
  for (const Headers::Field& field : additions.headers) {
    fields.push_back({to_lower(field.name), field.value});
  }
  if (!has_host) fields.push_back({"host", host});
  sort_fields(fields);
  return fields;
}

// The query up to, and without, its signature: the operation's own parameters, then those of
// the signature, in an order that botocore's URLs have.
std::string query_to_sign(const HttpRequest& request, const Credentials& credentials,
                          const SigV4Options& options, const V4Flavor& flavor,
                          const V4Draft& draft) {
  QueryParams params;
  if (!options.keep_query) params = parse_params(request.url.query);
  const std::string expires = std::to_string(options.expires->count());
  params.emplace_back("X-Amz-Algorithm", flavor.algorithm);
  params.emplace_back("X-Amz-Credential", credentials.access_key + "/" + draft.scope);
  params.emplace_back("X-Amz-Date", draft.time);
  if (!flavor.expires_last) params.emplace_back("X-Amz-Expires", expires);
  params.emplace_back("X-Amz-SignedHeaders", draft.additions.signed_headers);
  if (flavor.expires_last) params.emplace_back("X-Amz-Expires", expires);
  if (options.sign_session_token && !credentials.session_token.empty()) {
    params.emplace_back(options.session_auth ? "X-Amz-S3session-Token" : kSecurityToken,
                        credentials.session_token);
  }
  if (!flavor.region_set.empty()) params.emplace_back("X-Amz-Region-Set", flavor.region_set);
  std::string query = encode_params(params);
  if (!options.keep_query || !request.url.has_query) return query;
  return request.url.query + "&" + query;
}

std::string string_to_sign(const V4Draft& draft, const V4Flavor& flavor) {
  std::string text;
  text.reserve(flavor.algorithm.size() + draft.time.size() + draft.scope.size() + 67);
  text.append(flavor.algorithm).append("\n").append(draft.time).append("\n");
  text.append(draft.scope).append("\n");
  return text += base::sha256_hex(draft.additions.canonical_request);
}

}  // namespace

Result<V4Draft> draft_v4(const HttpRequest& request, const Credentials& credentials,
                         const SigV4Options& options, const V4Flavor& flavor) {
  if (credentials.access_key.empty() || credentials.secret_key.empty()) {
    return Error(ErrorKind::kCredentials, "NoCredentials", "Unable to locate credentials");
  }
  auto hash = hash_for(request, options, flavor);
  if (!hash) return std::move(hash).error();
  const bool in_query = options.expires.has_value();
  V4Draft draft;
  draft.time = signing_time(options).to_basic();
  draft.scope = scope_text(draft.time, options, flavor);
  if (!in_query) {
    add_headers(request, credentials, options, flavor, draft.time, *hash, draft.additions);
  } else if (!options.sign_form_type && request.headers.get("Content-Type") == kFormType) {
    draft.additions.removed_headers.emplace_back("Content-Type");
  }
  const std::string host = signed_host(request.url);
  const auto fields = fields_to_sign(request, host, draft.additions, in_query);
  draft.additions.signed_headers = signed_header_names(fields);
  if (in_query) {
    draft.additions.query = query_to_sign(request, credentials, options, flavor, draft);
  }
  draft.additions.canonical_request = canonical_request(
      {.method = request.method,
       .path = canonical_path(request.url.path, options.double_encode_path, options.normalize_path),
       .query = canonical_query(in_query ? *draft.additions.query : request.url.query),
       .fields = fields,
       .signed_headers = draft.additions.signed_headers,
       .payload_hash = *hash});
  draft.additions.string_to_sign = string_to_sign(draft, flavor);
  return draft;
}

SignatureAdditions finish_v4(V4Draft draft, const Credentials& credentials,
                             const SigV4Options& options, const V4Flavor& flavor,
                             std::string signature) {
  SignatureAdditions additions = std::move(draft.additions);
  const bool token_later = !options.sign_session_token && !credentials.session_token.empty();
  if (additions.query) {
    additions.query->append("&X-Amz-Signature=").append(signature);
    if (token_later) {
      additions.query->append("&").append(kSecurityToken).append("=");
      percent_encode_to(*additions.query, credentials.session_token);
    }
  } else {
    std::string value(flavor.algorithm);
    value.reserve(160 + credentials.access_key.size() + draft.scope.size() +
                  additions.signed_headers.size());
    value.append(" Credential=").append(credentials.access_key).append("/").append(draft.scope);
    value.append(", SignedHeaders=").append(additions.signed_headers);
    value.append(", Signature=").append(signature);
    additions.headers.push_back({"Authorization", std::move(value)});
    if (token_later) {
      additions.headers.push_back({std::string(kSecurityToken), credentials.session_token});
    }
  }
  additions.signature = std::move(signature);
  return additions;
}

}  // namespace botocxx::auth
