#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace botocxx::objectscale {

/// A checksum over octets that arrive piece by piece.
class Checksum {
 public:
  virtual ~Checksum() = default;
  virtual void update(std::span<const std::byte> bytes) = 0;
  /// The checksum's octets, most significant first.
  virtual std::string finish() = 0;
};

/// By the last part of its header's name: "crc32", "crc32c", "crc64nvme", "sha1", "sha256"; null
/// for others.
std::unique_ptr<Checksum> make_checksum(std::string_view name);

inline constexpr std::string_view kChecksumHeader = "x-amz-checksum-";
/// "crc32" → "ChecksumCRC32": the member of inputs and outputs.
std::string checksum_member(std::string_view name);

}  // namespace botocxx::objectscale
