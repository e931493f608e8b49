#include "config/python_blanks.h"

#include <algorithm>
#include <array>

namespace botocxx::config {
namespace {

constexpr std::string_view kAsciiBlanks = "\t\n\v\f\r\x1c\x1d\x1e\x1f ";
constexpr std::string_view kAsciiLineEnds = "\n\v\f\r\x1c\x1d\x1e";
// U+0085, U+00A0, U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F, U+3000.
constexpr std::array<std::string_view, 19> kOtherBlanks{
    "\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81",
    "\xe2\x80\x82", "\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86",
    "\xe2\x80\x87", "\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\xa8",
    "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80"};
constexpr std::array<std::string_view, 3> kOtherLineEnds{"\xc2\x85", "\xe2\x80\xa8",
                                                         "\xe2\x80\xa9"};

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// Octets of the blank that `text` begins with, 0 when it begins with none.
std::size_t leading_blank(std::string_view text) {
  if (text.empty()) return 0;
  if (is_ascii(text[0])) return kAsciiBlanks.find(text[0]) == std::string_view::npos ? 0 : 1;
  for (std::string_view blank : kOtherBlanks) {
    if (text.starts_with(blank)) return blank.size();
  }
  return 0;
}

std::size_t trailing_blank(std::string_view text) {
  if (text.empty()) return 0;
  if (is_ascii(text.back())) {
    return kAsciiBlanks.find(text.back()) == std::string_view::npos ? 0 : 1;
  }
  for (std::string_view blank : kOtherBlanks) {
    if (text.ends_with(blank)) return blank.size();
  }
  return 0;
}

std::size_t line_end_at(std::string_view text) {
  if (text.starts_with("\r\n")) return 2;
  if (is_ascii(text[0])) return kAsciiLineEnds.find(text[0]) == std::string_view::npos ? 0 : 1;
  for (std::string_view end : kOtherLineEnds) {
    if (text.starts_with(end)) return end.size();
  }
  return 0;
}

}  // namespace

std::string_view without_blanks_at_end(std::string_view text) {
  while (std::size_t blank = trailing_blank(text)) text.remove_suffix(blank);
  return text;
}

std::string_view without_blanks(std::string_view text) {
  while (std::size_t blank = leading_blank(text)) text.remove_prefix(blank);
  return without_blanks_at_end(text);
}

std::size_t indent_of(std::string_view line) {
  std::size_t count = 0;
  while (std::size_t blank = leading_blank(line)) {
    line.remove_prefix(blank);
    ++count;
  }
  return count;
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  std::size_t start = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = line_end_at(text.substr(at));
    if (end == 0) {
      ++at;
      continue;
    }
    lines.push_back(text.substr(start, at - start));
    start = at += end;
  }
  if (start < text.size()) lines.push_back(text.substr(start));
  return lines;
}

}  // namespace botocxx::config
