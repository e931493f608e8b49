#include "base/crc32.h"

#include <zlib.h>

namespace botocxx::base {

std::uint32_t crc32(std::string_view octets, std::uint32_t before) {
  auto data = reinterpret_cast<const Bytef*>(octets.data());
  return static_cast<std::uint32_t>(::crc32_z(before, data, octets.size()));
}

}  // namespace botocxx::base
