#include "base/crc.h"

#include "base/crc_folding.h"
#include <botocxx/base/text_encoding.h>

#include <array>

namespace botocxx::base {
namespace {

// A word holds a polynomial with the highest power in its lowest bit, as reflected checks do.
template <typename Word>
constexpr Word times_x(Word value, Word polynomial) {
  return static_cast<Word>((value >> 1) ^ ((value & 1) != 0 ? polynomial : Word{0}));
}

// x to the power of `exponent`, modulo the polynomial, at the top of 64 bits.
template <typename Word>
constexpr std::uint64_t power_of_x(std::size_t exponent, Word polynomial) {
  auto value = static_cast<Word>(Word{1} << (sizeof(Word) * 8 - 1));
  for (std::size_t i = 0; i < exponent; ++i) value = times_x(value, polynomial);
  return static_cast<std::uint64_t>(value) << (64 - sizeof(Word) * 8);
}

template <typename Word>
constexpr FoldingKey folding_key(std::size_t bits, Word polynomial) {
  // A product of two reflected words comes out one place too low, so one power less.
  return {power_of_x<Word>(bits + 63, polynomial), power_of_x<Word>(bits - 1, polynomial)};
}

// What is known of one check beforehand: tables for eight octets at a time, keys for folding.
template <typename Word>
struct Check {
  std::array<std::array<Word, 256>, 8> tables{};
  FoldingKeys keys{};

  explicit constexpr Check(Word polynomial) {
    for (std::size_t octet = 0; octet < 256; ++octet) {
      auto value = static_cast<Word>(octet);
      for (int bit = 0; bit < 8; ++bit) value = times_x(value, polynomial);
      tables[0][octet] = value;
    }
    for (std::size_t zeros = 1; zeros < 8; ++zeros) {
      for (std::size_t octet = 0; octet < 256; ++octet) {
        Word value = tables[zeros - 1][octet];
        tables[zeros][octet] = static_cast<Word>((value >> 8) ^ tables[0][value & 0xff]);
      }
    }
    keys = {folding_key(128, polynomial), folding_key(512, polynomial),
            folding_key(2048, polynomial)};
  }
};

constexpr Check<std::uint32_t> kCrc32(0xEDB88320U);
constexpr Check<std::uint32_t> kCrc32c(0x82F63B78U);
constexpr Check<std::uint64_t> kCrc64Nvme(0x9A6C9329AC4BC9B5U);

std::uint64_t load(const std::byte* at) {
  std::uint64_t value = 0;
  for (unsigned i = 0; i < 8; ++i) value |= std::to_integer<std::uint64_t>(at[i]) << (8 * i);
  return value;
}

template <typename Word>
Word by_tables(const Check<Word>& check, std::span<const std::byte> octets, Word state) {
  while (octets.size() >= 8) {
    std::uint64_t word = load(octets.data()) ^ state;
    state = 0;
    for (unsigned i = 0; i < 8; ++i) state ^= check.tables[7 - i][(word >> (8 * i)) & 0xff];
    octets = octets.subspan(8);
  }
  for (std::byte octet : octets) {
    auto index = static_cast<std::uint8_t>(state ^ std::to_integer<Word>(octet));
    state = static_cast<Word>((state >> 8) ^ check.tables[0][index]);
  }
  return state;
}

template <typename Word>
Word updated(const Check<Word>& check, std::span<const std::byte> octets, Word state) {
  if (std::size_t count = foldable(octets.size()); count > 0) {
    // What is left after folding has the same remainder as all that was folded.
    Folded left = fold(octets.first(count), state, check.keys);
    state = by_tables<Word>(check, left, 0);
    octets = octets.subspan(count);
  }
  return by_tables(check, octets, state);
}

}  // namespace

std::uint32_t crc32(std::span<const std::byte> octets, std::uint32_t before) {
  return ~updated(kCrc32, octets, ~before);
}
std::uint32_t crc32(std::string_view octets, std::uint32_t before) {
  return crc32(as_byte_span(octets), before);
}
std::uint32_t crc32c(std::span<const std::byte> octets, std::uint32_t before) {
  return ~updated(kCrc32c, octets, ~before);
}
std::uint64_t crc64nvme(std::span<const std::byte> octets, std::uint64_t before) {
  return ~updated(kCrc64Nvme, octets, ~before);
}

namespace crc_by_tables {

std::uint32_t crc32(std::span<const std::byte> octets, std::uint32_t before) {
  return ~by_tables(kCrc32, octets, ~before);
}
std::uint32_t crc32c(std::span<const std::byte> octets, std::uint32_t before) {
  return ~by_tables(kCrc32c, octets, ~before);
}
std::uint64_t crc64nvme(std::span<const std::byte> octets, std::uint64_t before) {
  return ~by_tables(kCrc64Nvme, octets, ~before);
}

}  // namespace crc_by_tables

}  // namespace botocxx::base
