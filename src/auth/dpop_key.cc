#include "auth/dpop_key.h"

#include "auth/key_handles.h"
#include "codec/json.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/value/value.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <vector>

namespace botocxx::auth {
namespace {

using Signature = std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG_free>>;

constexpr int kCoordinate = 32;

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string base64_url(std::string_view text) {
  std::string encoded = base64_encode(as_byte_span(text));
  while (encoded.ends_with('=')) encoded.pop_back();
  for (char& c : encoded) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return encoded;
}

std::string padded(const BIGNUM* number) {
  std::string out(kCoordinate, '\0');
  BN_bn2binpad(number, reinterpret_cast<unsigned char*>(out.data()), kCoordinate);
  return out;
}

// The base64 between the lines of dashes.
std::string content_of(std::string_view pem) {
  std::string content;
  while (!pem.empty()) {
    const std::size_t end = pem.find_first_of("\r\n");
    std::string_view line = pem.substr(0, end);
    pem.remove_prefix(end == std::string_view::npos ? pem.size() : end + 1);
    if (!line.starts_with("-----")) content += line;
  }
  return content;
}

std::string coordinate(const EVP_PKEY* key, const char* name) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &number) != 1) return {};
  return padded(Number(number).get());
}

bool is_p256(const EVP_PKEY* key) {
  std::string name(32, '\0');
  std::size_t size = 0;
  return EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, name.data(), name.size(),
                                        &size) == 1 &&
         name.substr(0, size) == "prime256v1";
}

// DER to the two numbers one after the other.
std::string raw_signature(const std::vector<unsigned char>& der) {
  const unsigned char* data = der.data();
  Signature signature(d2i_ECDSA_SIG(nullptr, &data, static_cast<long>(der.size())));
  if (!signature) return {};
  return padded(ECDSA_SIG_get0_r(signature.get())) + padded(ECDSA_SIG_get0_s(signature.get()));
}

std::string sign(EVP_PKEY* key, const std::string& text) {
  DigestContext context(EVP_MD_CTX_new());
  std::size_t size = 0;
  if (!context ||
      EVP_DigestSignInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr, key, nullptr) <=
          0 ||
      EVP_DigestSign(context.get(), nullptr, &size, octets(text), text.size()) <= 0) {
    return {};
  }
  std::vector<unsigned char> der(size);
  if (EVP_DigestSign(context.get(), der.data(), &size, octets(text), text.size()) <= 0) return {};
  der.resize(size);
  return raw_signature(der);
}

}  // namespace

struct DpopKey::State {
  Key key;
  std::string x, y;
};

Result<DpopKey> DpopKey::from_pem(std::string_view pem) {
  auto der = base64_decode(content_of(pem));
  const unsigned char* data = der ? octets(*der) : nullptr;
  Key key(der ? d2i_AutoPrivateKey(nullptr, &data, static_cast<long>(der->size())) : nullptr);
  if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_EC || !is_p256(key.get())) {
    return Error(ErrorKind::kCredentials, "InvalidKey", "not a private key of the curve P-256");
  }
  std::string x = coordinate(key.get(), OSSL_PKEY_PARAM_EC_PUB_X);
  std::string y = coordinate(key.get(), OSSL_PKEY_PARAM_EC_PUB_Y);
  return DpopKey(std::make_shared<const State>(State{std::move(key), std::move(x), std::move(y)}));
}

Result<std::string> DpopKey::prove(const DpopClaims& claims) const {
  const Value key = Value::object({{"kty", "EC"},
                                   {"x", base64_url(state_->x)},
                                   {"y", base64_url(state_->y)},
                                   {"crv", "P-256"}});
  const Value header = Value::object({{"typ", "dpop+jwt"}, {"alg", "ES256"}, {"jwk", key}});
  const Value payload = Value::object(
      {{"htm", claims.method}, {"htu", claims.url}, {"iat", claims.issued_at}, {"jti", claims.id}});
  std::string text =
      base64_url(codec::write_json(header)) + '.' + base64_url(codec::write_json(payload));
  const std::string signature = sign(state_->key.get(), text);
  if (signature.empty()) {
    return Error(ErrorKind::kInternal, "Crypto", "OpenSSL could not sign a proof of possession");
  }
  return text + '.' + base64_url(signature);
}

}  // namespace botocxx::auth
