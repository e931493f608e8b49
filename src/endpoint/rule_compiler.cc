#include "endpoint/rule_compiler.h"

#include "endpoint/expression_compiler.h"
#include "endpoint/rule_scope.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

namespace botocxx::endpoint {
namespace {

// Rule sets of real services nest up to twenty trees.
constexpr int kDeepestRule = 100;
constexpr int kDeepestProperty = 32;

class RuleCompiler {
 public:
  explicit RuleCompiler(std::shared_ptr<const Partitions> partitions)
      : expressions_(program_, scope_) {
    program_.partitions = std::move(partitions);
  }

  Result<RuleProgram> compile(const Value& document) {
    if (!document.is_object()) scope_.refuse("expected an object");
    if (!document["version"].is_string()) scope_.refuse("\"version\" must be a text");
    refuse_decision_diagram(document);
    compile_parameters(document["parameters"]);
    compile_rules(document["rules"], Rule::kNoRule, 0);
    if (scope_.error()) return *scope_.error();
    program_.slot_count = scope_.most_slots();
    return std::move(program_);
  }

 private:
  using Step = RuleScope::Step;

  // Another form of the same rules (`endpoint-bdd-1.json`): conditions and results in lists, and
  // the nodes of a binary decision diagram over them as a text in base64.
  void refuse_decision_diagram(const Value& document) {
    if (document.contains("rules")) return;
    if (!document.contains("nodes") && !document.contains("results")) return;
    scope_.refuse(
        "this is the decision-diagram form of a rule set, which is not supported",
        "take the form with \"rules\" that the same service has (endpoint-rule-set-1.json)");
  }

  std::string_view text_of(const Value& object, std::string_view name) {
    auto text = object[name].get_if_string();
    return text ? expressions_.keep(*text) : std::string_view();
  }

  static std::uint32_t next_of(const auto& list) { return static_cast<std::uint32_t>(list.size()); }

  void compile_parameters(const Value& parameters) {
    Step at_parameters(scope_, "parameters");
    if (!parameters.is_object()) scope_.refuse("expected an object");
    for (const Value::Member& member : parameters.members()) {
      Step at_parameter(scope_, member.key);
      compile_parameter(member.key, member.value);
    }
  }

  void compile_parameter(std::string_view name, const Value& source) {
    RuleParameter parameter;
    parameter.name = expressions_.keep(name);
    std::string type = to_lower(source["type"].get_if_string().value_or(""));
    if (type == "boolean") {
      parameter.type = RuleType::kBoolean;
    } else if (type == "stringarray") {
      parameter.type = RuleType::kStrings;
    } else if (type != "string") {
      scope_.refuse("\"type\" must be string, boolean or stringArray");
    }
    parameter.required = source["required"].get_if_bool().value_or(false);
    parameter.built_in = text_of(source, "builtIn");
    parameter.documentation = text_of(source, "documentation");
    if (const Value& value = source["default"]; !value.is_null()) {
      Step at_default(scope_, "default");
      parameter.default_value = default_value(value, parameter.type);
    }
    scope_.declare(parameter.name, parameter.type);
    program_.parameters.push_back(parameter);
  }

  RuleValue default_value(const Value& source, RuleType type) {
    if (type == RuleType::kBoolean && source.is_bool()) return RuleValue::of(source.as_bool());
    if (type == RuleType::kString && source.is_string()) {
      return RuleValue::of(expressions_.keep(source.as_string()));
    }
    bool is_list = type == RuleType::kStrings && source.is_list();
    if (!is_list) {
      scope_.refuse(fmt::format("expected a {}", to_string(type)));
      return {};
    }
    std::vector<std::string_view>& list = program_.text_lists.emplace_back();
    for (const Value& item : source.items()) {
      if (!item.is_string()) scope_.refuse("expected a list of strings");
      list.push_back(expressions_.keep(item.get_if_string().value_or("")));
    }
    return RuleValue::of(std::span<const std::string_view>(list));
  }

  void compile_rules(const Value& rules, std::uint32_t parent, int depth) {
    Step at_rules(scope_, "rules");
    if (!rules.is_list()) scope_.refuse("expected a list of rules");
    if (depth > kDeepestRule) {
      scope_.refuse(fmt::format("rules are nested more than {} deep", kDeepestRule));
      return;
    }
    for (std::size_t i = 0; i < rules.size(); ++i) {
      Step at_rule(scope_, i);
      compile_rule(rules[i], parent, depth);
    }
  }

