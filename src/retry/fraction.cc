#include "retry/fraction.h"

#include <array>
#include <cstdint>

namespace botocxx::retry {

double random_fraction(const Random& random) {
  std::array<std::byte, 8> octets{};
  random.fill(octets);
  auto word = [&](std::size_t from) {
    std::uint32_t bits = 0;
    for (std::size_t i = 4; i-- > 0;) {
      bits = bits << 8 | std::to_integer<std::uint32_t>(octets[from + i]);
    }
    return bits;
  };
  constexpr double kTwoTo26 = 67108864.0;
  constexpr double kTwoTo53 = 9007199254740992.0;
  return (static_cast<double>(word(0) >> 5) * kTwoTo26 + static_cast<double>(word(4) >> 6)) /
         kTwoTo53;
}

}  // namespace botocxx::retry
