#pragma once

#include "auth/signature.h"
#include <botocxx/auth/credentials.h>
#include <botocxx/base/result.h>

#include <chrono>

namespace botocxx::auth {

/// When a request of the older schemes is signed.
struct SigningMoment {
  Timestamp time{};
  std::chrono::seconds clock_skew{};  ///< the server's clock minus ours, added to `time`

  Timestamp server_time() const {
    return Timestamp::from_unix(time.seconds() + clock_skew.count());
  }
};

/// Signature Version 2 of query services: parameters of the form in the body, or of the query when
/// there is no body, are signed, and the signature is one more of them.
Result<SignatureAdditions> sign_v2(const HttpRequest& request, const Credentials& credentials,
                                   const SigningMoment& moment);

/// Signature Version 3 (AWS3-HTTPS): X-Amzn-Authorization over the Date header alone.
Result<SignatureAdditions> sign_v3(const HttpRequest& request, const Credentials& credentials,
                                   const SigningMoment& moment);

}  // namespace botocxx::auth
