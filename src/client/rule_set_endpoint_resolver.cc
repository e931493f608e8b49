#include "client/rule_set_endpoint_resolver.h"

#include "client/endpoint_explanation.h"
#include "codec/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace botocxx::inline v1 {

// The interface has no source of its own.
Result<Endpoint> EndpointResolver::explain(const EndpointQuery& query, const ExplainOptions&,
                                           EndpointExplanation&) const {
  return resolve(query);
}

Result<void> EndpointResolver::complete_params(const Operation&, const Config&, Value&) const {
  return {};
}

}  // namespace botocxx::inline v1

namespace botocxx::client {
namespace {

Value json_of(std::optional<std::string_view> text) {
  if (!text) return {};
  auto value = codec::parse_json(*text);
  return value ? *std::move(value) : Value();
}

std::optional<std::string_view> model_trait(const std::vector<TraitView>& traits,
                                            std::string_view name) {
  for (const TraitView& trait : traits) {
    if (trait.name == name) return trait.json;
  }
  return std::nullopt;
}

// The only one with hosts for all regions.
constexpr std::string_view kFirstPartition = "aws";

bool names_signing_regions(const Endpoint& endpoint) {
  std::span<const Value> schemes = endpoint.properties["authSchemes"].items();
  auto names = [](const Value& scheme) {
    return scheme.contains("signingRegion") || scheme.contains("signingRegionSet");
  };
  return !schemes.empty() && std::all_of(schemes.begin(), schemes.end(), names);
}

}  // namespace

Result<std::shared_ptr<const endpoint::EndpointsData>> endpoints_data_of(
    const EndpointsDataSource& source) {
  if (!source) return std::shared_ptr<const endpoint::EndpointsData>();
  return source();
}

Result<RuleSetEndpointResolver::OperationSources> RuleSetEndpointResolver::sources_of(
    const Operation& operation) {
  OperationSources sources;
  Value fixed = json_of(operation.trait("staticContextParams"));
  for (const Value::Member& member : fixed.members()) {
    sources.fixed.set(member.key, member.value["value"]);
  }
  if (auto input = operation.input()) {
    for (Member member : input->shape().members()) {
      if (member.context_param().empty()) continue;
      sources.members.emplace(member.context_param(), member.name());
    }
  }
  Value paths = json_of(operation.trait("operationContextParams"));
  for (const Value::Member& member : paths.members()) {
    std::string_view path = member.value["path"].get_if_string().value_or("");
    auto expression = JmespathExpression::compile(path);
    if (!expression) {
      return Error(ErrorKind::kModel, "InvalidModel",
                   fmt::format("operationContextParams of {}: {}", operation.name(),
                               expression.error().message()));
    }
    sources.paths.emplace(member.key.view(), *std::move(expression));
  }
  return sources;
}

Result<std::shared_ptr<const RuleSetEndpointResolver>> RuleSetEndpointResolver::create(
    std::shared_ptr<const EndpointRuleSet> rules, const ServiceModel& model,
    std::shared_ptr<const EndpointPolicy> policy, EndpointsDataSource endpoints_data) {
  std::shared_ptr<RuleSetEndpointResolver> made(new RuleSetEndpointResolver);
  Value client_context = json_of(model_trait(model.traits(), "clientContextParams"));
  for (const RuleSetParameter& parameter : rules->parameters()) {
    if (!parameter.built_in.empty() && !is_built_in(parameter.built_in)) {
      return Error(ErrorKind::kModel, "UnknownEndpointResolutionBuiltInName",
                   fmt::format("Unknown builtin variable name: {}", parameter.built_in));
    }
    bool is_setting = client_context.contains(parameter.name);
    made->parameters_.push_back({parameter.name, parameter.built_in,
                                 is_setting ? xform_name(parameter.name) : std::string()});
  }
  for (Operation operation : model.operations()) {
    auto sources = sources_of(operation);
    if (!sources) return std::move(sources).error();
    made->operations_.push_back(*std::move(sources));
  }
  made->rules_ = std::move(rules);
  made->policy_ = std::move(policy);
  made->endpoints_data_ = std::move(endpoints_data);
  return std::shared_ptr<const RuleSetEndpointResolver>(std::move(made));
}

// botocore's order: fixed by the operation, from its parameters, a setting of the client's.
Result<RuleSetEndpointResolver::Given> RuleSetEndpointResolver::own_value(
    const Parameter& parameter, const OperationSources& sources, const EndpointQuery& query) const {
  using Source = Given::Source;
  if (const Value& fixed = sources.fixed[parameter.name]; !fixed.is_null()) {
    return Given{fixed, Source::kFixed};
  }
  if (auto member = sources.members.find(parameter.name); member != sources.members.end()) {
    const Value& given = query.params[member->second];
    if (!given.is_null()) return Given{given, Source::kMember};
  }
  if (auto path = sources.paths.find(parameter.name); path != sources.paths.end()) {
    auto found = path->second.search(query.params);
    if (!found) return std::move(found).error();
    if (!found->is_null()) return Given{*std::move(found), Source::kPath};
  }
  if (parameter.client_context.empty()) return Given();
  return Given{policy_->client_context(parameter.client_context, query), Source::kSetting};
}

Result<RuleSetEndpointResolver::Given> RuleSetEndpointResolver::value_of(
    const Parameter& parameter, const OperationSources& sources, const EndpointQuery& query,
    const std::string& region, const Value& builtins) const {
  auto given = own_value(parameter, sources, query);
  if (!given || !given->value.is_null()) return given;
  if (!parameter.built_in.empty()) {
    *given = {builtins.is_null() ? policy_->built_in(parameter.built_in, query, region)
                                 : builtins[parameter.built_in],
              Given::Source::kBuiltIn};
  }
  if (given->value.is_null()) {
    *given = {policy_->missing(parameter.name, query), Given::Source::kPolicy};
  }
  return given;
}

const RuleSetEndpointResolver::OperationSources& RuleSetEndpointResolver::sources_for(
    const EndpointQuery& query) const {
  static const OperationSources none;
  std::size_t number = query.operation.index();
  return number < operations_.size() ? operations_[number] : none;
}

// Services without regions have one endpoint for a partition, whatever region is set.
Result<std::string> RuleSetEndpointResolver::region_of(const EndpointQuery& query) const {
  std::string region = policy_->region(query);
  if (!region.empty()) return region;
  auto data = endpoints_data_of(endpoints_data_);
  if (!data) return std::move(data).error();
  auto known = *data ? (*data)->find(query.operation.model().endpoint_prefix(), "")
                     : Error(ErrorKind::kEndpoint, "NoRegion", "You must specify a region.");
  if (known) return known->name;
  if (known.error().code() != "NoRegion") return std::move(known).error();
  return std::move(known).error().with_hint(
      "pass --region, set AWS_REGION, or configure one for the profile");
}

Result<Value> RuleSetEndpointResolver::adjusted_builtins(const EndpointQuery& query,
                                                         const std::string& region) const {
  if (!query.adjust_builtins) return Value();
  Value builtins = Value::object();
  for (const Parameter& parameter : parameters_) {
    if (parameter.built_in.empty()) continue;
    builtins.set(parameter.built_in, policy_->built_in(parameter.built_in, query, region));
  }
  if (auto adjusted = query.adjust_builtins(builtins); !adjusted) {
    return std::move(adjusted).error();
  }
  return builtins;
}

Result<std::string> RuleSetEndpointResolver::url_region_of(const EndpointQuery& query,
                                                           std::string region) const {
  std::string_view stand_in = policy_->url_region(query);
  if (query.use != EndpointUse::kUrl || stand_in.empty()) return region;
  auto data = endpoints_data_of(endpoints_data_);
  if (!data) return std::move(data).error();
  if (!*data) return region;
  auto known = (*data)->find(query.operation.model().endpoint_prefix(), region);
  if (known && known->partition == kFirstPartition) return std::string(stand_in);
  return region;
}

Result<void> RuleSetEndpointResolver::add_known_signature_versions(const EndpointQuery& query,
                                                                   Endpoint& endpoint) const {
  if (query.use != EndpointUse::kUrl) return {};
  auto region = region_of(query);
  if (!region) return std::move(region).error();
  auto data = endpoints_data_of(endpoints_data_);
  if (!data) return std::move(data).error();
  if (!*data) return {};
  endpoint.known_signature_versions =
      (*data)->signature_versions(query.operation.model().endpoint_prefix(), *region);
  return {};
}

Result<Value> RuleSetEndpointResolver::rule_params(const EndpointQuery& query) const {
  const OperationSources& sources = sources_for(query);
  auto region = region_of(query);
  if (region) region = url_region_of(query, *std::move(region));
  if (!region) return std::move(region).error();
  auto builtins = adjusted_builtins(query, *region);
  if (!builtins) return builtins;
  Value params = Value::object();
  for (const Parameter& parameter : parameters_) {
    auto given = value_of(parameter, sources, query, *region, *builtins);
    if (!given) return std::move(given).error();
    if (!given->value.is_null()) params.set(parameter.name, std::move(given->value));
  }
  return params;
}

// Where the rules do not say what to sign for, endpoints.json may.
Result<void> RuleSetEndpointResolver::add_scope_of_known_endpoint(const EndpointQuery& query,
                                                                  Endpoint& endpoint) const {
  // The rules' region does not count for URLs.
  const bool is_said = query.use == EndpointUse::kCall && names_signing_regions(endpoint);
  if (!query.region.empty() && is_said) return {};
  auto data = endpoints_data_of(endpoints_data_);
  if (!data) return std::move(data).error();
  if (!*data) return {};
  endpoint::EndpointVariant variant;
  variant.dual_stack = query.config.use_dualstack_endpoint.value_or(false);
  variant.fips = query.config.use_fips_endpoint.value_or(false);
  const bool own = !query.endpoint_url.empty();
  const std::string fallback = query.region.empty() && own ? policy_->region(query) : std::string();
  auto known = (*data)->find(query.operation.model().endpoint_prefix(),
                             fallback.empty() ? query.region : fallback, variant);
  if (!known) return {};
  if (endpoint.signing_name.empty()) endpoint.signing_name = known->signing_name;
  if (!own || !fallback.empty()) endpoint.signing_region = known->signing_region;
  return {};
}

Result<Endpoint> RuleSetEndpointResolver::finished(const EndpointQuery& query, const Value& params,
                                                   const RuleSetEndpoint& resolved) const {
  std::string text = resolved.url;
  constexpr std::string_view kSecure = "https://";
  // Rules know secure endpoints only.
  if (!query.use_ssl && text.starts_with(kSecure) && !params.contains("Endpoint")) {
    text = "http://" + text.substr(kSecure.size());
  }
  auto url = Url::parse(text);
  if (!url) return std::move(url).error();
  Endpoint endpoint;
  endpoint.url = *std::move(url);
  endpoint.properties = resolved.properties;
  for (const auto& [name, values] : resolved.headers) {
    if (values.empty()) continue;
    // A value must not become another header.
    if ((name + values.front()).find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
      return Error(
          ErrorKind::kEndpoint, "EndpointResolution",
          fmt::format("The endpoint rules set the header \"{}\" to a text with line breaks", name));
    }
    endpoint.headers.emplace_back(name, values.front());
  }
  if (auto added = add_scope_of_known_endpoint(query, endpoint); !added) {
    return std::move(added).error();
  }
  if (auto added = add_known_signature_versions(query, endpoint); !added) {
    return std::move(added).error();
  }
  policy_->finish(query, params, endpoint);
  return endpoint;
}

Result<Endpoint> RuleSetEndpointResolver::resolve(const EndpointQuery& query) const {
  auto params = rule_params(query);
  if (!params) return std::move(params).error();
  auto resolved = endpoint::resolve_memoised(*rules_, *params, cache_);
  if (!resolved) return policy_->translate(std::move(resolved).error(), *params);
  return finished(query, *params, **resolved);
}

std::string RuleSetEndpointResolver::source_text(const Parameter& parameter,
                                                 const OperationSources& sources,
                                                 const EndpointQuery& query,
                                                 Given::Source source) const {
  std::string_view operation = query.operation.name();
  switch (source) {
    case Given::Source::kNone:
      return {};
    case Given::Source::kFixed:
      return fmt::format("fixed by {}", operation);
    case Given::Source::kMember:
      return fmt::format("{} of the call", sources.members.find(parameter.name)->second);
    case Given::Source::kPath:
      return fmt::format("found in the call by operationContextParams of {}", operation);
    case Given::Source::kSetting:
      return fmt::format("client_context_params: {}", parameter.client_context);
    case Given::Source::kBuiltIn:
      return fmt::format("{}: {}", parameter.built_in, explain_built_in(parameter.built_in, query));
    case Given::Source::kPolicy:
      return fmt::format("begins the URI of {}", operation);
  }
  return {};
}

Result<Endpoint> RuleSetEndpointResolver::explain(const EndpointQuery& query,
                                                  const ExplainOptions& options,
                                                  EndpointExplanation& explanation) const {
  static const OperationSources none;
  const OperationSources& sources = options.without_operation ? none : sources_for(query);
  Value params = Value::object();
  auto region = region_of(query);
  // The rules may get one from the options.
  if (!region && options.rule_params.empty()) return std::move(region).error();
  auto builtins = adjusted_builtins(query, region.value_or(""));
  if (!builtins) return std::move(builtins).error();
  for (const Parameter& parameter : parameters_) {
    auto given = value_of(parameter, sources, query, region.value_or(""), *builtins);
    if (!given) return std::move(given).error();
    std::string source = source_text(parameter, sources, query, given->source);
    if (const Value& chosen = options.rule_params[parameter.name]; !chosen.is_null()) {
      given->value = chosen;
      source = "given for this explanation";
    }
    if (given->value.is_null()) continue;
    explanation.parameters.push_back({parameter.name, given->value, std::move(source)});
    params.set(parameter.name, std::move(given->value));
  }
  auto resolved = rules_->explain(params, explanation.rules);
  for (const Value::Member& used : explanation.rules.parameters.members()) {
    if (params.contains(used.key)) continue;
    explanation.parameters.push_back(
        {std::string(used.key.view()), used.value, "default of the rules"});
  }
  if (!resolved) return policy_->translate(std::move(resolved).error(), params);
  return finished(query, params, *resolved);
}

Result<void> RuleSetEndpointResolver::complete_params(const Operation& operation,
                                                      const Config& config, Value& params) const {
  return policy_->complete_params(operation, config, params);
}

}  // namespace botocxx::client