  void compile_rule(const Value& source, std::uint32_t parent, int depth) {
    std::size_t visible = scope_.size();
    std::uint32_t number = next_of(program_.rules);
    Rule rule;
    rule.parent = parent;
    rule.pointer = expressions_.keep(scope_.pointer());
    rule.documentation = text_of(source, "documentation");
    compile_conditions(source["conditions"], rule);
    program_.rules.push_back(rule);
    std::string_view type = source["type"].get_if_string().value_or("");
    if (type == "tree") {
      compile_rules(source["rules"], number, depth + 1);
    } else if (type == "endpoint") {
      program_.rules[number].kind = Rule::Kind::kEndpoint;
      program_.rules[number].result = compile_endpoint(source["endpoint"]);
    } else if (type == "error") {
      Step at_error(scope_, "error");
      program_.rules[number].kind = Rule::Kind::kError;
      program_.rules[number].result = expressions_.compile(source["error"], RuleType::kString);
    } else {
      scope_.refuse(fmt::format("\"type\" must be tree, endpoint or error, found \"{}\"", type));
    }
    program_.rules[number].next = next_of(program_.rules);
    scope_.shrink(visible);
  }

  void compile_conditions(const Value& conditions, Rule& rule) {
    Step at_conditions(scope_, "conditions");
    if (!conditions.is_list()) scope_.refuse("expected a list of functions");
    std::vector<std::uint32_t> compiled;
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      Step at_condition(scope_, i);
      compiled.push_back(expressions_.compile_condition(conditions[i]));
    }
    rule.first_condition = next_of(program_.conditions);
    rule.condition_count = next_of(compiled);
    program_.conditions.insert(program_.conditions.end(), compiled.begin(), compiled.end());
  }

  std::uint32_t compile_endpoint(const Value& source) {
    Step at_endpoint(scope_, "endpoint");
    EndpointTemplate endpoint;
    {
      Step at_url(scope_, "url");
      endpoint.url = expressions_.compile(source["url"], RuleType::kString);
    }
    if (const Value& properties = source["properties"]; !properties.is_null()) {
      Step at_properties(scope_, "properties");
      if (!properties.is_object()) scope_.refuse("expected an object");
      endpoint.properties = compile_properties(properties);
    } else {
      endpoint.properties = compile_properties(Value::object());
    }
    compile_headers(source["headers"], endpoint);
    program_.endpoints.push_back(std::move(endpoint));
    return next_of(program_.endpoints) - 1;
  }

  void compile_headers(const Value& headers, EndpointTemplate& endpoint) {
    Step at_headers(scope_, "headers");
    if (!headers.is_object() && !headers.is_null()) scope_.refuse("expected an object");
    for (const Value::Member& header : headers.members()) {
      Step at_header(scope_, header.key);
      if (!header.value.is_list()) scope_.refuse("expected a list of texts");
      auto& target = endpoint.headers.emplace_back();
      target.name = expressions_.keep(header.key);
      for (std::size_t i = 0; i < header.value.size(); ++i) {
        Step at_value(scope_, i);
        target.values.push_back(expressions_.compile(header.value[i], RuleType::kString));
      }
    }
  }

  std::uint32_t compile_properties(const Value& source) {
    program_.properties.emplace_back();
    std::uint32_t node = next_of(program_.properties) - 1;
    compile_property(source, node, 0);
    return node;
  }

  void compile_property(const Value& source, std::uint32_t node, int depth) {
    if (depth > kDeepestProperty) {
      scope_.refuse(fmt::format("properties are nested more than {} deep", kDeepestProperty));
      return;
    }
    PropertyNode made{.name = program_.properties[node].name};
    if (source.is_object() || source.is_list()) {
      made.kind = source.is_object() ? PropertyNode::Kind::kObject : PropertyNode::Kind::kList;
      made.first = next_of(program_.properties);
      made.count = static_cast<std::uint32_t>(source.size());
      program_.properties.resize(program_.properties.size() + source.size());
    } else if (source.is_string()) {
      made.kind = PropertyNode::Kind::kExpression;
      made.first = expressions_.compile(source, RuleType::kString);
    } else {
      made.first = next_of(program_.property_literals);
      program_.property_literals.push_back(source);
    }
    program_.properties[node] = made;
    for (std::uint32_t i = 0; i < made.count; ++i) {
      if (made.kind == PropertyNode::Kind::kList) {
        Step at_item(scope_, i);
        compile_property(source[std::size_t{i}], made.first + i, depth + 1);
      } else {
        const Value::Member& member = source.members()[i];
        Step at_member(scope_, member.key);
        program_.properties[made.first + i].name = expressions_.keep(member.key);
        compile_property(member.value, made.first + i, depth + 1);
      }
    }
  }

  RuleProgram program_;
  RuleScope scope_;
  ExpressionCompiler expressions_;
};

}  // namespace

Result<RuleProgram> compile_rule_set(const Value& document,
                                     std::shared_ptr<const Partitions> partitions) {
  return RuleCompiler(std::move(partitions)).compile(document);
}

}  // namespace botocxx::endpoint
