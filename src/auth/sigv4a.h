#pragma once

#include "auth/sigv4.h"

namespace botocxx::auth {

/// AWS Signature Version 4a (ECDSA over P-256) in headers or, with `expires`, in the query. The
/// scope has no region; the region set is signed as X-Amz-Region-Set. Each signature of the same
/// request is another one; canonical request and string to sign are always the same.
Result<SignatureAdditions> sign_v4a(const HttpRequest& request, const Credentials& credentials,
                                    const SigV4Options& options, SigningKeyCache* cache = nullptr);

}  // namespace botocxx::auth
