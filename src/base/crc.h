#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace botocxx::base {

/// Cyclic redundancy checks, all reflected and with inverted first and last states. `before` is the
/// check of the octets in front of `octets`, so that a text may come in pieces.
///
/// CRC-32 of gzip, PNG and event streams (polynomial 0x04C11DB7).
std::uint32_t crc32(std::span<const std::byte> octets, std::uint32_t before = 0);
std::uint32_t crc32(std::string_view octets, std::uint32_t before = 0);
/// CRC-32C of iSCSI (polynomial 0x1EDC6F41).
std::uint32_t crc32c(std::span<const std::byte> octets, std::uint32_t before = 0);
/// CRC-64 of NVMe (polynomial 0xAD93D23594C93659).
std::uint64_t crc64nvme(std::span<const std::byte> octets, std::uint64_t before = 0);

/// The same by tables alone, as on a processor without carry-less multiplication.
namespace crc_by_tables {
std::uint32_t crc32(std::span<const std::byte> octets, std::uint32_t before = 0);
std::uint32_t crc32c(std::span<const std::byte> octets, std::uint32_t before = 0);
std::uint64_t crc64nvme(std::span<const std::byte> octets, std::uint64_t before = 0);
}  // namespace crc_by_tables

}  // namespace botocxx::base
