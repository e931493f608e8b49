#pragma once

#include <botocxx/auth/credentials.h>
#include <botocxx/base/result.h>
#include <botocxx/message/http.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::auth {

/// How the canonical request's last line is made.
enum class PayloadHash {
  kSigned,    ///< SHA-256 of the body (which must be rewindable)
  kUnsigned,  ///< UNSIGNED-PAYLOAD
  kHeader     ///< the value of an X-Amz-Content-SHA256 header that the request has already
};

struct SigV4Options {
  std::string_view region;
  std::string_view service;  ///< the signing name
  Timestamp time;
  PayloadHash payload = PayloadHash::kSigned;
  bool double_encode_path = true;    ///< false for S3
  bool normalize_path = true;        ///< false for S3
  bool send_content_sha256 = false;  ///< true for S3: always send X-Amz-Content-SHA256
};

/// What signing adds to a request, and the stages it went through.
struct SignatureAdditions {
  std::vector<Headers::Field> headers;  ///< in botocore's order; replace fields of the same name
  std::string canonical_request;
  std::string string_to_sign;
  std::string signed_headers;
  std::string signature;
};

/// Remembers derived keys by (secret, date, region, service). Thread-safe; owned by a client.
class SigningKeyCache {
 public:
  SigningKeyCache();
  ~SigningKeyCache();
  SigningKeyCache(const SigningKeyCache&) = delete;
  SigningKeyCache& operator=(const SigningKeyCache&) = delete;

 private:
  friend struct SigningKeyAccess;
  struct State;
  std::unique_ptr<State> state_;
};

/// AWS Signature Version 4 in headers (`botocore.auth.SigV4Auth`, `S3SigV4Auth`). The request is
/// not changed; a body that was read for its hash is rewound.
Result<SignatureAdditions> sign_v4(const HttpRequest& request, const Credentials& credentials,
                                   const SigV4Options& options, SigningKeyCache* cache = nullptr);

/// Replaces or appends the additions' headers.
void apply(const SignatureAdditions& additions, HttpRequest& request);

}  // namespace botocxx::auth
