#pragma once

#include <botocxx/base/result.h>

#include <string>
#include <string_view>
#include <vector>

/// The expression of a metadata query:
///
///     expression = and-group { "or" and-group }
///     and-group  = primary { "and" primary }
///     primary    = "(" expression ")" | selector operator argument
///     operator   = "==" | ">=" | "<=" | ">" | "<"
///     argument   = 'text' | "text" | bare
namespace botocxx::objectscale {

enum class Comparison { kEqual, kGreaterEqual, kLessEqual, kGreater, kLess };

/// "==", ">=", ...
std::string_view to_string(Comparison comparison);

struct Condition {
  std::string selector;  ///< as written
  Comparison comparison = Comparison::kEqual;
  std::string argument;  ///< without quotes
  bool quoted = false;
};

/// A condition, or a group of at least two expressions.
struct Expression {
  enum class Kind { kCondition, kAnd, kOr };
  Kind kind = Kind::kCondition;
  Condition condition;
  std::vector<Expression> parts;
};

struct QueryLimits {
  std::size_t max_depth = 64;        ///< of parentheses
  std::size_t max_conditions = 500;  ///< in the whole expression
};

/// Error "InvalidArgument" says at which character what was expected.
Result<Expression> parse_query(std::string_view text, const QueryLimits& limits = {});

/// All conditions from left to right.
std::vector<const Condition*> conditions_of(const Expression& expression);

}  // namespace botocxx::objectscale
