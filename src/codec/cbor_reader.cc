#include "codec/cbor_reader.h"

#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <functional>
#include <limits>

namespace botocxx::codec {
namespace {

constexpr unsigned kIndefinite = 31;
constexpr char kBreak = '\xff';

double half_to_double(std::uint64_t bits) {
  int exponent = static_cast<int>(bits >> 10 & 0x1f);
  auto fraction = static_cast<double>(bits & 0x3ff);
  double magnitude = 0;
  if (exponent == 0x1f) {
    magnitude = fraction == 0 ? std::numeric_limits<double>::infinity()
                              : std::numeric_limits<double>::quiet_NaN();
  } else if (exponent == 0) {
    magnitude = std::ldexp(fraction, -24);
  } else {
    magnitude = std::ldexp(fraction + 1024, exponent - 25);
  }
  return (bits & 0x8000) != 0 ? -magnitude : magnitude;
}

}  // namespace

std::string_view to_string(CborKind kind) {
  switch (kind) {
    case CborKind::kUnsigned:
    case CborKind::kNegative:
      return "integer";
    case CborKind::kBytes:
      return "bytes";
    case CborKind::kText:
      return "text";
    case CborKind::kArray:
      return "array";
    case CborKind::kMap:
      return "map";
    case CborKind::kTag:
      return "tag";
    case CborKind::kBool:
      return "boolean";
    case CborKind::kNull:
      return "null";
    case CborKind::kUndefined:
      return "undefined";
    case CborKind::kFloat:
      return "float";
  }
  return "item";
}

Error CborReader::error_at(std::size_t offset, std::string_view problem) {
  return Error(ErrorKind::kParse, "CborSyntax", fmt::format("octet {}: {}", offset, problem))
      .with_context("offset", std::to_string(offset));
}

bool CborReader::is_in_source(std::string_view octets) const {
  std::less_equal<const char*> before;
  return before(source_.data(), octets.data()) &&
         before(octets.data() + octets.size(), source_.data() + source_.size());
}

Result<CborItem> CborReader::next() {
  begin_ = offset_;
  if (at_end()) return error_at(begin_, "the data ends where an item should begin");
  auto initial = static_cast<unsigned char>(source_[offset_++]);
  unsigned info = initial & 0x1fu;
  CborItem item;
  switch (initial >> 5) {
    case 2:
      item.kind = CborKind::kBytes;
      return read_octets(item, info);
    case 3: {
      item.kind = CborKind::kText;
      auto text = read_octets(item, info);
      if (text && !is_utf8(text->octets)) return error_at(begin_, "the text is not UTF-8");
      return text;
    }
    case 4:
      item.kind = CborKind::kArray;
      return open(item, info);
    case 5:
      item.kind = CborKind::kMap;
      return open(item, info);
    case 7:
      return read_simple(item, info);
    default:
      break;
  }
  unsigned type = initial >> 5;
  item.kind = type == 0 ? CborKind::kUnsigned : type == 1 ? CborKind::kNegative : CborKind::kTag;
  auto argument = read_argument(info);
  if (!argument) return std::move(argument).error();
  item.number = *argument;
  return item;
}

// What the low five bits of the initial octet say, by themselves or by the octets that follow.
Result<std::uint64_t> CborReader::read_argument(unsigned info) {
  if (info < 24) return std::uint64_t{info};
  if (info > 27) {
    return error_at(begin_, fmt::format("additional information {} is not allowed here", info));
  }
  std::size_t size = std::size_t{1} << (info - 24);
  if (left() < size) return error_at(begin_, "the data ends within an item");
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < size; ++i) {
    number = number << 8 | static_cast<unsigned char>(source_[offset_++]);
  }
  return number;
}

