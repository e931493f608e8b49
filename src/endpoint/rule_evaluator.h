#pragma once

#include "endpoint/rule_program.h"
#include <botocxx/base/result.h>
#include <botocxx/endpoint/rule_set.h>
#include <botocxx/value/value.h>

#include <cstdint>
#include <string>
#include <vector>

namespace botocxx::endpoint {

/// What an evaluation went through.
struct RuleTrace {
  struct Condition {
    std::uint32_t rule;
    std::uint32_t expression;
    Value value;
  };
  std::vector<Condition> conditions;
  std::uint32_t decided = Rule::kNoRule;
};

/// Fills in defaults, in the program's order; refuses missing and ill-typed ones. The texts are
/// those of `params`, `lists` keeps what lists of texts need.
Result<std::vector<RuleValue>> bind_parameters(const RuleProgram& program, const Value& params,
                                               std::vector<std::vector<std::string_view>>& lists);

/// The first rule whose conditions hold decides. `params` is only for the message when none does.
Result<RuleSetEndpoint> evaluate(const RuleProgram& program, const std::vector<RuleValue>& bound,
                                 const Value& params, RuleTrace* trace = nullptr);

/// Tells two sets of parameters apart as far as the rules can.
std::string resolution_key(const RuleProgram& program, const std::vector<RuleValue>& bound);

}  // namespace botocxx::endpoint
