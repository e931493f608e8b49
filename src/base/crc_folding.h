#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace botocxx::base {

/// Shortens a text to 16 octets with the same remainder, by carry-less multiplication (V. Gopal et
/// al., "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction", Intel 2009).

/// Factors that move the two halves of 128 bits on by a distance.
struct FoldingKey {
  std::uint64_t first = 0;
  std::uint64_t second = 0;
};
struct FoldingKeys {
  FoldingKey by_128{}, by_512{}, by_2048{};  ///< distances in bits
};

using Folded = std::array<std::byte, 16>;

/// How many of `size` octets this processor can fold; 0 where it cannot, or where that is not worth
/// it.
std::size_t foldable(std::size_t size);

/// `octets` are as many as `foldable` said. `state` goes into the first of them.
Folded fold(std::span<const std::byte> octets, std::uint64_t state, const FoldingKeys& keys);

}  // namespace botocxx::base
