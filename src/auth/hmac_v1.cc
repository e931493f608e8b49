#include "auth/hmac_v1.h"

#include "auth/query_params.h"
#include "base/digest.h"
#include <botocxx/base/text_encoding.h>

#include <algorithm>
#include <array>
#include <map>

namespace botocxx::auth {
namespace {

constexpr std::string_view kToken = "x-amz-security-token";

constexpr auto kSubResources = std::to_array<std::string_view>({"accelerate",
                                                                "acl",
                                                                "analytics",
                                                                "cors",
                                                                "defaultObjectAcl",
                                                                "delete",
                                                                "inventory",
                                                                "lifecycle",
                                                                "location",
                                                                "logging",
                                                                "metrics",
                                                                "notification",
                                                                "object-lock",
                                                                "partNumber",
                                                                "policy",
                                                                "replication",
                                                                "requestPayment",
                                                                "response-cache-control",
                                                                "response-content-disposition",
                                                                "response-content-encoding",
                                                                "response-content-language",
                                                                "response-content-type",
                                                                "response-expires",
                                                                "restore",
                                                                "select",
                                                                "select-type",
                                                                "storageClass",
                                                                "tagging",
                                                                "torrent",
                                                                "uploadId",
                                                                "uploads",
                                                                "versionId",
                                                                "versioning",
                                                                "versions",
                                                                "website"});

struct RawParam {
  std::string_view text{};  ///< `name` or `name=value`
  std::string_view name{};
};

std::vector<RawParam> split_query(std::string_view query) {
  std::vector<RawParam> params;
  while (!query.empty()) {
    std::size_t end = std::min(query.find('&'), query.size());
    std::string_view text = query.substr(0, end);
    params.push_back({.text = text, .name = text.substr(0, text.find('='))});
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return params;
}

bool is_signed(std::string_view name, const std::vector<RawParam>& all,
               const HmacV1Options& options) {
  if (std::find(kSubResources.begin(), kSubResources.end(), name) != kSubResources.end()) {
    return true;
  }
  auto present = [&](std::string_view other) {
    return std::any_of(all.begin(), all.end(), [&](const RawParam& p) { return p.name == other; });
  };
  return std::any_of(options.more_sub_resources.begin(), options.more_sub_resources.end(),
                     [&](const SubResource& rule) {
                       return rule.name == name && (rule.unless.empty() || !present(rule.unless));
                     });
}

std::string canonical_resource(const HttpRequest& request, const HmacV1Options& options) {
  std::string text = options.resource_path.value_or(request.url.path);
  const std::vector<RawParam> all = split_query(request.url.query);
  std::vector<RawParam> chosen;
  for (const RawParam& param : all) {
    if (is_signed(param.name, all, options)) chosen.push_back(param);
  }
  auto by_name = [](const RawParam& a, const RawParam& b) { return a.name < b.name; };
  std::stable_sort(chosen.begin(), chosen.end(), by_name);
  char separator = '?';
  for (const RawParam& param : chosen) {
    text += separator;
    text.append(param.name);
    // The name stays as it is written; the value is signed as the server will understand it.
    if (param.text.size() > param.name.size()) {
      text.append("=").append(percent_decode(param.text.substr(param.name.size() + 1)));
    }
    separator = '&';
  }
  return text;
}

std::string_view stripped(std::string_view text) {
  auto blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

bool is_store_header(std::string_view lower_name, const HmacV1Options& options) {
  if (lower_name.starts_with("x-amz-")) return true;
  return std::any_of(options.more_header_prefixes.begin(), options.more_header_prefixes.end(),
                     [&](const std::string& prefix) { return lower_name.starts_with(prefix); });
}

// Token and header of the date are not the request's own: `token` is signed in their place.
std::string store_headers(const HttpRequest& request, const HmacV1Options& options,
                          const std::string& token) {
  std::map<std::string, std::string> lines;
  for (const Headers::Field& field : request.headers) {
    std::string name = to_lower(field.name);
    if (!is_store_header(name, options) || (!token.empty() && name == kToken)) continue;
    auto [line, is_new] = lines.try_emplace(std::move(name));
    if (!is_new) line->second += ',';
    line->second += stripped(field.value);
  }
  if (!token.empty()) lines[std::string(kToken)] = stripped(token);
  std::string text;
  for (const auto& [name, value] : lines) text.append(name).append(":").append(value).append("\n");
  return text;
}

std::string string_to_sign(const HttpRequest& request, const Credentials& credentials,
                           const HmacV1Options& options, const std::string& date) {
  std::string text;
  for (char c : request.method) text += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  text += '\n';
  for (std::string_view name : {"Content-MD5", "Content-Type"}) {
    text.append(stripped(request.headers.get(name).value_or(""))).append("\n");
  }
  // A server that finds x-amz-date takes that, and nothing for the date.
  bool own_date = !options.expires && request.headers.contains("x-amz-date");
  text.append(own_date ? "" : date).append("\n");
  text += store_headers(request, options, credentials.session_token);
  return text += canonical_resource(request, options);
}

std::string signed_query(const HttpRequest& request, const Credentials& credentials,
                         const HmacV1Options& options, const std::string& signature,
                         const std::string& expires) {
  QueryParams params = {{"AWSAccessKeyId", credentials.access_key}, {"Signature", signature}};
  auto known = [&](std::string_view name) {
    return std::any_of(params.begin(), params.end(),
                       [&](const auto& p) { return p.first == name; });
  };
  const bool has_token = !credentials.session_token.empty();
  for (const Headers::Field& field : request.headers) {
    std::string name = to_lower(field.name);
    bool wanted = is_store_header(name, options) || name == "content-md5" || name == "content-type";
    if (!wanted || known(name) || (has_token && name == kToken)) continue;
    params.emplace_back(std::move(name), field.value);
  }
  if (has_token) params.emplace_back(kToken, credentials.session_token);
  params.emplace_back("Expires", expires);
  std::string query = request.url.query;
  if (!query.empty()) query += '&';
  return query += encode_params(params);
}

}  // namespace

std::span<const std::string_view> signed_sub_resources() { return kSubResources; }

Result<SignatureAdditions> sign_hmac_v1(const HttpRequest& request, const Credentials& credentials,
                                        const HmacV1Options& options) {
  if (credentials.access_key.empty() || credentials.secret_key.empty()) {
    return Error(ErrorKind::kCredentials, "NoCredentials", "Unable to locate credentials");
  }
  const Timestamp time = options.moment.server_time();
  const std::string date = options.expires
                               ? std::to_string(time.seconds() + options.expires->count())
                               : time.to_rfc822();
  SignatureAdditions additions;
  additions.string_to_sign = string_to_sign(request, credentials, options, date);
  additions.signature = base64_encode(
      as_byte_span(base::hmac_sha1(credentials.secret_key, additions.string_to_sign)));
  if (options.expires) {
    additions.query = signed_query(request, credentials, options, additions.signature, date);
    return additions;
  }
  if (!credentials.session_token.empty()) {
    additions.headers.push_back({std::string(kToken), credentials.session_token});
  }
  additions.headers.push_back({"Date", date});
  additions.headers.push_back(
      {"Authorization", "AWS " + credentials.access_key + ":" + additions.signature});
  return additions;
}

}  // namespace botocxx::auth
