#include "base/digest.h"
#include "server/signature_claim.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/server/router.h>
#include <botocxx/server/signature_verifier.h>

#include <algorithm>
#include <charconv>
#include <map>

namespace botocxx::inline v1 {
namespace {

using Query = std::vector<std::pair<std::string, std::string>>;
using server::refusal;

constexpr std::string_view kScheme = "AWS ";

struct Claim {
  std::string access_key;
  std::string signature;
  std::string date;  ///< the Date line: the header, or the expiry's seconds
  bool in_query = false;
};

std::string value_of(const Query& query, std::string_view name) {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return {};
}

Result<Claim> read_claim(const HttpRequest& request, const Query& query) {
  Claim claim;
  auto header = request.headers.get("Authorization");
  if (!header) {
    claim = {value_of(query, "AWSAccessKeyId"), value_of(query, "Signature"),
             value_of(query, "Expires"), true};
    return claim;
  }
  std::string_view text = header->substr(kScheme.size());
  std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) {
    return refusal(400, "InvalidArgument", "Authorization must be 'AWS key:signature'");
  }
  claim.access_key = std::string(text.substr(0, colon));
  claim.signature = std::string(text.substr(colon + 1));
  // An x-amz-date header replaces Date, whose line is then empty.
  if (!request.headers.contains("x-amz-date")) {
    claim.date = std::string(request.headers.get("Date").value_or(""));
  }
  return claim;
}

Result<void> check_time(const HttpRequest& request, const Claim& claim,
                        const SignatureV2Options& options, Timestamp now) {
  if (claim.in_query) {
    std::int64_t expires = 0;
    const char* end = claim.date.data() + claim.date.size();
    auto [stop, error] = std::from_chars(claim.date.data(), end, expires);
    if (error != std::errc() || stop != end || expires < now.seconds()) {
      return refusal(403, "AccessDenied", "Request has expired");
    }
    return {};
  }
  std::string_view text = request.headers.get("x-amz-date").value_or(claim.date);
  Result<Timestamp> time = Timestamp::parse(text);
  if (!time) return refusal(403, "AccessDenied", "a valid Date or x-amz-date header is required");
  if (std::abs(time->seconds() - now.seconds()) > options.allowed_skew.count()) {
    return refusal(403, "RequestTimeTooSkewed",
                   "The difference between the request time and the server's time is too large.");
  }
  return {};
}

std::string signed_header_lines(const Headers& headers, const SignatureV2Options& options) {
  std::map<std::string, std::string> lines;
  for (const Headers::Field& field : headers) {
    std::string name = to_lower(field.name);
    if (!std::ranges::any_of(options.signed_prefixes,
                             [&](const auto& prefix) { return name.starts_with(prefix); })) {
      continue;
    }
    auto [place, fresh] = lines.try_emplace(std::move(name), field.value);
    if (!fresh) place->second += "," + field.value;
  }
  std::string text;
  for (const auto& [name, value] : lines) text += name + ":" + value + "\n";
  return text;
}

std::string resource(const HttpRequest& request, Query query, const SignatureV2Options& options) {
  std::string text = request.url.path.empty() ? "/" : request.url.path;
  std::ranges::sort(query);
  char separator = '?';
  for (const auto& [key, value] : query) {
    if (std::ranges::find(options.subresources, key) == options.subresources.end()) continue;
    text += separator + key + (value.empty() ? "" : "=" + value);
    separator = '&';
  }
  return text;
}

}  // namespace

bool is_signed_v2(const HttpRequest& request) {
  if (auto header = request.headers.get("Authorization")) return header->starts_with(kScheme);
  Query query = decode_query(request.url.query);
  return !value_of(query, "AWSAccessKeyId").empty() && !value_of(query, "Signature").empty();
}

Result<VerifiedRequest> verify_signature_v2(const HttpRequest& request,
                                            const SignatureV2Options& options, Timestamp now) {
  Query query = decode_query(request.url.query);
  Result<Claim> claim = read_claim(request, query);
  if (!claim) return std::move(claim).error();
  std::optional<Credentials> credentials = options.find_credentials(claim->access_key);
  if (!credentials) {
    return refusal(403, "InvalidAccessKeyId",
                   "The AWS Access Key Id you provided does not exist in our records.")
        .with_context("AWSAccessKeyId", claim->access_key);
  }
  if (Result<void> done = check_time(request, *claim, options, now); !done) {
    return std::move(done).error();
  }
  std::string text = request.method + "\n";
  text += std::string(request.headers.get("Content-MD5").value_or("")) + "\n";
  text += std::string(request.headers.get("Content-Type").value_or("")) + "\n";
  text += claim->date + "\n" + signed_header_lines(request.headers, options);
  text += resource(request, query, options);
  std::string expected =
      base64_encode(as_byte_span(base::hmac_sha1(credentials->secret_key, text)));
  if (!server::equal_in_constant_time(expected, claim->signature)) {
    return refusal(403, "SignatureDoesNotMatch",
                   "The request signature we calculated does not match the signature you provided. "
                   "Check your key and signing method.")
        .with_context("AWSAccessKeyId", claim->access_key)
        .with_context("StringToSign", text)
        .with_context("SignatureProvided", claim->signature);
  }
  VerifiedRequest verified;
  verified.access_key = claim->access_key;
  return verified;
}

}  // namespace botocxx::inline v1
