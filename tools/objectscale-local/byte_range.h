#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace botocxx::objectscale {

/// `offset` and `length` within a content.
struct ByteRange {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

/// What a Range header asks for.
struct RangeRequest {
  enum class Kind { kWhole, kRanges, kUnsatisfiable };
  Kind kind = Kind::kWhole;
  std::vector<ByteRange> ranges;
};

/// Reads "bytes=a-b, a-, -n" for a content of `size` octets. A header that is not well-formed asks
/// for the whole, as HTTP wants.
RangeRequest parse_range(std::string_view header, std::uint64_t size);

/// The place of a byte-range write: "bytes=10-14", "bytes=10-", or "bytes=-1-" to append. Nothing
/// when it is malformed.
struct WriteRange {
  bool append = false;
  std::uint64_t offset = 0;
  std::optional<std::uint64_t> last;
};
std::optional<WriteRange> parse_write_range(std::string_view header);

}  // namespace botocxx::objectscale
