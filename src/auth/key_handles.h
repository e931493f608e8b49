#pragma once

#include <openssl/bn.h>
#include <openssl/evp.h>

#include <memory>

namespace botocxx::auth {

/// Deletes an object of OpenSSL's by its own function.
template <auto kFree>
struct Free {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};

using Number = std::unique_ptr<BIGNUM, Free<BN_clear_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;

}  // namespace botocxx::auth
