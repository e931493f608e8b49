#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/value/value.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace botocxx::inline v1 {

/// Where a rule set sends a request. A plain value.
struct RuleSetEndpoint {
  std::string url{};
  Value properties = Value::object();  ///< "authSchemes" and whatever else the rule states
  std::vector<std::pair<std::string, std::vector<std::string>>> headers{};
};

/// Which rule of a rule set decided, and what was known on the way to it.
struct RuleSetExplanation {
  struct Condition {
    std::string text{};  ///< `stringEquals(Region, "aws-global")`
    Value value{};
  };
  struct Rule {
    std::string pointer{};  ///< JSON pointer in the rule set
    std::string kind{};     ///< "tree", "endpoint" or "error"
    std::string documentation{};
    std::vector<Condition> conditions{};
  };
  Value parameters = Value::object();  ///< as given, and defaults
  std::vector<Rule> path{};            ///< from the outermost; empty when no rule decided
  std::size_t conditions_tried = 0;    ///< in all rules
};

/// A parameter of a rule set.
struct RuleSetParameter {
  std::string name{};
  std::string type{};      ///< "string", "boolean" or "list of strings"
  std::string built_in{};  ///< where a client takes it from, such as "AWS::Region"
  bool required = false;
  Value default_value{};
  std::string documentation{};
};

/// The rules by which a service's endpoint is chosen (`endpoint-rule-set-1.json`), compiled.
/// Immutable; used from any number of threads. Nothing here looks at a machine's settings.
class BOTOCXX_EXPORT EndpointRuleSet {
 public:
  /// Checks the whole document. `partitions` is the document of that name, null where the rules
  /// ask for no partition. Errors: "InvalidRuleSet", "InvalidPartitions"; their context names the
  /// place as a JSON "pointer".
  static Result<std::shared_ptr<const EndpointRuleSet>> compile(const Value& document,
                                                                const Value& partitions);
  ~EndpointRuleSet();

  /// The endpoint for these parameters, spelled as in the rule set; others are ignored, null means
  /// absent. Error: "EndpointResolution", with the message of the rule that decided so.
  Result<RuleSetEndpoint> resolve(const Value& params) const;

  /// The same, and how it came about.
  Result<RuleSetEndpoint> explain(const Value& params, RuleSetExplanation& explanation) const;

  std::vector<RuleSetParameter> parameters() const;

  struct State;
  /// For the library itself.
  const State& state() const;
  static std::shared_ptr<const EndpointRuleSet> of(std::unique_ptr<State> state);

 private:
  explicit EndpointRuleSet(std::unique_ptr<State> state);
  std::unique_ptr<State> state_{};
};

}  // namespace botocxx::inline v1
