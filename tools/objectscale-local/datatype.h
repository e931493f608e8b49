#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace botocxx::objectscale {

/// What a metadata key holds; decides how its values compare.
enum class Datatype { kString, kInteger, kDatetime, kDecimal };

/// "string", "integer", ...
std::string_view to_string(Datatype type);
/// Case is ignored.
std::optional<Datatype> parse_datatype(std::string_view name);

/// A value in the form that the index stores: two of them compare in the datatype's order. Numbers
/// and times (microseconds since 1970) are integers; texts compare by octets; decimals are texts
/// whose octet order is numeric order.
using IndexValue = std::variant<std::int64_t, std::string>;

/// Nothing when `text` is no literal of that type: integers beyond 64 bits, times that do not
/// exist.
std::optional<IndexValue> parse_index_value(Datatype type, std::string_view text);

}  // namespace botocxx::objectscale
