#pragma once

#include <botocxx/value/value.h>

namespace botocxx::codec {

/// Of repeated keys of `map`, an object, leaves the last value in the place of the first, as
/// Python's dictionaries do when they are filled.
void drop_repeated_keys(Value& map);

}  // namespace botocxx::codec
