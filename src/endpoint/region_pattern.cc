#include "endpoint/region_pattern.h"

#include <algorithm>
#include <string>
#include <utility>

namespace botocxx::endpoint {
namespace {

// Those of real partitions have less than 100 octets; the standard library needs stack for each.
constexpr std::size_t kLongestPattern = 512;
// A repeated part is laid out as often as its count says, so this bounds the compiled form.
constexpr std::size_t kMostRepetitions = 64;
// No host label is longer than 63 octets.
constexpr std::size_t kLongestRegion = 256;

#ifdef __GLIBCXX__
// Else a pattern like ((\w+)*-)* would take a time that doubles with every octet of the region.
constexpr auto kSyntax = std::regex_constants::ECMAScript | std::regex_constants::__polynomial;
#else
constexpr auto kSyntax = std::regex_constants::ECMAScript;
#endif

// The product of all counts in "{2}" and "{2,5}", up to kMostRepetitions + 1.
std::size_t repetitions(std::string_view pattern) {
  std::size_t product = 1;
  std::size_t number = 0;
  bool in_braces = false;
  for (char c : pattern) {
    bool digit = c >= '0' && c <= '9';
    if (in_braces && digit) number = std::min(number * 10 + (c - '0'), kMostRepetitions + 1);
    if (in_braces && !digit) {
      product = std::min(product * std::max<std::size_t>(number, 1), kMostRepetitions + 1);
      number = 0;
    }
    if (c == '{' || c == '}') in_braces = c == '{';
  }
  return product;
}

}  // namespace

std::optional<RegionPattern> RegionPattern::compile(std::string_view pattern) {
  if (pattern.size() > kLongestPattern || repetitions(pattern) > kMostRepetitions) {
    return std::nullopt;
  }
  try {
    return RegionPattern(std::regex(std::string(pattern), kSyntax));
  } catch (const std::regex_error&) {
    return std::nullopt;
  }
}

bool RegionPattern::matches(std::string_view region) const {
  return region.size() <= kLongestRegion &&
         std::regex_search(region.begin(), region.end(), pattern_,
                           std::regex_constants::match_continuous);
}

}  // namespace botocxx::endpoint
