#pragma once

#include <botocxx/auth/credentials.h>
#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/message/http.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Signatures from the server's side. Everything here is pure; the caller brings time and keys.
namespace botocxx::inline v1 {

struct VerifierOptions {
  /// The credentials behind an access key, nothing when there are none.
  std::function<std::optional<Credentials>(std::string_view access_key)> find_credentials;
  /// Signing name that the scope must carry; empty: any.
  std::string service;
  /// Greatest difference between the request's time and the server's.
  std::chrono::seconds allowed_skew{900};
  /// Headers with these prefixes must be signed when they are present. Lower-case.
  std::vector<std::string> signed_prefixes{"x-amz-"};
  /// Refuse header-signed requests without X-Amz-Content-SHA256, as stores of objects do.
  bool require_content_sha256 = false;
  /// Paths are signed as they are; false: encoded once more, as most services want.
  bool single_encoded_path = false;
};

/// How the body is vouched for.
enum class PayloadCheck {
  kNone,          ///< UNSIGNED-PAYLOAD
  kSha256,        ///< the whole body's SHA-256 is `content_sha256`
  kChunks,        ///< aws-chunked, without signatures
  kSignedChunks,  ///< aws-chunked, every chunk signed
};

/// A request whose signature was found good.
struct VerifiedRequest {
  std::string access_key;
  PayloadCheck payload = PayloadCheck::kNone;
  std::string content_sha256;  ///< lower-case hexadecimal, for kSha256
  bool has_trailer = false;    ///< trailing headers follow the last chunk
  /// For kSignedChunks: what the chunks' signatures are computed with.
  std::string signing_key;
  std::string scope;
  std::string time;  ///< as in X-Amz-Date
  std::string seed_signature;
};

/// Checks AWS Signature Version 4 in the Authorization header or in a presigned URL's query. The
/// canonical form is made from the request target as it was sent: decoded and strictly encoded
/// again, so that a target which was not encoded as signed is refused.
/// Errors are the service's: "AccessDenied" (nothing signed, expired, headers left unsigned),
/// "InvalidAccessKeyId", "SignatureDoesNotMatch" (with the canonical request and string to sign in
/// the context), "RequestTimeTooSkewed", "AuthorizationHeaderMalformed",
/// "AuthorizationQueryParametersError", "InvalidRequest"; their HTTP status is set.
BOTOCXX_EXPORT Result<VerifiedRequest> verify_signature_v4(const HttpRequest& request,
                                                           const VerifierOptions& options,
                                                           Timestamp now);

struct SignatureV2Options {
  std::function<std::optional<Credentials>(std::string_view access_key)> find_credentials;
  std::chrono::seconds allowed_skew{900};
  /// Query keys that are part of the signed resource.
  std::vector<std::string> subresources;
  /// Prefixes of headers that are part of the signed text. Lower-case.
  std::vector<std::string> signed_prefixes{"x-amz-"};
};

/// Checks the older signature of object stores (`Authorization: AWS key:signature`, or
/// `AWSAccessKeyId`, `Expires` and `Signature` in the query). Same errors.
BOTOCXX_EXPORT Result<VerifiedRequest> verify_signature_v2(const HttpRequest& request,
                                                           const SignatureV2Options& options,
                                                           Timestamp now);

/// Whether the request claims the older signature.
BOTOCXX_EXPORT bool is_signed_v2(const HttpRequest& request);

}  // namespace botocxx::inline v1
