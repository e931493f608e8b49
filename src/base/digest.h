#pragma once

#include <array>
#include <cstddef>
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

}  // namespace botocxx::base
