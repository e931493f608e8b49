#pragma once

#include "endpoint/rule_program.h"
#include <botocxx/base/result.h>
#include <botocxx/endpoint/rule_set.h>
#include <botocxx/value/value.h>

#include <memory>

namespace botocxx::endpoint {

/// Checks a rule set (`endpoint-rule-set-1.json`) whole and lays it out. What would go wrong for
/// some parameters only is refused for all: unknown functions and types, wrong numbers and types of
/// arguments, variables that are not set, or set twice. The error's context holds a JSON "pointer"
/// to the place.
///
/// `partitions` may be null for a rule set that never asks for one.
Result<RuleProgram> compile_rule_set(const Value& document,
                                     std::shared_ptr<const Partitions> partitions);

/// The program as rules that can be asked.
std::shared_ptr<const EndpointRuleSet> make_rule_set(RuleProgram program);

}  // namespace botocxx::endpoint
