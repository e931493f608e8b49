#include "codec/cbor_writer.h"

#include <bit>
#include <cmath>

namespace botocxx::codec {

void CborWriter::append_big_endian(std::uint64_t number, unsigned size) {
  for (unsigned shift = size * 8; shift > 0; shift -= 8) {
    out_ += static_cast<char>(number >> (shift - 8) & 0xff);
  }
}

void CborWriter::head(unsigned type, std::uint64_t argument) {
  unsigned high = type << 5;
  if (argument < 24) {
    out_ += static_cast<char>(high | argument);
    return;
  }
  unsigned size_code = argument <= 0xff         ? 0
                       : argument <= 0xffff     ? 1
                       : argument <= 0xffffffff ? 2
                                                : 3;
  out_ += static_cast<char>(high | (24 + size_code));
  append_big_endian(argument, 1u << size_code);
}

void CborWriter::integer(std::int64_t number) {
  if (number >= 0) return head(0, static_cast<std::uint64_t>(number));
  head(1, static_cast<std::uint64_t>(-1 - number));
}

void CborWriter::bytes(std::string_view octets) {
  head(2, octets.size());
  out_ += octets;
}

void CborWriter::text(std::string_view text) {
  head(3, text.size());
  out_ += text;
}

void CborWriter::boolean(bool value) { out_ += static_cast<char>(value ? 0xf5 : 0xf4); }

void CborWriter::null() { out_ += static_cast<char>(0xf6); }

bool CborWriter::special_float(double number) {
  if (std::isfinite(number)) return false;
  out_ += static_cast<char>(0xf9);
  append_big_endian(std::isnan(number) ? 0x7e00 : number < 0 ? 0xfc00 : 0x7c00, 2);
  return true;
}

void CborWriter::float32(float number) {
  if (special_float(number)) return;
  out_ += static_cast<char>(0xfa);
  append_big_endian(std::bit_cast<std::uint32_t>(number), 4);
}

void CborWriter::float64(double number) {
  if (special_float(number)) return;
  out_ += static_cast<char>(0xfb);
  append_big_endian(std::bit_cast<std::uint64_t>(number), 8);
}

}  // namespace botocxx::codec
