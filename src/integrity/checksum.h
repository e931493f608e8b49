#pragma once

#include <botocxx/base/result.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace botocxx::integrity {

/// What services can check a body by. Digests are big-endian, as they travel in headers.
enum class ChecksumAlgorithm {
  kCrc32,
  kCrc32c,
  kCrc64Nvme,
  kSha1,
  kSha256,
  kSha512,
  kMd5,
  kXxhash64,
  kXxhash3,
  kXxhash128
};

/// By the model's name ("CRC64NVME"), in any case.
std::optional<ChecksumAlgorithm> find_checksum_algorithm(std::string_view name);
/// In lower case, as in names of headers: "crc64nvme".
std::string_view to_string(ChecksumAlgorithm algorithm);
/// "x-amz-checksum-crc64nvme".
std::string checksum_header(ChecksumAlgorithm algorithm);

/// One pass over a body, piece by piece. Not thread-safe; use one a body.
class Checksum {
 public:
  explicit Checksum(ChecksumAlgorithm algorithm);
  ~Checksum();
  Checksum(Checksum&&) noexcept;
  Checksum& operator=(Checksum&&) noexcept;

  void update(std::span<const std::byte> octets);
  void update(std::string_view octets);
  /// The digest's octets; the object starts over afterwards.
  std::string finish();

  struct Running;

 private:
  std::unique_ptr<Running> running_;
};

}  // namespace botocxx::integrity
