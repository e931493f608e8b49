#pragma once

#include <botocxx/value/value.h>

#include <string>
#include <string_view>

namespace botocxx::codec {

/// `value` as Python's `str()` prints it: what botocore puts where it does not look at the type
/// (messages about parameters, scalars of unvalidated requests). "None", "True", "1.5",
/// "{'a': [1, 'b']}"; a text is itself.
std::string python_str(const Value& value);

/// `value` as Python's `repr()` prints it: as `python_str`, texts quoted and escaped.
std::string python_repr(const Value& value);

/// The same of octets: `b'a\x00'`.
std::string python_repr_of_bytes(std::string_view octets);

/// Name of the Python type that botocore's users would have passed: "<class 'str'>".
std::string_view python_type(const Value& value);

}  // namespace botocxx::codec
