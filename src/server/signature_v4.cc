#include "base/digest.h"
#include "server/signature_claim.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/server/signature_verifier.h>

#include <algorithm>

namespace botocxx::inline v1 {
namespace {

using server::refusal;
using server::SignatureClaim;

constexpr std::string_view kUnsigned = "UNSIGNED-PAYLOAD";
constexpr std::string_view kUnsignedTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
constexpr std::string_view kSignedChunks = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
constexpr std::string_view kSignedChunksTrailer = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";

bool is_signed(const SignatureClaim& claim, std::string_view name) {
  return std::ranges::find(claim.signed_headers, name) != claim.signed_headers.end();
}

Result<void> check_coverage(const HttpRequest& request, const SignatureClaim& claim,
                            const VerifierOptions& options) {
  if (!is_signed(claim, "host")) {
    return refusal(403, "AccessDenied", "the header host must be signed")
        .with_context("HeadersNotSigned", "host");
  }
  std::string missing;
  for (const Headers::Field& field : request.headers) {
    std::string name = to_lower(field.name);
    bool wanted = std::ranges::any_of(options.signed_prefixes,
                                      [&](const auto& prefix) { return name.starts_with(prefix); });
    if (claim.in_query && name == "x-amz-content-sha256") wanted = false;
    if (wanted && !is_signed(claim, name)) missing += (missing.empty() ? "" : ", ") + name;
  }
  if (missing.empty()) return {};
  return refusal(403, "AccessDenied",
                 "There were headers present in the request which were not signed")
      .with_context("HeadersNotSigned", missing);
}

Result<void> check_time(const SignatureClaim& claim, const VerifierOptions& options,
                        Timestamp now) {
  Result<Timestamp> time = Timestamp::parse(claim.time);
  if (!time || !claim.time.starts_with(claim.date)) {
    return refusal(400, "AuthorizationHeaderMalformed",
                   "the date of the credential scope is not the request's");
  }
  std::int64_t ahead = time->seconds() - now.seconds();
  if (claim.in_query) {
    if (ahead > options.allowed_skew.count()) {
      return refusal(403, "AccessDenied", "Request is not valid yet");
    }
    if (-ahead <= claim.expires) return {};
    return refusal(403, "AccessDenied", "Request has expired")
        .with_context("X-Amz-Expires", std::to_string(claim.expires))
        .with_context("ServerTime", now.to_iso8601());
  }
  if (std::abs(ahead) <= options.allowed_skew.count()) return {};
  return refusal(403, "RequestTimeTooSkewed",
                 "The difference between the request time and the server's time is too large.")
      .with_context("RequestTime", claim.time)
      .with_context("ServerTime", now.to_iso8601())
      .with_context("MaxAllowedSkewMilliseconds",
                    std::to_string(options.allowed_skew.count() * 1000));
}

base::Sha256Bytes signing_key(const Credentials& credentials, const SignatureClaim& claim) {
  base::Sha256Bytes key =
      base::hmac_sha256(as_byte_span("AWS4" + credentials.secret_key), claim.date);
  key = base::hmac_sha256(key, claim.region);
  key = base::hmac_sha256(key, claim.service);
  return base::hmac_sha256(key, "aws4_request");
}

std::string octets_of(std::string_view text) {
  std::string out;
  for (char c : text) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    auto octet = static_cast<unsigned char>(c);
    if (!out.empty()) out += ' ';
    out += kDigits[octet >> 4];
    out += kDigits[octet & 15];
  }
  return out;
}

Error mismatch(const SignatureClaim& claim, const std::string& canonical, const std::string& text) {
  return refusal(403, "SignatureDoesNotMatch",
                 "The request signature we calculated does not match the signature you provided. "
                 "Check your key and signing method.")
      .with_context("AWSAccessKeyId", claim.access_key)
      .with_context("StringToSign", text)
      .with_context("SignatureProvided", claim.signature)
      .with_context("StringToSignBytes", octets_of(text))
      .with_context("CanonicalRequest", canonical)
      .with_context("CanonicalRequestBytes", octets_of(canonical));
}

bool is_sha256_hex(std::string_view text) {
  return text.size() == 64 && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

Result<void> classify_payload(const SignatureClaim& claim, VerifiedRequest& verified) {
  const std::string& hash = claim.payload_hash;
  verified.has_trailer = hash == kUnsignedTrailer || hash == kSignedChunksTrailer;
  if (hash == kUnsigned) {
    verified.payload = PayloadCheck::kNone;
  } else if (hash == kUnsignedTrailer) {
    verified.payload = PayloadCheck::kChunks;
  } else if (hash == kSignedChunks || hash == kSignedChunksTrailer) {
    verified.payload = PayloadCheck::kSignedChunks;
  } else if (is_sha256_hex(hash)) {
    verified.payload = PayloadCheck::kSha256;
    verified.content_sha256 = hash;
  } else {
    return refusal(400, "InvalidRequest",
                   "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-"
                   "TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-"
                   "PAYLOAD-TRAILER or a valid sha256 value.");
  }
  return {};
}

}  // namespace

Result<VerifiedRequest> verify_signature_v4(const HttpRequest& request,
                                            const VerifierOptions& options, Timestamp now) {
  Result<SignatureClaim> claim = server::read_signature_claim(request, options);
  if (!claim) return std::move(claim).error();
  std::optional<Credentials> credentials = options.find_credentials(claim->access_key);
  if (!credentials) {
    return refusal(403, "InvalidAccessKeyId",
                   "The AWS Access Key Id you provided does not exist in our records.")
        .with_context("AWSAccessKeyId", claim->access_key);
  }
  if (!options.service.empty() && claim->service != options.service) {
    return refusal(400, "AuthorizationHeaderMalformed",
                   "the credential scope's service must be '" + options.service + "'");
  }
  if (Result<void> done = check_time(*claim, options, now); !done) return std::move(done).error();
  if (Result<void> done = check_coverage(request, *claim, options); !done) {
    return std::move(done).error();
  }
  std::string canonical = server::canonical_request(request, *claim, options);
  std::string text = "AWS4-HMAC-SHA256\n" + claim->time + "\n" + claim->scope() + "\n" +
                     base::sha256_hex(canonical);
  base::Sha256Bytes key = signing_key(*credentials, *claim);
  std::string signature = hex_encode(base::hmac_sha256(key, text));
  if (!server::equal_in_constant_time(signature, claim->signature)) {
    return mismatch(*claim, canonical, text);
  }
  VerifiedRequest verified;
  verified.access_key = claim->access_key;
  verified.scope = claim->scope();
  verified.time = claim->time;
  verified.seed_signature = signature;
  verified.signing_key = std::string(as_text(key));
  if (Result<void> done = classify_payload(*claim, verified); !done) {
    return std::move(done).error();
  }
  return verified;
}

}  // namespace botocxx::inline v1
