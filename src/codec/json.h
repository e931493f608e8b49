#pragma once

#include <botocxx/base/result.h>
#include <botocxx/value/value.h>

#include <cstddef>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::codec {

/// Line and column (octets), both from 1.
struct TextPosition {
  std::size_t line = 1;
  std::size_t column = 1;
};

TextPosition position_at(std::string_view text, std::size_t offset);

struct JsonReadOptions {
  /// Where the result lives; it must outlive the result.
  std::pmr::memory_resource* resource = std::pmr::get_default_resource();
  /// Deeper nesting is refused.
  std::size_t max_depth = 512;
  /// Collects names that occur twice in an object, as "name at line:column" (last value wins).
  std::vector<std::string>* duplicates = nullptr;
};

/// One JSON document. Integers out of 64 bits become doubles. The error (code "JsonSyntax") says
/// line, column and what was expected; `TextPosition` of it is in the context as "line", "column".
Result<Value> parse_json(std::string_view text, const JsonReadOptions& options = {});

enum class JsonStyle {
  kCompact,  ///< no blanks, UTF-8 as it is
  kPython,   ///< byte for byte as Python's json.dumps: ", " and ": ", ASCII with \uXXXX
  kIndented  ///< four blanks a level, as the AWS command line prints results; UTF-8 as it is
};

/// Bytes become base64 text, timestamps ISO 8601 text, non-finite doubles "NaN", "Infinity",
/// "-Infinity"; a stream becomes null.
std::string write_json(const Value& value, JsonStyle style = JsonStyle::kCompact);
void append_json_string(std::string& out, std::string_view text, JsonStyle style);

/// Where the value named by an RFC 6901 pointer begins in `text`; nothing when it is not there.
std::optional<TextPosition> locate_json_pointer(std::string_view text, std::string_view pointer);

/// A name that its object holds already.
struct RepeatedName {
  std::string pointer;
  std::string name;
  TextPosition position;  ///< of the later one
};
/// Every repeated name of a well-formed text.
std::vector<RepeatedName> find_repeated_names(std::string_view text);

/// `~` and `/` escaped for use as one reference token.
std::string json_pointer_token(std::string_view name);

}  // namespace botocxx::codec
