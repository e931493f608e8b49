#pragma once

#include "auth/sigv4.h"
#include "base/digest.h"

#include <string_view>

namespace botocxx::auth {

/// The algorithm's name in signatures of Version 4.
inline constexpr std::string_view kHmacSha256 = "AWS4-HMAC-SHA256";

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
  /// How many keys are kept at the moment.
  static std::size_t size(const SigningKeyCache& cache);
};

}  // namespace botocxx::auth
