#pragma once

#include "auth/sigv4.h"

#include <string>
#include <string_view>

namespace botocxx::auth {

/// Where the versions 4 and 4a differ before a key is needed.
struct V4Flavor {
  std::string_view algorithm{};   ///< "AWS4-HMAC-SHA256"
  std::string_view region{};      ///< part of the scope; empty: the scope has none
  std::string_view region_set{};  ///< sent and signed; empty: not
  bool expires_last = false;      ///< in URLs, expiry and token follow the list of signed headers
};

/// A request up to its string to sign.
struct V4Draft {
  SignatureAdditions additions{};
  std::string time{};   ///< `YYYYMMDDTHHMMSSZ`
  std::string scope{};  ///< `DATE/REGION/SERVICE/aws4_request`, or without region
};

Result<V4Draft> draft_v4(const HttpRequest& request, const Credentials& credentials,
                         const SigV4Options& options, const V4Flavor& flavor);

/// The additions with `signature`, as header or as last parameter of the query.
SignatureAdditions finish_v4(V4Draft draft, const Credentials& credentials,
                             const SigV4Options& options, const V4Flavor& flavor,
                             std::string signature);

}  // namespace botocxx::auth
