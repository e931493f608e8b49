#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/value/value.h>

#include <string>
#include <string_view>

namespace botocxx::inline v1 {

/// Reads one JSON document (RFC 8259, UTF-8). Integers out of 64 bits become doubles; of a repeated
/// name the last value wins. The error (code "JsonSyntax") says line and column. Thread-safe.
BOTOCXX_EXPORT Result<Value> parse_json(std::string_view text);

enum class JsonLayout {
  kCompact,  ///< one line without blanks
  kIndented  ///< four blanks a level, as the AWS command line prints
};

/// Writes JSON in UTF-8: bytes as base64, timestamps as ISO 8601 in UTC with milliseconds or
/// microseconds where there is a fraction, non-finite doubles as "NaN", "Infinity", "-Infinity", a
/// stream as null. Thread-safe.
BOTOCXX_EXPORT std::string to_json(const Value& value, JsonLayout layout = JsonLayout::kCompact);

}  // namespace botocxx::inline v1
