#include "checksum.h"

#include "base/digest.h"
#include <botocxx/base/text_encoding.h>

#include <algorithm>
#include <array>

namespace botocxx::objectscale {
namespace {

template <typename Word>
using Table = std::array<std::array<Word, 256>, 8>;

/// Tables for eight octets at a time, of a polynomial in reflected form.
template <typename Word>
constexpr Table<Word> make_table(Word polynomial) {
  Table<Word> table{};
  for (unsigned octet = 0; octet < 256; ++octet) {
    Word word = octet;
    for (int bit = 0; bit < 8; ++bit) word = (word & 1) ? (word >> 1) ^ polynomial : word >> 1;
    table[0][octet] = word;
  }
  for (unsigned octet = 0; octet < 256; ++octet) {
    for (std::size_t row = 1; row < 8; ++row) {
      Word before = table[row - 1][octet];
      table[row][octet] = (before >> 8) ^ table[0][before & 0xFF];
    }
  }
  return table;
}

constexpr auto kCrc32 = make_table<std::uint32_t>(0xEDB88320U);
constexpr auto kCrc32c = make_table<std::uint32_t>(0x82F63B78U);
constexpr auto kCrc64Nvme = make_table<std::uint64_t>(0x9A6C9329AC4BC9B5U);

template <typename Word>
class Crc : public Checksum {
 public:
  explicit Crc(const Table<Word>& table) : table_(table) {}

  void update(std::span<const std::byte> bytes) override {
    while (bytes.size() >= 8) {
      Word next = 0;
      for (std::size_t i = 0; i < 8; ++i) {
        auto octet = std::to_integer<std::uint64_t>(bytes[i]);
        if (i < sizeof(Word)) octet ^= (word_ >> (8 * i)) & 0xFF;
        next ^= table_[7 - i][octet];
      }
      word_ = next;
      bytes = bytes.subspan(8);
    }
    for (std::byte byte : bytes) {
      word_ = static_cast<Word>(word_ >> 8) ^
              table_[0][(word_ ^ std::to_integer<unsigned>(byte)) & 0xFF];
    }
  }

  std::string finish() override {
    Word value = ~word_;
    std::string octets;
    for (std::size_t i = sizeof(Word); i-- > 0;) {
      octets += static_cast<char>((value >> (8 * i)) & 0xFF);
    }
    return octets;
  }

 private:
  const Table<Word>& table_;
  Word word_ = ~Word{0};
};

class DigestChecksum : public Checksum {
 public:
  explicit DigestChecksum(base::DigestAlgorithm algorithm) : digest_(algorithm) {}
  void update(std::span<const std::byte> bytes) override { digest_.update(bytes); }
  std::string finish() override { return digest_.finish(); }

 private:
  base::Digest digest_;
};

}  // namespace

std::unique_ptr<Checksum> make_checksum(std::string_view name) {
  using base::DigestAlgorithm;
  if (name == "crc32") return std::make_unique<Crc<std::uint32_t>>(kCrc32);
  if (name == "crc32c") return std::make_unique<Crc<std::uint32_t>>(kCrc32c);
  if (name == "crc64nvme") return std::make_unique<Crc<std::uint64_t>>(kCrc64Nvme);
  if (name == "sha1") return std::make_unique<DigestChecksum>(DigestAlgorithm::kSha1);
  if (name == "sha256") return std::make_unique<DigestChecksum>(DigestAlgorithm::kSha256);
  return nullptr;
}

std::string checksum_member(std::string_view name) {
  std::string member = "Checksum";
  for (char c : name) member += (c >= 'a' && c <= 'z') ? static_cast<char>(c - 'a' + 'A') : c;
  return member;
}

}  // namespace botocxx::objectscale
