#pragma once

#include "jmespath/syntax_tree.h"
#include <botocxx/base/result.h>

#include <string_view>

namespace botocxx::jmespath {

/// Parses by operator precedence (Pratt). Nesting deeper than 200 is refused.
Result<SyntaxTree> parse(std::string_view expression);

}  // namespace botocxx::jmespath
