#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace botocxx::auth {

/// What signs; the names in the comments are botocore's signature versions.
enum class SchemeFamily {
  kNone,       ///< none: nothing is added
  kV2,         ///< v2
  kV3,         ///< v3, v3https
  kV4,         ///< v4
  kV4a,        ///< v4a
  kStoreV4,    ///< s3v4: V4 as S3 takes it
  kStoreV4a,   ///< s3v4a
  kStoreV1,    ///< s3: HmacV1
  kSessionV4,  ///< v4-s3express: V4 with the token of a bucket's session
  kBearer,     ///< bearer
};

/// Where the signature goes.
enum class SigningForm {
  kHeaders,
  kQuery,    ///< a presigned URL; `-query` behind the name
  kPostForm  ///< a browser's form; `-presign-post` behind the name
};

struct AuthScheme {
  SchemeFamily family = SchemeFamily::kNone;
  SigningForm form = SigningForm::kHeaders;
  friend bool operator==(const AuthScheme&, const AuthScheme&) = default;
};

/// Reads a signature version; nothing when there is no such signer, e.g. for `bearer-query`.
std::optional<AuthScheme> parse_scheme(std::string_view signature_version);
/// Whether there is a signer for this combination.
bool is_supported(AuthScheme scheme);
/// botocore's name, e.g. "s3v4-query".
std::string to_string(AuthScheme scheme);

}  // namespace botocxx::auth
