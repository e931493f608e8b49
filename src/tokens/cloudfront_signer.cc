#include "auth/rsa_key.h"
#include "codec/json.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/tokens/cloudfront_signer.h>

namespace botocxx::inline v1 {
namespace {

// CloudFront's alphabet for URLs.
std::string url_base64(std::string_view octets) {
  std::string text = base64_encode(as_byte_span(octets));
  for (char& c : text) {
    if (c == '+') c = '-';
    if (c == '=') c = '_';
    if (c == '/') c = '~';
  }
  return text;
}

void append_time(std::string& out, std::string_view name, Timestamp time) {
  out.append("\"").append(name).append("\":{\"AWS:EpochTime\":");
  out.append(std::to_string(time.seconds())).append("}");
}

std::string url_with(std::string_view url, const CloudFrontSigner::Cookies& params) {
  std::string out(url);
  char separator = out.find('?') == std::string::npos ? '?' : '&';
  for (const auto& [name, value] : params) {
    out += separator;
    out.append(name).append("=").append(value);
    separator = '&';
  }
  return out;
}

CloudFrontSigner::Cookies as_cookies(CloudFrontSigner::Cookies params) {
  for (auto& [name, value] : params) name.insert(0, "CloudFront-");
  return params;
}

}  // namespace

Result<RsaSigner> rsa_sha1_signer(std::string_view pem) {
  auto key = auth::RsaKey::from_pem(pem);
  if (!key) return std::move(key).error();
  return RsaSigner([key = *std::move(key)](std::string_view text) { return key.sign_sha1(text); });
}

std::string cloudfront_policy(std::string_view resource, const CloudFrontLimits& limits) {
  std::string json = "{\"Statement\":[{\"Resource\":";
  codec::append_json_string(json, resource, codec::JsonStyle::kPython);
  json += ",\"Condition\":{";
  append_time(json, "DateLessThan", limits.expires);
  if (!limits.ip_address.empty()) {
    bool single = limits.ip_address.find('/') == std::string::npos;
    json += ",\"IpAddress\":{\"AWS:SourceIp\":";
    codec::append_json_string(json, limits.ip_address + (single ? "/32" : ""),
                              codec::JsonStyle::kPython);
    json += '}';
  }
  if (limits.not_before) {
    json += ',';
    append_time(json, "DateGreaterThan", *limits.not_before);
  }
  return json += "}}]}";
}

CloudFrontSigner::CloudFrontSigner(std::string key_id, RsaSigner signer)
    : key_id_(std::move(key_id)), signer_(std::move(signer)) {}

Result<CloudFrontSigner::Cookies> CloudFrontSigner::sign(
    std::string_view policy, std::pair<std::string, std::string> first) const {
  if (!signer_) {
    return Error(ErrorKind::kUsage, "NoSigner",
                 "the CloudFront signer was made without RSA signer");
  }
  auto signature = signer_(policy);
  if (!signature) return std::move(signature).error();
  Cookies params;
  params.push_back(std::move(first));
  params.emplace_back("Signature", url_base64(*signature));
  params.emplace_back("Key-Pair-Id", key_id_);
  return params;
}

Result<std::string> CloudFrontSigner::signed_url(std::string_view url, Timestamp expires) const {
  auto params = sign(cloudfront_policy(url, {.expires = expires}),
                     {"Expires", std::to_string(expires.seconds())});
  if (!params) return std::move(params).error();
  return url_with(url, *params);
}

Result<std::string> CloudFrontSigner::signed_url(std::string_view url,
                                                 std::string_view policy) const {
  auto params = sign(policy, {"Policy", url_base64(policy)});
  if (!params) return std::move(params).error();
  return url_with(url, *params);
}

Result<CloudFrontSigner::Cookies> CloudFrontSigner::signed_cookies(std::string_view url,
                                                                   Timestamp expires) const {
  return sign(cloudfront_policy(url, {.expires = expires}),
              {"Expires", std::to_string(expires.seconds())})
      .transform(as_cookies);
}

Result<CloudFrontSigner::Cookies> CloudFrontSigner::signed_cookies(std::string_view policy) const {
  return sign(policy, {"Policy", url_base64(policy)}).transform(as_cookies);
}

}  // namespace botocxx::inline v1
