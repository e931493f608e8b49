#pragma once

#include <botocxx/base/export.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace botocxx::inline v1 {

/// Octets of a text; a view into it.
inline std::span<const std::byte> as_byte_span(std::string_view text) {
  return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}
inline std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Lower-case hexadecimal digits.
BOTOCXX_EXPORT std::string hex_encode(std::span<const std::byte> bytes);

/// RFC 4648 base64 with padding.
BOTOCXX_EXPORT std::string base64_encode(std::span<const std::byte> bytes);
/// Decodes base64; white space is skipped, anything else out of the alphabet is an error (nullopt).
BOTOCXX_EXPORT std::optional<std::string> base64_decode(std::string_view text);

/// Percent-encodes every octet that is neither a letter, a digit, one of `-._~`, nor in `safe`:
/// botocore's `percent_encode`. Digits are upper-case.
BOTOCXX_EXPORT std::string percent_encode(std::string_view text, std::string_view safe = {});
BOTOCXX_EXPORT void percent_encode_to(std::string& out, std::string_view text,
                                      std::string_view safe = {});
/// Replaces `%XX`; a `%` that is not followed by two hexadecimal digits stays. `+` stays.
BOTOCXX_EXPORT std::string percent_decode(std::string_view text);

/// True when `text` is well-formed UTF-8.
BOTOCXX_EXPORT bool is_utf8(std::string_view text);

/// ASCII only; other octets stay as they are.
BOTOCXX_EXPORT std::string to_lower(std::string_view text);
BOTOCXX_EXPORT bool equals_ignore_case(std::string_view a, std::string_view b);

/// `value` as Python's `repr(float)` prints it (shortest round trip, `1.0`, `1e-05`, `1e+16`,
/// `inf`): the form that botocore puts on the wire.
BOTOCXX_EXPORT std::string format_double(double value);

/// The member of `candidates` that a user most likely meant by `name` (small edit distance, case
/// ignored), or nothing.
BOTOCXX_EXPORT std::optional<std::string> nearest_name(std::string_view name,
                                                       std::span<const std::string> candidates);

}  // namespace botocxx::inline v1
