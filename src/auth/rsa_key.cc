#include "auth/rsa_key.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <climits>

namespace botocxx::auth {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using DigestContext = std::unique_ptr<EVP_MD_CTX, FreeContext>;

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Without it OpenSSL would ask on the terminal.
int no_passphrase(char*, int, int, void*) { return 0; }

Error failed(const char* what) {
  return Error(ErrorKind::kInternal, "Crypto", std::string("OpenSSL could not ") + what);
}

}  // namespace

struct RsaKey::State {
  explicit State(EVP_PKEY* owned) : key(owned) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { EVP_PKEY_free(key); }
  EVP_PKEY* key;
};

Result<RsaKey> RsaKey::from_pem(std::string_view pem) {
  EVP_PKEY* key = nullptr;
  if (pem.size() <= INT_MAX) {
    BIO* source = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
    if (source) key = PEM_read_bio_PrivateKey(source, nullptr, no_passphrase, nullptr);
    BIO_free(source);
  }
  auto state = std::make_shared<const State>(key);
  if (!key || EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA) {
    return Error(ErrorKind::kUsage, "InvalidKey",
                 "expected an RSA private key in PEM that is not encrypted")
        .with_hint("openssl rsa -in KEY -out PLAIN_KEY takes the passphrase away");
  }
  return RsaKey(std::move(state));
}

Result<std::string> RsaKey::sign_sha1(std::string_view text) const {
  DigestContext context(EVP_MD_CTX_new());
  std::size_t size = 0;
  if (!context ||
      EVP_DigestSignInit_ex(context.get(), nullptr, "SHA1", nullptr, nullptr, state_->key,
                            nullptr) <= 0 ||
      EVP_DigestSign(context.get(), nullptr, &size, octets(text), text.size()) <= 0) {
    return failed("begin a signature over SHA-1");
  }
  std::string signature(size, '\0');
  if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                     octets(text), text.size()) <= 0) {
    return failed("sign over SHA-1");
  }
  signature.resize(size);
  return signature;
}

bool RsaKey::verifies_sha1(std::string_view text, std::string_view signature) const {
  DigestContext context(EVP_MD_CTX_new());
  return context &&
         EVP_DigestVerifyInit_ex(context.get(), nullptr, "SHA1", nullptr, nullptr, state_->key,
                                 nullptr) > 0 &&
         EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(text),
                          text.size()) > 0;
}

}  // namespace botocxx::auth
