#pragma once

#include <optional>
#include <regex>
#include <string_view>

namespace botocxx::endpoint {

/// A partition's `regionRegex`. The pattern may come from anybody's file, so neither compiling nor
/// matching it takes more than bounded stack and time. Immutable.
class RegionPattern {
 public:
  /// Nothing for a pattern that is damaged, too long, repeats too much, or refers back to its own
  /// groups.
  static std::optional<RegionPattern> compile(std::string_view pattern);

  /// Whether it fits the beginning of `region`, as Python's `re.match`.
  bool matches(std::string_view region) const;

 private:
  explicit RegionPattern(std::regex pattern) : pattern_(std::move(pattern)) {}
  std::regex pattern_;
};

}  // namespace botocxx::endpoint
