#include "base/digest.h"

#include <botocxx/base/text_encoding.h>

#include <openssl/evp.h>

#include <cstring>

namespace botocxx::base {
namespace {

// Fetched once: a fetch costs more than hashing a small request. Kept for the process's life.
const EVP_MD* algorithm_of(DigestAlgorithm algorithm) {
  static const EVP_MD* const md5 = EVP_MD_fetch(nullptr, "MD5", nullptr);
  static const EVP_MD* const sha1 = EVP_MD_fetch(nullptr, "SHA1", nullptr);
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  static const EVP_MD* const sha512 = EVP_MD_fetch(nullptr, "SHA512", nullptr);
  switch (algorithm) {
    case DigestAlgorithm::kMd5:
      return md5;
    case DigestAlgorithm::kSha1:
      return sha1;
    case DigestAlgorithm::kSha256:
      return sha256;
    case DigestAlgorithm::kSha512:
      return sha512;
  }
  return sha256;
}

constexpr std::size_t kBlock = 64;  // of SHA-1 and SHA-256

// RFC 2104 over `algorithm`; OpenSSL's one-shot HMAC() is several times slower for short texts.
std::string hmac(DigestAlgorithm algorithm, std::string_view key, std::string_view text) {
  std::string padded(key);
  if (padded.size() > kBlock) {
    Digest shorten(algorithm);
    shorten.update(padded);
    padded = shorten.finish();
  }
  padded.resize(kBlock, '\0');
  std::string inner_pad = padded, outer_pad = padded;
  for (char& c : inner_pad) c = static_cast<char>(c ^ 0x36);
  for (char& c : outer_pad) c = static_cast<char>(c ^ 0x5c);
  Digest inner(algorithm);
  inner.update(inner_pad);
  inner.update(text);
  Digest outer(algorithm);
  outer.update(outer_pad);
  outer.update(inner.finish());
  return outer.finish();
}

Sha256Bytes to_array(const std::string& octets) {
  Sha256Bytes out{};
  std::memcpy(out.data(), octets.data(), out.size());
  return out;
}

}  // namespace

struct Digest::Context {
  EVP_MD_CTX* evp = EVP_MD_CTX_new();
  const EVP_MD* algorithm = nullptr;
  ~Context() { EVP_MD_CTX_free(evp); }
};

Digest::Digest(DigestAlgorithm algorithm) : context_(std::make_unique<Context>()) {
  context_->algorithm = algorithm_of(algorithm);
  EVP_DigestInit_ex2(context_->evp, context_->algorithm, nullptr);
}

Digest::~Digest() = default;
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;

void Digest::update(std::span<const std::byte> bytes) {
  EVP_DigestUpdate(context_->evp, bytes.data(), bytes.size());
}

void Digest::update(std::string_view text) { update(as_byte_span(text)); }

std::string Digest::finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> buffer{};
  unsigned int size = 0;
  EVP_DigestFinal_ex(context_->evp, buffer.data(), &size);
  EVP_DigestInit_ex2(context_->evp, context_->algorithm, nullptr);
  return std::string(reinterpret_cast<const char*>(buffer.data()), size);
}

Sha256Bytes sha256(std::string_view text) {
  Digest digest(DigestAlgorithm::kSha256);
  digest.update(text);
  return to_array(digest.finish());
}

std::string sha256_hex(std::string_view text) { return hex_encode(sha256(text)); }

std::string md5(std::string_view text) {
  Digest digest(DigestAlgorithm::kMd5);
  digest.update(text);
  return digest.finish();
}

Sha256Bytes hmac_sha256(std::span<const std::byte> key, std::string_view text) {
  return to_array(hmac(DigestAlgorithm::kSha256, as_text(key), text));
}

std::string hmac_sha1(std::string_view key, std::string_view text) {
  return hmac(DigestAlgorithm::kSha1, key, text);
}

}  // namespace botocxx::base
