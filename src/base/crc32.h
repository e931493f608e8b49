#pragma once

#include <cstdint>
#include <string_view>

namespace botocxx::base {

/// The CRC-32 of gzip, PNG and event streams (polynomial 0x04C11DB7, reflected; zlib behind it).
/// `before` is the checksum of the octets in front of `octets`, so that a text may come in pieces.
std::uint32_t crc32(std::string_view octets, std::uint32_t before = 0);

}  // namespace botocxx::base
