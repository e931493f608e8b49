#pragma once

#include "auth/payload_hash.h"
#include "auth/signature.h"
#include <botocxx/auth/credentials.h>
#include <botocxx/base/result.h>
#include <botocxx/message/http.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

namespace botocxx::auth {

/// What Signature Version 4 and 4a need besides a request and credentials. Views must outlive the
/// call only.
struct SigV4Options {
  std::string_view region{};
  std::string_view region_set{};  ///< 4a: comma-separated, `*` for all; empty: `region`
  std::string_view service{};     ///< the signing name
  Timestamp time{};
  std::chrono::seconds clock_skew{};  ///< the server's clock minus ours, added to `time`
  PayloadHash payload = PayloadHash::kSigned;
  bool double_encode_path = true;    ///< false for S3
  bool normalize_path = true;        ///< false for S3
  bool send_content_sha256 = false;  ///< true for S3: always send X-Amz-Content-SHA256
  bool session_auth = false;         ///< S3 Express: the token is sent as x-amz-s3session-token
  bool sign_session_token = true;    ///< false: the token is added behind the signature
  /// Set: the signature goes into the query and is valid that long (a presigned URL).
  std::optional<std::chrono::seconds> expires{};
  /// In a URL: false decodes the parameters, drops repetitions and encodes them again, as botocore
  /// does; true leaves them as they are.
  bool keep_query = false;
  /// In a URL: false drops the Content-Type that every form has, as botocore does.
  bool sign_form_type = false;
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

/// AWS Signature Version 4 in headers (botocore's SigV4Auth, S3SigV4Auth, S3ExpressAuth) or, with
/// `expires`, in the query (the same with QueryAuth). Parameters of a form or document that are to
/// be signed as query must be in the query already. The request is not changed; a body that was
/// read for its hash is rewound.
Result<SignatureAdditions> sign_v4(const HttpRequest& request, const Credentials& credentials,
                                   const SigV4Options& options, SigningKeyCache* cache = nullptr);

}  // namespace botocxx::auth
