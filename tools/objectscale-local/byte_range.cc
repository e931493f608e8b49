#include "byte_range.h"

#include <algorithm>
#include <charconv>

namespace botocxx::objectscale {
namespace {

constexpr std::string_view kUnit = "bytes=";

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t number = 0;
  auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || stop != text.data() + text.size()) return std::nullopt;
  if (error == std::errc::result_out_of_range) return UINT64_MAX;
  return error == std::errc() ? std::optional(number) : std::nullopt;
}

/// False when the text is no range; an empty length when it lies behind the end.
bool parse_one(std::string_view text, std::uint64_t size, ByteRange& range) {
  std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return false;
  std::string_view first_text = text.substr(0, dash), last_text = text.substr(dash + 1);
  if (first_text.empty()) {
    std::optional<std::uint64_t> suffix = parse_number(last_text);
    if (!suffix) return false;
    range.length = std::min(*suffix, size);
    range.offset = size - range.length;
    return true;
  }
  std::optional<std::uint64_t> first = parse_number(first_text);
  std::optional<std::uint64_t> last =
      last_text.empty() ? std::optional(UINT64_MAX) : parse_number(last_text);
  if (!first || !last || *last < *first) return false;
  range.offset = *first;
  if (*first < size) range.length = std::min(*last, size - 1) - *first + 1;
  return true;
}

}  // namespace

RangeRequest parse_range(std::string_view header, std::uint64_t size) {
  constexpr std::size_t kMostRanges = 250;
  RangeRequest request;
  if (!header.starts_with(kUnit)) return request;
  header.remove_prefix(kUnit.size());
  while (true) {
    std::size_t comma = header.find(',');
    ByteRange range;
    if (!parse_one(trim(header.substr(0, comma)), size, range)) return {};
    if (range.length > 0) request.ranges.push_back(range);
    if (request.ranges.size() > kMostRanges) return {};
    if (comma == std::string_view::npos) break;
    header.remove_prefix(comma + 1);
  }
  request.kind =
      request.ranges.empty() ? RangeRequest::Kind::kUnsatisfiable : RangeRequest::Kind::kRanges;
  return request;
}

std::optional<WriteRange> parse_write_range(std::string_view header) {
  if (!header.starts_with(kUnit)) return std::nullopt;
  header.remove_prefix(kUnit.size());
  WriteRange range;
  if (header == "-1-") {
    range.append = true;
    return range;
  }
  std::size_t dash = header.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  std::optional<std::uint64_t> first = parse_number(header.substr(0, dash));
  if (!first) return std::nullopt;
  range.offset = *first;
  if (dash + 1 == header.size()) return range;
  range.last = parse_number(header.substr(dash + 1));
  if (!range.last || *range.last < range.offset) return std::nullopt;
  return range;
}

}  // namespace botocxx::objectscale
