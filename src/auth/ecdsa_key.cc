#include "auth/ecdsa_key.h"

#include "auth/key_handles.h"
#include "base/digest.h"
#include <botocxx/base/text_encoding.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace botocxx::auth {
namespace {

using Group = std::unique_ptr<EC_GROUP, Free<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Free<EC_POINT_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, Free<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Free<OSSL_PARAM_free>>;

// Both coordinates behind the octet that says so.
constexpr std::size_t kPointSize = 65;
constexpr std::size_t kCoordinate = 32;
constexpr std::string_view kAlgorithm = "AWS4-ECDSA-P256-SHA256";

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Error failed(const char* what) {
  return Error(ErrorKind::kInternal, "Crypto", std::string("OpenSSL could not ") + what);
}

// NIST SP 800-108 in counter mode, one round: the label is the algorithm, the context the access
// key and a counter that goes up until the result is a private key.
std::optional<Number> candidate(const std::string& input_key, std::string_view access_key,
                                std::uint8_t counter, const BIGNUM* order_minus_two) {
  std::string input("\0\0\0\x01", 4);
  input.append(kAlgorithm).append(1, '\0').append(access_key);
  input += static_cast<char>(counter);
  input.append("\0\0\x01\0", 4);
  base::Sha256Bytes octets_of_key = base::hmac_sha256(as_byte_span(input_key), input);
  Number number(BN_bin2bn(reinterpret_cast<const unsigned char*>(octets_of_key.data()),
                          static_cast<int>(octets_of_key.size()), nullptr));
  if (!number || BN_cmp(number.get(), order_minus_two) > 0) return std::nullopt;
  if (!BN_add_word(number.get(), 1)) return std::nullopt;
  BN_set_flags(number.get(), BN_FLG_CONSTTIME);
  return number;
}

std::optional<Number> derive_number(std::string_view access_key, std::string_view secret_key,
                                    const EC_GROUP* group) {
  Number limit(BN_dup(EC_GROUP_get0_order(group)));
  if (!limit || !BN_sub_word(limit.get(), 2)) return std::nullopt;
  const std::string input_key = "AWS4A" + std::string(secret_key);
  for (int counter = 1; counter <= 254; ++counter) {
    auto number = candidate(input_key, access_key, static_cast<std::uint8_t>(counter), limit.get());
    if (number) return number;
  }
  return std::nullopt;
}

// `number` may be null: a key that can only verify.
Key make_key(const BIGNUM* number, const std::string& point) {
  ParamBuilder builder(OSSL_PARAM_BLD_new());
  KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  if (!builder || !context) return nullptr;
  bool ready = OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME,
                                               SN_X9_62_prime256v1, 0) &&
               OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY,
                                                point.data(), point.size()) &&
               (!number || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number));
  Params params(ready ? OSSL_PARAM_BLD_to_param(builder.get()) : nullptr);
  EVP_PKEY* key = nullptr;
  if (!params || EVP_PKEY_fromdata_init(context.get()) <= 0 ||
      EVP_PKEY_fromdata(context.get(), &key, number ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY,
                        params.get()) <= 0) {
    return nullptr;
  }
  return Key(key);
}

std::optional<std::string> hex_decode(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    int high = digit(text[i]), low = digit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

}  // namespace

struct EcdsaKey::State {
  Key key;
  std::string point;
};

Result<EcdsaKey> EcdsaKey::derive(std::string_view access_key, std::string_view secret_key) {
  Group group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  if (!group) return failed("load the curve P-256");
  auto number = derive_number(access_key, secret_key, group.get());
  if (!number) return failed("derive a private key from the credentials");
  Point point(EC_POINT_new(group.get()));
  std::string encoded(kPointSize, '\0');
  if (!point || !EC_POINT_mul(group.get(), point.get(), number->get(), nullptr, nullptr, nullptr) ||
      EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED,
                         reinterpret_cast<unsigned char*>(encoded.data()), encoded.size(),
                         nullptr) != kPointSize) {
    return failed("compute a public key");
  }
  Key key = make_key(number->get(), encoded);
  if (!key) return failed("make a key pair");
  return EcdsaKey(std::make_shared<const State>(State{std::move(key), std::move(encoded)}));
}

Result<std::string> EcdsaKey::sign(std::string_view text) const {
  DigestContext context(EVP_MD_CTX_new());
  std::size_t size = 0;
  if (!context ||
      EVP_DigestSignInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr, state_->key.get(),
                            nullptr) <= 0 ||
      EVP_DigestSign(context.get(), nullptr, &size, octets(text), text.size()) <= 0) {
    return failed("begin a signature");
  }
  std::vector<unsigned char> signature(size);
  if (EVP_DigestSign(context.get(), signature.data(), &size, octets(text), text.size()) <= 0) {
    return failed("sign");
  }
  signature.resize(size);
  return hex_encode(std::as_bytes(std::span(signature)));
}

Result<EcdsaPublicKey> EcdsaKey::public_key() const {
  std::string_view point = state_->point;
  return EcdsaPublicKey{.x = hex_encode(as_byte_span(point.substr(1, kCoordinate))),
                        .y = hex_encode(as_byte_span(point.substr(1 + kCoordinate)))};
}

bool verify_ecdsa(const EcdsaPublicKey& public_key, std::string_view text,
                  std::string_view signature) {
  auto x = hex_decode(public_key.x), y = hex_decode(public_key.y), der = hex_decode(signature);
  if (!x || !y || !der || x->size() != kCoordinate || y->size() != kCoordinate) return false;
  Key key = make_key(nullptr, "\x04" + *x + *y);
  DigestContext context(EVP_MD_CTX_new());
  return key && context &&
         EVP_DigestVerifyInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr, key.get(),
                                 nullptr) > 0 &&
         EVP_DigestVerify(context.get(), octets(*der), der->size(), octets(text), text.size()) > 0;
}

}  // namespace botocxx::auth
