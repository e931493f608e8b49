#pragma once

#include "auth/ecdsa_key.h"
#include "auth/sigv4.h"
#include "base/digest.h"

#include <string_view>

namespace botocxx::auth {

/// The algorithms' names in signatures of Version 4 and 4a.
inline constexpr std::string_view kHmacSha256 = "AWS4-HMAC-SHA256";
inline constexpr std::string_view kEcdsaP256Sha256 = "AWS4-ECDSA-P256-SHA256";

/// What a derived key belongs to.
struct SigningScope {
  std::string_view date;  ///< `YYYYMMDD`
  std::string_view region;
  std::string_view service;
};

/// `DATE/REGION/SERVICE/aws4_request`.
std::string credential_scope(const SigningScope& scope);

/// The door to `SigningKeyCache` for signers.
struct SigningKeyAccess {
  /// The derived key, from the cache when that is given and has it.
  static base::HmacSha256Key key(std::string_view secret, const SigningScope& scope,
                                 SigningKeyCache* cache);
  /// The same for Version 4a, whose keys have no scope.
  static Result<EcdsaKey> ecdsa_key(std::string_view access_key, std::string_view secret,
                                    SigningKeyCache* cache);
  /// How many keys of both kinds are kept at the moment.
  static std::size_t size(const SigningKeyCache& cache);
};

}  // namespace botocxx::auth
