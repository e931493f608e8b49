#pragma once

#include <botocxx/base/host.h>

namespace botocxx::retry {

/// A number from [0, 1), made of 53 random bits as Python's `random.random()` is: the upper 27 bits
/// of the first four octets and the upper 26 of the next four (little-endian).
double random_fraction(const Random& random);

}  // namespace botocxx::retry
