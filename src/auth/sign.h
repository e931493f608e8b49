#pragma once

#include "auth/hmac_v1.h"
#include "auth/scheme.h"
#include "auth/sigv4.h"

#include <string_view>

namespace botocxx::auth {

/// What any signer may need; each reads its own.
struct SigningInput {
  AuthScheme scheme{};
  /// Region, name, time, skew, payload and expiry. What distinguishes S3's flavours (path, hash
  /// header, session token) follows from the scheme.
  SigV4Options v4{};
  HmacV1Options store_v1{};  ///< resource path and additions; the moment and expiry are `v4`'s
  std::string_view bearer_token{};
};

/// Signs with the scheme; one without a signature gives no additions. Forms of browsers are
/// signed by `sign_post_v4` and `sign_post_v1`. `credentials` may be null only where the
/// scheme needs none. A URL is valid for an hour (of a session for five minutes) unless
/// `v4.expires` says otherwise.
Result<SignatureAdditions> sign(const HttpRequest& request, const Credentials* credentials,
                                const SigningInput& input, SigningKeyCache* cache = nullptr);

}  // namespace botocxx::auth
