#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// What of a value cannot survive a journey, by the protocols' own design. Each difference that the
/// suite accepts is one of these; everything else must come back as it went.
namespace botocxx::suites {

enum class Rule : std::uint8_t {
  kWholeSeconds,
  kHeaderBlanks,
  kEmptyHeaderList,
  kEmptyHeaderMap,
  kEmptyQueryString,
  kFormWithoutContent,
  kEc2EmptyList,
  kFlattenedEmpty,
  kXmlLineEnds,
  kEmptyRawPayload,
  kAbsentPayloadIsEmpty,
  kHeaderMapAlwaysThere,
  kStatusAlwaysThere,
  kRawPayloadAlwaysThere,
  kCount
};

struct RuleText {
  std::string_view name;
  std::string_view reason;
};

RuleText text_of(Rule rule);

/// How often each rule was needed.
class RuleLog {
 public:
  void note(Rule rule) { ++counts_[static_cast<std::size_t>(rule)]; }
  std::size_t count(Rule rule) const { return counts_[static_cast<std::size_t>(rule)]; }

 private:
  std::array<std::size_t, static_cast<std::size_t>(Rule::kCount)> counts_{};
};

}  // namespace botocxx::suites
