#pragma once

#include "endpoint/partitions.h"
#include "endpoint/rule_value.h"

#include <array>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>

namespace botocxx::endpoint {

/// What a function works with: where its results live, and where it says why it cannot go on.
struct FunctionContext {
  std::pmr::memory_resource* arena;
  const Partitions* partitions;
  std::string failure{};                 ///< ends the evaluation when not empty
  std::size_t octets_left = 16U << 20U;  ///< that the evaluation may still make

  /// Before `octets` are made; false, with a failure, when they would be too many. Texts that are
  /// put together of others could otherwise double with every condition.
  bool take(std::size_t octets);
};

using RuleFunction = RuleValue (*)(std::span<const RuleValue> arguments, FunctionContext& context);

/// A function of the rule language.
struct FunctionSpec {
  std::string_view name;
  RuleFunction call;
  RuleType result;  ///< kAny: the type of the last argument
  std::size_t least_arguments;
  std::size_t most_arguments;
  std::array<RuleType, 4> arguments;  ///< the last one holds for those beyond, too
};

constexpr std::size_t kAnyNumber = 64;

/// The function of that name, or null. getAttr is none of them: compiled, it is a path.
const FunctionSpec* find_function(std::string_view name);
std::span<const FunctionSpec> all_functions();

/// A copy of `text` in `arena`.
std::string_view keep_text(std::string_view text, std::pmr::memory_resource* arena);

}  // namespace botocxx::endpoint
