#include "codec/python_text.h"

#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace botocxx::codec {
namespace {

struct CodeRange {
  std::uint32_t first, last;
};

// Assigned code points that Python's str.isprintable() refuses: controls, formats, blanks but
// U+0020, surrogates, private use, noncharacters. Ascending.
constexpr std::array<CodeRange, 34> kUnprintable{
    {{0x0, 0x1f},          {0x7f, 0xa0},          {0xad, 0xad},       {0x600, 0x605},
     {0x61c, 0x61c},       {0x6dd, 0x6dd},        {0x70f, 0x70f},     {0x890, 0x891},
     {0x8e2, 0x8e2},       {0x1680, 0x1680},      {0x180e, 0x180e},   {0x2000, 0x200f},
     {0x2028, 0x202f},     {0x205f, 0x206f},      {0x3000, 0x3000},   {0xd800, 0xf8ff},
     {0xfdd0, 0xfdef},     {0xfeff, 0xfeff},      {0xfff0, 0xfffb},   {0xfffe, 0xffff},
     {0x110bd, 0x110bd},   {0x110cd, 0x110cd},    {0x13430, 0x1343f}, {0x1bca0, 0x1bca3},
     {0x1d173, 0x1d17a},   {0x1fffe, 0x1ffff},    {0x2fffe, 0x2ffff}, {0x3fffe, 0x3ffff},
     {0xe0001, 0xe0001},   {0xe0020, 0xe007f},    {0xefffe, 0xeffff}, {0xf0000, 0xfffff},
     {0x100000, 0x10ffff}, {0x110000, 0xffffffff}}};

bool is_printable(std::uint32_t point) {
  if (point >= 0x20 && point < 0x7f) return true;
  auto above = std::upper_bound(kUnprintable.begin(), kUnprintable.end(), point,
                                [](std::uint32_t p, const CodeRange& r) { return p < r.first; });
  return above == kUnprintable.begin() || point > std::prev(above)->last;
}

struct CodePoint {
  std::uint32_t value;
  std::size_t size;
};

// The code point at the beginning of `text`; a malformed octet stands for itself.
CodePoint first_code_point(std::string_view text) {
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char lead = byte(0);
  std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  if (size == 1 || size > text.size()) return {lead, 1};
  std::uint32_t point = lead & (0xffU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) point = point << 6 | (byte(i) & 0x3fU);
  return {point, size};
}

char quote_for(std::string_view text) {
  bool single = text.find('\'') != std::string_view::npos;
  return single && text.find('"') == std::string_view::npos ? '"' : '\'';
}

bool append_named_escape(std::string& out, std::uint32_t point, char quote) {
  if (point == static_cast<unsigned char>(quote) || point == '\\') {
    out += {'\\', static_cast<char>(point)};
  } else if (point == '\n') {
    out += "\\n";
  } else if (point == '\r') {
    out += "\\r";
  } else if (point == '\t') {
    out += "\\t";
  } else {
    return false;
  }
  return true;
}

void append_quoted(std::string& out, std::string_view text) {
  char quote = quote_for(text);
  out += quote;
  while (!text.empty()) {
    CodePoint point = first_code_point(text);
    if (append_named_escape(out, point.value, quote)) {
    } else if (is_printable(point.value)) {
      out += text.substr(0, point.size);
    } else if (point.value <= 0xff) {
      out += fmt::format("\\x{:02x}", point.value);
    } else if (point.value <= 0xffff) {
      out += fmt::format("\\u{:04x}", point.value);
    } else {
      out += fmt::format("\\U{:08x}", point.value);
    }
    text.remove_prefix(point.size);
  }
  out += quote;
}

void append_quoted_bytes(std::string& out, std::string_view octets) {
  char quote = quote_for(octets);
  out += {'b', quote};
  for (char c : octets) {
    auto octet = static_cast<unsigned char>(c);
    if (append_named_escape(out, octet, quote)) continue;
    if (octet >= 0x20 && octet < 0x7f) {
      out += c;
    } else {
      out += fmt::format("\\x{:02x}", octet);
    }
  }
  out += quote;
}

// "2026-01-02 03:04:05+00:00", with the fraction when there is one.
std::string datetime_str(Timestamp time) {
  std::string text = time.to_iso8601();
  if (std::size_t at = text.find('T'); at != std::string::npos) text[at] = ' ';
  text.pop_back();
  return text + "+00:00";
}

std::string datetime_repr(Timestamp time) {
  std::string text = time.to_iso8601();  // YYYY-MM-DDTHH:MM:SS[.ffffff]Z
  auto number = [&](std::size_t at, std::size_t size) {
    int value = 0;
    for (char c : std::string_view(text).substr(at, size)) value = value * 10 + (c - '0');
    return value;
  };
  if (text.size() < 20) return datetime_str(time);
  std::string out = fmt::format("datetime.datetime({}, {}, {}, {}, {}", number(0, 4), number(5, 2),
                                number(8, 2), number(11, 2), number(14, 2));
  int micros = text.size() > 26 ? number(20, 6) : 0;
  if (number(17, 2) != 0 || micros != 0) out += fmt::format(", {}", number(17, 2));
  if (micros != 0) out += fmt::format(", {}", micros);
  return out + ", tzinfo=tzutc())";
}

void append_repr(std::string& out, const Value& value);

void append_list(std::string& out, const Value& list) {
  out += '[';
  std::string_view separator;
  for (const Value& item : list.items()) {
    out += std::exchange(separator, ", ");
    append_repr(out, item);
  }
  out += ']';
}

void append_object(std::string& out, const Value& object) {
  out += '{';
  std::string_view separator;
  for (const Value::Member& member : object.members()) {
    out += std::exchange(separator, ", ");
    append_quoted(out, member.key);
    out += ": ";
    append_repr(out, member.value);
  }
  out += '}';
}

void append_repr(std::string& out, const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kNull:
      out += "None";
      return;
    case Value::Kind::kBool:
      out += value.as_bool() ? "True" : "False";
      return;
    case Value::Kind::kInt:
      out += std::to_string(value.as_int());
      return;
    case Value::Kind::kDouble:
      out += format_double(value.as_double());
      return;
    case Value::Kind::kString:
      return append_quoted(out, value.as_string());
    case Value::Kind::kBytes:
      return append_quoted_bytes(out, value.as_bytes());
    case Value::Kind::kTimestamp:
      out += datetime_repr(value.as_timestamp());
      return;
    case Value::Kind::kList:
      return append_list(out, value);
    case Value::Kind::kObject:
      return append_object(out, value);
    case Value::Kind::kStream:
      out += "<stream>";
      return;
  }
}

}  // namespace

std::string python_str(const Value& value) {
  if (value.is_string()) return std::string(value.as_string());
  if (value.is_timestamp()) return datetime_str(value.as_timestamp());
  return python_repr(value);
}

std::string python_repr(const Value& value) {
  std::string out;
  append_repr(out, value);
  return out;
}

std::string python_repr_of_bytes(std::string_view octets) {
  std::string out;
  append_quoted_bytes(out, octets);
  return out;
}

std::string_view python_type(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kNull:
      return "<class 'NoneType'>";
    case Value::Kind::kBool:
      return "<class 'bool'>";
    case Value::Kind::kInt:
      return "<class 'int'>";
    case Value::Kind::kDouble:
      return "<class 'float'>";
    case Value::Kind::kString:
      return "<class 'str'>";
    case Value::Kind::kBytes:
      return "<class 'bytes'>";
    case Value::Kind::kTimestamp:
      return "<class 'datetime.datetime'>";
    case Value::Kind::kList:
      return "<class 'list'>";
    case Value::Kind::kObject:
      return "<class 'dict'>";
    case Value::Kind::kStream:
      return "<class '_io.BytesIO'>";
  }
  return "<class 'object'>";
}

}  // namespace botocxx::codec
