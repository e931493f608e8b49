#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace botocxx::base {

enum class DigestAlgorithm { kMd5, kSha1, kSha256, kSha512 };

/// One-pass message digest (OpenSSL behind it). Not thread-safe; use one per stream.
class Digest {
 public:
  explicit Digest(DigestAlgorithm algorithm);
  ~Digest();
  Digest(Digest&&) noexcept;
  Digest& operator=(Digest&&) noexcept;

  void update(std::span<const std::byte> bytes);
  void update(std::string_view text);
  /// The digest's octets; the object starts over afterwards.
  std::string finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

using Sha256Bytes = std::array<std::byte, 32>;

Sha256Bytes sha256(std::string_view text);
std::string sha256_hex(std::string_view text);
std::string md5(std::string_view text);
Sha256Bytes hmac_sha256(std::span<const std::byte> key, std::string_view text);
std::string hmac_sha1(std::string_view key, std::string_view text);

/// A key of HMAC-SHA256 whose two pads are hashed already, so that a short text costs two blocks
/// less. A plain value; `mac` may be called from several threads at once.
class HmacSha256Key {
 public:
  explicit HmacSha256Key(std::span<const std::byte> key);
  Sha256Bytes mac(std::string_view text) const;

 private:
  // Room for OpenSSL's SHA256_CTX, whose header stays out of ours.
  struct State {
    std::array<std::uint32_t, 28> words;
  };
  State inner_, outer_;
};

}  // namespace botocxx::base
