// SHA-256 goes through OpenSSL's low-level functions, which OpenSSL 3 calls deprecated: the first
// use of EVP costs a program 1 ms, and every short text half as much again.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "base/digest.h"

#include <botocxx/base/text_encoding.h>

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <bit>
#include <cstring>

namespace botocxx::base {
namespace {

// Fetched once: a fetch costs more than hashing a small request. Kept for the process's life.
const EVP_MD* algorithm_of(DigestAlgorithm algorithm) {
  static const EVP_MD* const md5 = EVP_MD_fetch(nullptr, "MD5", nullptr);
  static const EVP_MD* const sha1 = EVP_MD_fetch(nullptr, "SHA1", nullptr);
  static const EVP_MD* const sha512 = EVP_MD_fetch(nullptr, "SHA512", nullptr);
  switch (algorithm) {
    case DigestAlgorithm::kMd5:
      return md5;
    case DigestAlgorithm::kSha1:
      return sha1;
    case DigestAlgorithm::kSha256:
      return nullptr;  // not through EVP
    case DigestAlgorithm::kSha512:
      return sha512;
  }
  return nullptr;
}

constexpr std::size_t kBlock = 64;  // of SHA-1 and SHA-256
using Block = std::array<std::byte, kBlock>;

Block xored(Block block, std::byte pad) {
  for (std::byte& octet : block) octet ^= pad;
  return block;
}

Sha256Bytes finish_sha256(SHA256_CTX& context) {
  Sha256Bytes out{};
  SHA256_Final(reinterpret_cast<unsigned char*>(out.data()), &context);
  return out;
}

}  // namespace

struct Digest::Context {
  explicit Context(DigestAlgorithm wanted) : algorithm(algorithm_of(wanted)) {
    if (algorithm) evp = EVP_MD_CTX_new();
    start();
  }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() { EVP_MD_CTX_free(evp); }

  void start() {
    if (evp) {
      EVP_DigestInit_ex2(evp, algorithm, nullptr);
    } else {
      SHA256_Init(&sha256);
    }
  }

  const EVP_MD* algorithm;
  EVP_MD_CTX* evp = nullptr;
  SHA256_CTX sha256{};
};

Digest::Digest(DigestAlgorithm algorithm) : context_(std::make_unique<Context>(algorithm)) {}

Digest::~Digest() = default;
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;

void Digest::update(std::span<const std::byte> bytes) {
  if (context_->evp) {
    EVP_DigestUpdate(context_->evp, bytes.data(), bytes.size());
  } else {
    SHA256_Update(&context_->sha256, bytes.data(), bytes.size());
  }
}

void Digest::update(std::string_view text) { update(as_byte_span(text)); }

std::string Digest::finish() {
  std::string octets;
  if (context_->evp) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> buffer{};
    unsigned int size = 0;
    EVP_DigestFinal_ex(context_->evp, buffer.data(), &size);
    octets.assign(reinterpret_cast<const char*>(buffer.data()), size);
  } else {
    octets = as_text(finish_sha256(context_->sha256));
  }
  context_->start();
  return octets;
}

Sha256Bytes sha256(std::string_view text) {
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, text.data(), text.size());
  return finish_sha256(context);
}

std::string sha256_hex(std::string_view text) { return hex_encode(sha256(text)); }

std::string md5(std::string_view text) {
  Digest digest(DigestAlgorithm::kMd5);
  digest.update(text);
  return digest.finish();
}

Sha256Bytes hmac_sha256(std::span<const std::byte> key, std::string_view text) {
  return HmacSha256Key(key).mac(text);
}

// RFC 2104; OpenSSL's one-shot HMAC() is several times slower for short texts.
std::string hmac_sha1(std::string_view key, std::string_view text) {
  Digest digest(DigestAlgorithm::kSha1);
  std::string shortened;
  if (key.size() > kBlock) {
    digest.update(key);
    shortened = digest.finish();
    key = shortened;
  }
  Block padded{};
  std::memcpy(padded.data(), key.data(), key.size());
  digest.update(xored(padded, std::byte{0x36}));
  digest.update(text);
  std::string inner = digest.finish();
  digest.update(xored(padded, std::byte{0x5c}));
  digest.update(inner);
  return digest.finish();
}

HmacSha256Key::HmacSha256Key(std::span<const std::byte> key) {
  static_assert(sizeof(State) == sizeof(SHA256_CTX));
  Block padded{};
  if (key.size() > kBlock) {
    Sha256Bytes shortened = sha256(as_text(key));
    std::memcpy(padded.data(), shortened.data(), shortened.size());
  } else if (!key.empty()) {
    std::memcpy(padded.data(), key.data(), key.size());
  }
  auto hashed = [&](std::byte pad) {
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, xored(padded, pad).data(), kBlock);
    return std::bit_cast<State>(context);
  };
  inner_ = hashed(std::byte{0x36});
  outer_ = hashed(std::byte{0x5c});
}

Sha256Bytes HmacSha256Key::mac(std::string_view text) const {
  auto inner = std::bit_cast<SHA256_CTX>(inner_);
  SHA256_Update(&inner, text.data(), text.size());
  Sha256Bytes middle = finish_sha256(inner);
  auto outer = std::bit_cast<SHA256_CTX>(outer_);
  SHA256_Update(&outer, middle.data(), middle.size());
  return finish_sha256(outer);
}

}  // namespace botocxx::base
