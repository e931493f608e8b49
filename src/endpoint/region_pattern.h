#pragma once

#include <memory>
#include <optional>
#include <string_view>

namespace botocxx::endpoint {

/// A partition's `regionRegex`. The pattern may come from anybody's file, so neither compiling nor
/// matching it takes more than bounded stack and time. Immutable; patterns of the usual form are
/// compiled when they are first needed, which most are never.
class RegionPattern {
 public:
  /// Nothing for a pattern that is damaged, too long, repeats too much, or refers back to its own
  /// groups.
  static std::optional<RegionPattern> compile(std::string_view pattern);

  /// Whether it fits the beginning of `region`, as Python's `re.match`.
  bool matches(std::string_view region) const;

 private:
  struct Compiled;
  explicit RegionPattern(std::shared_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<Compiled> compiled_;
};

}  // namespace botocxx::endpoint
