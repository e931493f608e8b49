#include "integrity/checksum.h"

#include "base/crc.h"
#include "base/digest.h"
#include "integrity/running_checksum.h"
#include "integrity/xxhash_sum.h"
#include <botocxx/base/text_encoding.h>

#include <array>

namespace botocxx::integrity {
namespace {

struct Name {
  ChecksumAlgorithm algorithm;
  std::string_view name;
};

constexpr std::array<Name, 10> kNames{{{ChecksumAlgorithm::kCrc32, "crc32"},
                                       {ChecksumAlgorithm::kCrc32c, "crc32c"},
                                       {ChecksumAlgorithm::kCrc64Nvme, "crc64nvme"},
                                       {ChecksumAlgorithm::kSha1, "sha1"},
                                       {ChecksumAlgorithm::kSha256, "sha256"},
                                       {ChecksumAlgorithm::kSha512, "sha512"},
                                       {ChecksumAlgorithm::kMd5, "md5"},
                                       {ChecksumAlgorithm::kXxhash64, "xxhash64"},
                                       {ChecksumAlgorithm::kXxhash3, "xxhash3"},
                                       {ChecksumAlgorithm::kXxhash128, "xxhash128"}}};

template <typename Word, Word (*Update)(std::span<const std::byte>, Word)>
struct RunningCrc : Checksum::Running {
  void update(std::span<const std::byte> octets) override { value = Update(octets, value); }
  std::string finish() override {
    std::string out(sizeof(Word), '\0');
    for (std::size_t i = 0; i < sizeof(Word); ++i) {
      out[i] = static_cast<char>(value >> (8 * (sizeof(Word) - 1 - i)));
    }
    value = 0;
    return out;
  }
  Word value = 0;
};

struct RunningDigest : Checksum::Running {
  explicit RunningDigest(base::DigestAlgorithm algorithm) : digest(algorithm) {}
  void update(std::span<const std::byte> octets) override { digest.update(octets); }
  std::string finish() override { return digest.finish(); }
  base::Digest digest;
};

std::unique_ptr<Checksum::Running> start(ChecksumAlgorithm algorithm) {
  using base::DigestAlgorithm;
  switch (algorithm) {
    case ChecksumAlgorithm::kCrc32:
      return std::make_unique<RunningCrc<std::uint32_t, base::crc32>>();
    case ChecksumAlgorithm::kCrc32c:
      return std::make_unique<RunningCrc<std::uint32_t, base::crc32c>>();
    case ChecksumAlgorithm::kCrc64Nvme:
      return std::make_unique<RunningCrc<std::uint64_t, base::crc64nvme>>();
    case ChecksumAlgorithm::kSha1:
      return std::make_unique<RunningDigest>(DigestAlgorithm::kSha1);
    case ChecksumAlgorithm::kSha256:
      return std::make_unique<RunningDigest>(DigestAlgorithm::kSha256);
    case ChecksumAlgorithm::kSha512:
      return std::make_unique<RunningDigest>(DigestAlgorithm::kSha512);
    case ChecksumAlgorithm::kMd5:
      return std::make_unique<RunningDigest>(DigestAlgorithm::kMd5);
    case ChecksumAlgorithm::kXxhash64:
      return start_xxhash64();
    case ChecksumAlgorithm::kXxhash3:
      return start_xxhash3();
    case ChecksumAlgorithm::kXxhash128:
      return start_xxhash128();
  }
  return nullptr;
}

}  // namespace

std::optional<ChecksumAlgorithm> find_checksum_algorithm(std::string_view name) {
  for (const Name& known : kNames) {
    if (equals_ignore_case(known.name, name)) return known.algorithm;
  }
  return std::nullopt;
}

std::string_view to_string(ChecksumAlgorithm algorithm) {
  for (const Name& known : kNames) {
    if (known.algorithm == algorithm) return known.name;
  }
  return {};
}

std::string checksum_header(ChecksumAlgorithm algorithm) {
  return "x-amz-checksum-" + std::string(to_string(algorithm));
}

Checksum::Checksum(ChecksumAlgorithm algorithm) : running_(start(algorithm)) {}
Checksum::~Checksum() = default;
Checksum::Checksum(Checksum&&) noexcept = default;
Checksum& Checksum::operator=(Checksum&&) noexcept = default;

void Checksum::update(std::span<const std::byte> octets) { running_->update(octets); }
void Checksum::update(std::string_view octets) { running_->update(as_byte_span(octets)); }
std::string Checksum::finish() { return running_->finish(); }

}  // namespace botocxx::integrity
