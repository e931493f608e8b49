#pragma once

#include "codec/cbor_reader.h"
#include <botocxx/base/result.h>
#include <botocxx/value/value.h>

#include <memory_resource>
#include <string_view>

namespace botocxx::codec {

/// What to do with entries of maps whose value is null.
enum class CborNulls { kKeep, kDrop };

/// Whether long texts refer to the source, which must then outlive the values.
enum class CborTexts { kCopy, kBorrow };

struct CborValueOptions {
  /// Where the result lives; it must outlive the result.
  std::pmr::memory_resource* resource = std::pmr::get_default_resource();
  CborNulls nulls = CborNulls::kKeep;
  CborTexts texts = CborTexts::kCopy;
};

/// `item`, which `reader` has just returned, as a value, with all that it holds. Integers out of 64
/// bits become doubles, tag 1 timestamps, undefined null; the last of repeated keys wins and keeps
/// the place of the first. Keys must be texts; other tags are errors.
Result<Value> read_cbor_value(CborReader& reader, CborItem item, const CborValueOptions& options);
/// The first item of `octets`; what follows it is ignored.
Result<Value> read_cbor(std::string_view octets, const CborValueOptions& options = {});

/// A text that was read; a long one refers to the source, unless it came in chunks.
Value cbor_text(const CborReader& reader, const CborItem& item,
                std::pmr::memory_resource* resource);
/// An integer that was read, a double where 64 bits do not hold it.
Value cbor_integer(const CborItem& item);
/// The content of tag 1: epoch seconds, a fraction rounded to microseconds.
Result<Timestamp> read_cbor_timestamp(CborReader& reader);

}  // namespace botocxx::codec
