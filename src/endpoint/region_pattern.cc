#include "endpoint/region_pattern.h"

#include <algorithm>
#include <mutex>
#include <regex>
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

// Letters, digits, "\\-", "\\w+", "\\d+", "^", "$" and alternatives in parentheses that do not
// nest: such a pattern is never damaged.
bool is_of_usual_form(std::string_view pattern) {
  bool in_group = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    char c = pattern[i];
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain || c == '^' || c == '$' || (c == '|' && in_group)) continue;
    if (c == '(' || c == ')') {
      if (in_group == (c == '(')) return false;
      in_group = c == '(';
      continue;
    }
    std::string_view rest = pattern.substr(i);
    if (rest.starts_with("\\w+") || rest.starts_with("\\d+")) {
      i += 2;
    } else if (rest.starts_with("\\-")) {
      i += 1;
    } else {
      return false;
    }
  }
  return !in_group;
}

}  // namespace

struct RegionPattern::Compiled {
  std::string text;
  std::once_flag once{};
  std::regex pattern{};

  // May throw std::regex_error.
  const std::regex& get() {
    std::call_once(once, [this] { pattern.assign(text, kSyntax); });
    return pattern;
  }
};

std::optional<RegionPattern> RegionPattern::compile(std::string_view pattern) {
  if (pattern.size() > kLongestPattern || repetitions(pattern) > kMostRepetitions) {
    return std::nullopt;
  }
  auto compiled = std::make_shared<Compiled>();
  compiled->text = pattern;
  if (is_of_usual_form(pattern)) return RegionPattern(std::move(compiled));
  try {
    compiled->get();
    return RegionPattern(std::move(compiled));
  } catch (const std::regex_error&) {
    return std::nullopt;
  }
}

bool RegionPattern::matches(std::string_view region) const {
  return region.size() <= kLongestRegion &&
         std::regex_search(region.begin(), region.end(), compiled_->get(),
                           std::regex_constants::match_continuous);
}

}  // namespace botocxx::endpoint
