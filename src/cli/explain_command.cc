#include "cli/commands.h"
#include "cli/connection.h"
#include "cli/output.h"
#include <botocxx/codec/json.h>

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::cli {
namespace {

constexpr std::string_view kUsage =
    "botocxx explain endpoint SERVICE [OPERATION] [--params JSON] [--param NAME=VALUE …] "
    "[--region REGION] [--endpoint-url URL]";

Error usage(std::string message) {
  return Error(ErrorKind::kUsage, "Usage", std::move(message)).with_hint(std::string(kUsage));
}

// What is asked about: a call as far as it is given, and parameters of the rules.
struct Question {
  std::string operation;
  Value params = Value::object();
  ExplainOptions options;
};

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

// The member of the operation's input that supplies a parameter of the rules.
std::string member_for(const Client& client, const std::string& operation_name,
                       std::string_view parameter) {
  if (operation_name.empty()) return {};
  auto operation = client.model().operation(operation_name);
  auto input = operation ? operation->input() : std::nullopt;
  if (!input) return {};
  for (Member member : input->shape().members()) {
    if (member.context_param() == parameter) return std::string(member.name());
  }
  return {};
}

Result<void> add_param(const std::string& text, const Client& client,
                       const std::vector<RuleSetParameter>& known, Question& question) {
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
  if (!value) return std::move(value).error();
  std::string member = member_for(client, question.operation, name);
  Value& target = member.empty() ? question.options.rule_params : question.params;
  target.set(member.empty() ? name : member, *std::move(value));
  return {};
}

Result<Question> read_question(const Session& session, const Client& client,
                               const Arguments& arguments) {
  Question question;
  const auto& words = arguments.positionals();
  if (words.size() > 2) question.operation = words[2];
  if (auto text = arguments.get("params")) {
    if (question.operation.empty()) return usage("--params needs an OPERATION");
    auto content = read_text_argument(*text);
    if (!content) return std::move(content).error();
    auto params = parse_json(*content);
    if (!params || !params->is_object()) return usage("--params expects a JSON object");
    question.params = *std::move(params);
  }
  std::vector<std::string> given = arguments.all("param");
  if (given.empty()) return question;
  auto rules = session.endpoint_rule_set(client.model().service_name(),
                                         arguments.get("api-version").value_or(""));
  if (!rules) return std::move(rules).error();
  for (const std::string& text : given) {
    auto added = add_param(text, client, (*rules)->parameters(), question);
    if (!added) return std::move(added).error();
  }
  return question;
}

std::string endpoint_text(const Result<Endpoint>& endpoint) {
  if (!endpoint) return fmt::format("error: {}\n", endpoint.error().message());
  std::string text = fmt::format("endpoint: {}\n", endpoint->url.to_string());
  if (!endpoint->properties.empty()) {
    text += fmt::format("properties: {}\n", to_json(endpoint->properties));
  }
  for (const auto& [name, value] : endpoint->headers) {
    text += fmt::format("header: {}: {}\n", name, value);
  }
  if (!endpoint->auth_type.empty()) {
    text += fmt::format("signed by {} for {} in {}\n", endpoint->auth_type, endpoint->signing_name,
                        endpoint->signing_region);
  }
  return text;
}

std::string rules_text(const RuleSetExplanation& rules) {
  if (rules.path.empty()) {
    return fmt::format("no rule decided ({} conditions tried)\n", rules.conditions_tried);
  }
  std::string text = fmt::format("decided by {} ({} conditions tried):\n",
                                 rules.path.back().pointer, rules.conditions_tried);
  for (const RuleSetExplanation::Rule& rule : rules.path) {
    text += fmt::format("  {} ({})\n", rule.pointer, rule.kind);
    if (!rule.documentation.empty()) text += fmt::format("    \"{}\"\n", rule.documentation);
    for (const RuleSetExplanation::Condition& condition : rule.conditions) {
      text += fmt::format("    {} = {}\n", condition.text, to_json(condition.value));
    }
  }
  return text;
}

std::string explanation_text(const Result<Endpoint>& endpoint,
                             const EndpointExplanation& explanation) {
  std::string text = endpoint_text(endpoint);
  if (explanation.parameters.empty()) {
    return text +
           "the service has no endpoint rules: the host is that of endpoints.json, or the "
           "user's own\n";
  }
  text += "parameters:\n";
  for (const EndpointExplanation::Parameter& parameter : explanation.parameters) {
    text += fmt::format("  {} = {}  <- {}\n", parameter.name, to_json(parameter.value),
                        parameter.source);
  }
  return text + rules_text(explanation.rules);
}

}  // namespace

ExitStatus run_explain(const std::vector<std::string>& words) {
  std::vector<OptionSpec> specs = global_options();
  specs.push_back({"param", Arity::kOne, "NAME=VALUE, a parameter of the rule set; may repeat"});
  specs.push_back({"params", Arity::kOne, "the operation's parameters as JSON, or file://PATH"});
  auto arguments = Arguments::parse(words, specs);
  if (!arguments) return report(arguments.error());
  const auto& positionals = arguments->positionals();
  if (!positionals.empty() && positionals[0] == "config" && positionals.size() <= 2) {
    return explain_config(*arguments);
  }
  bool known = positionals.size() >= 2 && positionals.size() <= 3 && positionals[0] == "endpoint";
  if (!known)
    return report_usage("explain needs \"config\", or \"endpoint\" and a service", kUsage);
  auto session = open_session(*arguments);
  if (!session) return report(session.error());
  auto client = open_client(*session, positionals[1], *arguments);
  if (!client) return report(client.error());
  auto question = read_question(*session, *client, *arguments);
  if (!question) return report(question.error());
  EndpointExplanation explanation;
  auto endpoint = client->explain_endpoint(question->operation, question->params, question->options,
                                           explanation);
  bool nothing_known = !endpoint && explanation.parameters.empty();
  if (nothing_known) return report(endpoint.error());
  return print_data(explanation_text(endpoint, explanation));
}

}  // namespace botocxx::cli
