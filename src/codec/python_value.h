#pragma once

#include <botocxx/value/value.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace botocxx::codec {

/// Whether Python takes `value` for true: not null, false, zero, nor anything empty.
bool python_truth(const Value& value);

/// Python's `==`: as that of `Value`, but truth values equal the numbers 1 and 0.
bool python_equal(const Value& a, const Value& b);

/// Python's `len()`: items, members, octets, or characters of a text; nothing for what has none.
std::optional<std::size_t> python_length(const Value& value);

/// Python's `value[first:last]` of a list, octets or a text (by characters); negative numbers count
/// from the end, no `last` is the end. Anything else is itself.
Value python_slice(const Value& value, std::int64_t first, std::optional<std::int64_t> last);

}  // namespace botocxx::codec
