#include "endpoint/partitions.h"
#include "endpoint/resolution_cache.h"
#include "endpoint/rule_compiler.h"
#include "endpoint/rule_evaluator.h"
#include <botocxx/endpoint/rule_set.h>

#include <algorithm>

namespace botocxx::inline v1 {

struct EndpointRuleSet::State {
  endpoint::RuleProgram program;
};

EndpointRuleSet::EndpointRuleSet(std::unique_ptr<State> state) : state_(std::move(state)) {}
EndpointRuleSet::~EndpointRuleSet() = default;

Result<std::shared_ptr<const EndpointRuleSet>> EndpointRuleSet::compile(const Value& document,
                                                                        const Value& partitions) {
  std::shared_ptr<const endpoint::Partitions> compiled;
  if (!partitions.is_null()) {
    auto read = endpoint::Partitions::compile(partitions);
    if (!read) return std::move(read).error();
    compiled = *std::move(read);
  }
  auto program = endpoint::compile_rule_set(document, std::move(compiled));
  if (!program) return std::move(program).error();
  return endpoint::make_rule_set(*std::move(program));
}

std::shared_ptr<const EndpointRuleSet> EndpointRuleSet::of(std::unique_ptr<State> state) {
  return std::shared_ptr<const EndpointRuleSet>(new EndpointRuleSet(std::move(state)));
}

Result<RuleSetEndpoint> EndpointRuleSet::resolve(const Value& params) const {
  std::vector<std::vector<std::string_view>> lists;
  auto bound = endpoint::bind_parameters(state_->program, params, lists);
  if (!bound) return std::move(bound).error();
  return endpoint::evaluate(state_->program, *bound, params);
}

Result<RuleSetEndpoint> EndpointRuleSet::explain(const Value& params,
                                                 RuleSetExplanation& explanation) const {
  const endpoint::RuleProgram& program = state_->program;
  explanation = {};
  std::vector<std::vector<std::string_view>> lists;
  auto bound = endpoint::bind_parameters(program, params, lists);
  if (!bound) return std::move(bound).error();
  for (std::size_t i = 0; i < bound->size(); ++i) {
    if (!(*bound)[i].has_value) continue;
    explanation.parameters.set(program.parameters[i].name, endpoint::to_value((*bound)[i]));
  }
  endpoint::RuleTrace trace;
  auto resolved = endpoint::evaluate(program, *bound, params, &trace);
  explanation.conditions_tried = trace.conditions.size();
  constexpr const char* kKinds[] = {"tree", "endpoint", "error"};
  for (std::uint32_t i = trace.decided; i != endpoint::Rule::kNoRule; i = program.rules[i].parent) {
    const endpoint::Rule& rule = program.rules[i];
    auto& step = explanation.path.emplace_back();
    step.pointer = rule.pointer;
    step.kind = kKinds[static_cast<std::size_t>(rule.kind)];
    step.documentation = rule.documentation;
    for (const endpoint::RuleTrace::Condition& condition : trace.conditions) {
      if (condition.rule != i) continue;
      step.conditions.push_back({describe(program, condition.expression), condition.value});
    }
  }
  std::reverse(explanation.path.begin(), explanation.path.end());
  return resolved;
}

const EndpointRuleSet::State& EndpointRuleSet::state() const { return *state_; }

std::vector<RuleSetParameter> EndpointRuleSet::parameters() const {
  std::vector<RuleSetParameter> out;
  for (const endpoint::RuleParameter& parameter : state_->program.parameters) {
    out.push_back({std::string(parameter.name), std::string(to_string(parameter.type)),
                   std::string(parameter.built_in), parameter.required,
                   endpoint::to_value(parameter.default_value),
                   std::string(parameter.documentation)});
  }
  return out;
}

}  // namespace botocxx::inline v1

namespace botocxx::endpoint {

std::shared_ptr<const EndpointRuleSet> make_rule_set(RuleProgram program) {
  auto state = std::make_unique<EndpointRuleSet::State>();
  state->program = std::move(program);
  return EndpointRuleSet::of(std::move(state));
}

Result<std::shared_ptr<const RuleSetEndpoint>> resolve_memoised(const EndpointRuleSet& rule_set,
                                                                const Value& params,
                                                                ResolutionCache& cache) {
  const RuleProgram& program = rule_set.state().program;
  std::vector<std::vector<std::string_view>> lists;
  auto bound = bind_parameters(program, params, lists);
  if (!bound) return std::move(bound).error();
  std::string key = resolution_key(program, *bound);
  if (auto known = cache.find(key)) return known;
  auto resolved = evaluate(program, *bound, params);
  if (!resolved) return std::move(resolved).error();
  auto kept = std::make_shared<const RuleSetEndpoint>(*std::move(resolved));
  cache.keep(key, kept);
  return kept;
}

}  // namespace botocxx::endpoint