Result<CborItem> CborReader::read_octets(CborItem item, unsigned info) {
  if (info == kIndefinite) return read_chunks(item);
  auto length = read_argument(info);
  if (!length) return std::move(length).error();
  if (*length > left()) {
    return error_at(begin_, fmt::format("{} octets of {} are announced and {} are left", *length,
                                        to_string(item.kind), left()));
  }
  item.octets = source_.substr(offset_, *length);
  offset_ += *length;
  return item;
}

// Chunks are of the same kind and none is in chunks itself.
Result<CborItem> CborReader::read_chunks(CborItem item) {
  std::size_t begin = begin_;
  unsigned type = item.kind == CborKind::kBytes ? 2 : 3;
  std::string joined;
  for (;;) {
    begin_ = offset_;
    if (at_end()) return error_at(begin_, "the data ends within chunks");
    auto initial = static_cast<unsigned char>(source_[offset_++]);
    if (initial == static_cast<unsigned char>(kBreak)) break;
    if (initial >> 5 != type || (initial & 0x1fu) == kIndefinite) {
      return error_at(begin_,
                      fmt::format("a chunk must be {} of a stated length", to_string(item.kind)));
    }
    auto chunk = read_octets(item, initial & 0x1fu);
    if (!chunk) return chunk;
    joined += chunk->octets;
  }
  begin_ = begin;
  item.octets = joined_.emplace_back(std::move(joined));
  return item;
}

Result<CborItem> CborReader::open(CborItem item, unsigned info) {
  if (depth_ == max_depth_) {
    return error_at(begin_, fmt::format("arrays and maps are nested more than {} deep", depth_));
  }
  item.indefinite = info == kIndefinite;
  if (!item.indefinite) {
    auto count = read_argument(info);
    if (!count) return std::move(count).error();
    // An entry takes an octet at least, or two in a map.
    std::size_t most = item.kind == CborKind::kMap ? left() / 2 : left();
    if (*count > most) {
      return error_at(begin_,
                      fmt::format("{} entries of {} are announced and {} octets are left", *count,
                                  item.kind == CborKind::kMap ? "a map" : "an array", left()));
    }
    item.number = *count;
  }
  ++depth_;
  return item;
}

Result<CborItem> CborReader::read_simple(CborItem item, unsigned info) {
  switch (info) {
    case 20:
    case 21:
      item.kind = CborKind::kBool;
      item.boolean = info == 21;
      return item;
    case 22:
      item.kind = CborKind::kNull;
      return item;
    case 23:
      item.kind = CborKind::kUndefined;
      return item;
    case 25:
    case 26:
    case 27:
      break;
    case kIndefinite:
      return error_at(begin_, "a break where an item should begin");
    default:
      return error_at(begin_, fmt::format("simple values are not understood ({})", info));
  }
  auto bits = read_argument(info);
  if (!bits) return std::move(bits).error();
  item.kind = CborKind::kFloat;
  if (info == 25) item.real = half_to_double(*bits);
  if (info == 26) item.real = std::bit_cast<float>(static_cast<std::uint32_t>(*bits));
  if (info == 27) item.real = std::bit_cast<double>(*bits);
  return item;
}

bool CborReader::has_entry(CborItem& container) {
  if (container.indefinite) {
    // At the end of the data `next` says what is wrong.
    if (at_end() || source_[offset_] != kBreak) return true;
    ++offset_;
  } else if (container.number > 0) {
    --container.number;
    return true;
  }
  --depth_;
  return false;
}

Result<void> CborReader::skip_rest(CborItem item) {
  while (item.kind == CborKind::kTag) {
    auto tagged = next();
    if (!tagged) return std::move(tagged).error();
    item = *tagged;
  }
  if (item.kind != CborKind::kArray && item.kind != CborKind::kMap) return {};
  while (has_entry(item)) {
    if (item.kind == CborKind::kMap) {
      if (auto key = skip(); !key) return key;
    }
    if (auto value = skip(); !value) return value;
  }
  return {};
}

Result<void> CborReader::skip() {
  auto item = next();
  if (!item) return std::move(item).error();
  return skip_rest(*item);
}

}  // namespace botocxx::codec
