#include "codec/cbor_value.h"

#include "codec/repeated_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace botocxx::codec {
namespace {

// Texts up to this size are held by the value itself, which costs no memory.
constexpr std::size_t kInlineText = 22;
// Reserved at once: a count is announced before it is true.
constexpr std::uint64_t kReservedEntries = 64;
constexpr std::int64_t kFirstSecond = -62'135'596'800, kLastSecond = 253'402'300'799;

Result<Value> read_array(CborReader& reader, CborItem array, const CborValueOptions& options) {
  Value out(options.resource);
  out.make_list();
  out.reserve(std::min(array.number, kReservedEntries));
  while (reader.has_entry(array)) {
    auto item = reader.next();
    if (!item) return std::move(item).error();
    auto value = read_cbor_value(reader, *item, options);
    if (!value) return value;
    out.push_back(*std::move(value));
  }
  return out;
}

Result<Value> read_map(CborReader& reader, CborItem map, const CborValueOptions& options) {
  Value out(options.resource);
  out.make_object();
  out.reserve(std::min(map.number, kReservedEntries));
  while (reader.has_entry(map)) {
    std::size_t offset = reader.offset();
    auto key = reader.next();
    if (!key) return std::move(key).error();
    if (key->kind != CborKind::kText) {
      return CborReader::error_at(
          offset, fmt::format("a key must be text, found {}", to_string(key->kind)));
    }
    auto item = reader.next();
    if (!item) return std::move(item).error();
    if (item->is_null() && options.nulls == CborNulls::kDrop) continue;
    auto value = read_cbor_value(reader, *item, options);
    if (!value) return value;
    out.append_member(Key(key->octets, options.resource), *std::move(value));
  }
  drop_repeated_keys(out);
  return out;
}

Result<Value> read_tagged(CborReader& reader, const CborItem& tag) {
  if (tag.number != 1) {
    return CborReader::error_at(reader.offset(),
                                fmt::format("tag {} is not understood, only tag 1", tag.number));
  }
  auto time = read_cbor_timestamp(reader);
  if (!time) return std::move(time).error();
  return Value(*time);
}

}  // namespace

Value cbor_integer(const CborItem& item) {
  bool negative = item.kind == CborKind::kNegative;
  if (item.number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    auto number = static_cast<std::int64_t>(item.number);
    return Value(negative ? -1 - number : number);
  }
  auto magnitude = static_cast<double>(item.number);
  return Value(negative ? -1 - magnitude : magnitude);
}

Value cbor_text(const CborReader& reader, const CborItem& item,
                std::pmr::memory_resource* resource) {
  if (item.octets.size() > kInlineText && reader.is_in_source(item.octets)) {
    return Value::borrow_string(item.octets, resource);
  }
  return Value::make_string(item.octets, resource);
}

Result<Timestamp> read_cbor_timestamp(CborReader& reader) {
  std::size_t offset = reader.offset();
  auto item = reader.next();
  if (!item) return std::move(item).error();
  bool integer = item->kind == CborKind::kUnsigned || item->kind == CborKind::kNegative;
  if (!integer && item->kind != CborKind::kFloat) {
    return CborReader::error_at(
        offset, fmt::format("a timestamp must be a number, found {}", to_string(item->kind)));
  }
  Value number = integer ? cbor_integer(*item) : Value(item->real);
  double seconds = number.as_double();
  // Also false for what is no number.
  bool printable = seconds >= kFirstSecond && seconds < kLastSecond + 1.0;
  if (!printable) {
    return CborReader::error_at(offset, "the timestamp lies out of the years 1 to 9999");
  }
  return integer ? Timestamp::from_unix(number.as_int()) : Timestamp::from_unix_double(seconds);
}

Result<Value> read_cbor_value(CborReader& reader, CborItem item, const CborValueOptions& options) {
  switch (item.kind) {
    case CborKind::kUnsigned:
    case CborKind::kNegative:
      return cbor_integer(item);
    case CborKind::kBytes:
      return Value::make_bytes(item.octets, options.resource);
    case CborKind::kText:
      return options.texts == CborTexts::kBorrow
                 ? cbor_text(reader, item, options.resource)
                 : Value::make_string(item.octets, options.resource);
    case CborKind::kArray:
      return read_array(reader, item, options);
    case CborKind::kMap:
      return read_map(reader, item, options);
    case CborKind::kTag:
      return read_tagged(reader, item);
    case CborKind::kBool:
      return Value(item.boolean);
    case CborKind::kFloat:
      return Value(item.real);
    case CborKind::kNull:
    case CborKind::kUndefined:
      break;
  }
  return Value(options.resource);
}

Result<Value> read_cbor(std::string_view octets, const CborValueOptions& options) {
  CborReader reader(octets);
  auto item = reader.next();
  if (!item) return std::move(item).error();
  return read_cbor_value(reader, *item, options);
}

}  // namespace botocxx::codec
