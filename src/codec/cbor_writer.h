#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace botocxx::codec {

/// Writes CBOR octet for octet as botocore does: lengths stated, integers and lengths in their
/// shortest form, floats in the size that is asked for; but infinities and not-a-number always
/// take two octets.
class CborWriter {
 public:
  void unsigned_integer(std::uint64_t number) { head(0, number); }
  void integer(std::int64_t number);
  void bytes(std::string_view octets);
  /// `text` should be UTF-8.
  void text(std::string_view text);
  /// `count` items follow.
  void array(std::size_t count) { head(4, count); }
  /// `count` keys and values follow, in turn.
  void map(std::size_t count) { head(5, count); }
  /// The tagged item follows.
  void tag(std::uint64_t number) { head(6, number); }
  void boolean(bool value);
  void null();
  /// Four octets.
  void float32(float number);
  /// Eight octets.
  void float64(double number);

  const std::string& str() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  void head(unsigned type, std::uint64_t argument);
  void append_big_endian(std::uint64_t number, unsigned size);
  bool special_float(double number);

  std::string out_;
};

}  // namespace botocxx::codec
