#include "cli/commands.h"
#include "cli/connection.h"
#include "cli/endpoint_value.h"
#include "cli/output.h"
#include <botocxx/codec/json.h>

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::cli {
namespace {

constexpr std::string_view kUsage =
    "botocxx explain endpoint SERVICE [OPERATION] [--param NAME=VALUE …] [--region REGION] "
    "[--endpoint-url URL]";

Error usage(std::string message) {
  return Error(ErrorKind::kUsage, "Usage", std::move(message)).with_hint(std::string(kUsage));
}

Result<Value> typed_value(const RuleSetParameter& parameter, const std::string& text) {
  if (parameter.type == "string") return Value(text);
  if (parameter.type == "boolean") {
    if (text == "true") return Value(true);
    if (text == "false") return Value(false);
    return usage(fmt::format("the parameter {} expects true or false", parameter.name));
  }
  auto list = parse_json(text);
  if (list && list->is_list()) return list;
  return usage(fmt::format("the parameter {} expects a JSON list of texts", parameter.name));
}

// What the operation's model fixes.
void add_static_parameters(const Operation& operation, Value& params) {
  auto trait = operation.trait("staticContextParams");
  if (!trait) return;
  auto fixed = parse_json(*trait);
  if (!fixed) return;
  for (const Value::Member& member : fixed->members()) {
    params.set(member.key, member.value["value"]);
  }
}

Result<Value> read_parameters(const Session& session, const Arguments& arguments,
                              const EndpointRuleSet& rules) {
  std::vector<RuleSetParameter> known = rules.parameters();
  Value params = Value::object();
  for (const RuleSetParameter& parameter : known) {
    if (parameter.built_in == "AWS::Region" && !session.region_name().empty()) {
      params.set(parameter.name, session.region_name());
    }
    auto url = arguments.get("endpoint-url");
    if (parameter.built_in == "SDK::Endpoint" && url) params.set(parameter.name, *url);
  }
  const auto& words = arguments.positionals();
  if (words.size() > 2) {
    auto model = session.loader().load_service_model(service_of_command(words[1]),
                                                     arguments.get("api-version").value_or(""));
    if (!model) return std::move(model).error();
    auto operation = (*model)->operation(words[2]);
    if (!operation) return std::move(operation).error();
    add_static_parameters(*operation, params);
  }
  for (const std::string& text : arguments.all("param")) {
    std::string name = text.substr(0, text.find('='));
    if (name.size() == text.size()) return usage("--param expects NAME=VALUE");
    auto parameter = std::find_if(known.begin(), known.end(),
                                  [&](const auto& candidate) { return candidate.name == name; });
    if (parameter == known.end()) {
      std::string names;
      for (const RuleSetParameter& one : known) names += (names.empty() ? "" : ", ") + one.name;
      return usage(fmt::format("there is no parameter {}, only {}", name, names));
    }
    auto value = typed_value(*parameter, text.substr(name.size() + 1));
    if (!value) return value;
    params.set(name, *std::move(value));
  }
  return params;
}

std::string explanation_text(const Result<RuleSetEndpoint>& resolved,
                             const RuleSetExplanation& explanation) {
  std::string text;
  if (resolved) {
    text += fmt::format("endpoint: {}\n", resolved->url);
    Value parts = endpoint_value(*resolved);
    for (const char* name : {"properties", "headers"}) {
      if (!parts[name].empty()) text += fmt::format("{}: {}\n", name, to_json(parts[name]));
    }
  } else {
    text += fmt::format("error: {}\n", resolved.error().message());
  }
  text += "parameters:\n";
  for (const Value::Member& parameter : explanation.parameters.members()) {
    text += fmt::format("  {} = {}\n", parameter.key.view(), to_json(parameter.value));
  }
  if (explanation.path.empty()) {
    return text +
           fmt::format("no rule decided ({} conditions tried)\n", explanation.conditions_tried);
  }
  text += fmt::format("decided by {} ({} conditions tried):\n", explanation.path.back().pointer,
                      explanation.conditions_tried);
  for (const RuleSetExplanation::Rule& rule : explanation.path) {
    text += fmt::format("  {} ({})\n", rule.pointer, rule.kind);
    if (!rule.documentation.empty()) text += fmt::format("    \"{}\"\n", rule.documentation);
    for (const RuleSetExplanation::Condition& condition : rule.conditions) {
      text += fmt::format("    {} = {}\n", condition.text, to_json(condition.value));
    }
  }
  return text;
}

}  // namespace

ExitStatus run_explain(const std::vector<std::string>& words) {
  std::vector<OptionSpec> specs = global_options();
  specs.push_back({"param", Arity::kOne, "NAME=VALUE, a parameter of the rule set; may repeat"});
  auto arguments = Arguments::parse(words, specs);
  if (!arguments) return report(arguments.error());
  const auto& positionals = arguments->positionals();
  bool known = positionals.size() >= 2 && positionals.size() <= 3 && positionals[0] == "endpoint";
  if (!known) return report_usage("explain needs \"endpoint\" and a service", kUsage);
  auto session = open_session(*arguments);
  if (!session) return report(session.error());
  auto rules = session->endpoint_rule_set(service_of_command(positionals[1]),
                                          arguments->get("api-version").value_or(""));
  if (!rules) return report(rules.error());
  auto params = read_parameters(*session, *arguments, **rules);
  if (!params) return report(params.error());
  RuleSetExplanation explanation;
  auto resolved = (*rules)->explain(*params, explanation);
  return print_data(explanation_text(resolved, explanation));
}

}  // namespace botocxx::cli
