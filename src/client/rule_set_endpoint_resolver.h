#pragma once

#include "client/endpoint_policy.h"
#include "endpoint/endpoints_data.h"
#include "endpoint/resolution_cache.h"
#include <botocxx/client/endpoint_resolver.h>
#include <botocxx/endpoint/rule_set.h>
#include <botocxx/jmespath/expression.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace botocxx::client {

/// Gives endpoints.json when it is wanted; null where there is none, an error where it is damaged.
using EndpointsDataSource = std::function<Result<std::shared_ptr<const endpoint::EndpointsData>>()>;

/// The same of a source that may be empty.
Result<std::shared_ptr<const endpoint::EndpointsData>> endpoints_data_of(
    const EndpointsDataSource& source);

/// A service's endpoint rules with a client's settings as their parameters (botocore's
/// `EndpointRulesetResolver`). Remembers the results asked for last.
class RuleSetEndpointResolver : public EndpointResolver {
 public:
  /// Refuses rule sets with unknown built-ins, and models with broken context parameters.
  static Result<std::shared_ptr<const RuleSetEndpointResolver>> create(
      std::shared_ptr<const EndpointRuleSet> rules, const ServiceModel& model,
      std::shared_ptr<const EndpointPolicy> policy, EndpointsDataSource endpoints_data);

  Result<Endpoint> resolve(const EndpointQuery& query) const override;
  Result<Endpoint> explain(const EndpointQuery& query, const ExplainOptions& options,
                           EndpointExplanation& explanation) const override;
  Result<void> complete_params(const Operation& operation, const Config& config,
                               Value& params) const override;

  /// What the rules get for this call.
  Result<Value> rule_params(const EndpointQuery& query) const;

 private:
  struct Parameter {
    std::string name;
    std::string built_in;        ///< empty: none
    std::string client_context;  ///< name of the client's setting, empty: none
  };
  /// Where an operation's own parameters come from, by the names in the rules.
  struct OperationSources {
    Value fixed = Value::object();
    std::map<std::string, std::string, std::less<>> members;
    std::map<std::string, JmespathExpression, std::less<>> paths;
  };

  /// A parameter's value and where it is from.
  struct Given {
    enum class Source { kNone, kFixed, kMember, kPath, kSetting, kBuiltIn, kPolicy };
    Value value{};
    Source source = Source::kNone;
  };

  RuleSetEndpointResolver() = default;
  static Result<OperationSources> sources_of(const Operation& operation);
  const OperationSources& sources_for(const EndpointQuery& query) const;
  Result<Given> own_value(const Parameter& parameter, const OperationSources& sources,
                          const EndpointQuery& query) const;
  /// Null when nobody wants to change any.
  Result<Value> adjusted_builtins(const EndpointQuery& query, const std::string& region) const;
  Result<Given> value_of(const Parameter& parameter, const OperationSources& sources,
                         const EndpointQuery& query, const std::string& region,
                         const Value& builtins) const;
  std::string source_text(const Parameter& parameter, const OperationSources& sources,
                          const EndpointQuery& query, Given::Source source) const;
  Result<Endpoint> finished(const EndpointQuery& query, const Value& params,
                            const RuleSetEndpoint& resolved) const;
  Result<std::string> region_of(const EndpointQuery& query) const;
  Result<std::string> url_region_of(const EndpointQuery& query, std::string region) const;
  Result<void> add_known_signature_versions(const EndpointQuery& query, Endpoint& endpoint) const;
  Result<void> add_scope_of_known_endpoint(const EndpointQuery& query, Endpoint& endpoint) const;

  std::shared_ptr<const EndpointRuleSet> rules_;
  std::shared_ptr<const EndpointPolicy> policy_;
  EndpointsDataSource endpoints_data_;
  std::vector<Parameter> parameters_;
  std::vector<OperationSources> operations_;  ///< by the operations' numbers
  mutable endpoint::ResolutionCache cache_;
};

}  // namespace botocxx::client
