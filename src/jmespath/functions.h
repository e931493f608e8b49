#pragma once

#include "jmespath/evaluator.h"

#include <span>
#include <string_view>

namespace botocxx::jmespath {

/// Checks count and types of the arguments, then calls the built-in function `name`.
Result<Operand> call_function(std::string_view name, std::span<const Operand> arguments,
                              Evaluator& evaluator);

}  // namespace botocxx::jmespath
