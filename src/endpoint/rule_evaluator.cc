#include "endpoint/rule_evaluator.h"

#include "codec/python_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory_resource>

namespace botocxx::endpoint {
namespace {

constexpr std::size_t kFewArguments = 4;

Error resolution_error(std::string message) {
  return Error(ErrorKind::kEndpoint, "EndpointResolution", std::move(message));
}

class Evaluation {
 public:
  Evaluation(const RuleProgram& program, const std::vector<RuleValue>& bound, RuleTrace* trace)
      : program_(program),
        trace_(trace),
        slots_(&arena_),
        context_{&arena_, program.partitions.get()} {
    slots_.resize(program.slot_count);
    std::copy(bound.begin(), bound.end(), slots_.begin());
  }

  // The rule that decides, or kNoRule.
  std::uint32_t find_rule() {
    std::uint32_t i = 0;
    while (i < program_.rules.size()) {
      const Rule& rule = program_.rules[i];
      bool holds = conditions_hold(i);
      if (!context_.failure.empty()) break;
      if (holds && rule.kind != Rule::Kind::kTree) return i;
      i = holds ? i + 1 : rule.next;
    }
    return Rule::kNoRule;
  }

  RuleSetEndpoint make_endpoint(const EndpointTemplate& source) {
    RuleSetEndpoint endpoint;
    endpoint.url = text_of(source.url);
    endpoint.properties = property(source.properties);
    for (const EndpointTemplate::Header& header : source.headers) {
      std::vector<std::string> values;
      for (std::uint32_t value : header.values) values.push_back(text_of(value));
      endpoint.headers.emplace_back(std::string(header.name), std::move(values));
    }
    return endpoint;
  }

  std::string text_of(std::uint32_t expression) {
    RuleValue value = evaluate(expression);
    if (!value.has_value && context_.failure.empty()) {
      context_.failure = fmt::format("{} has no value", describe(program_, expression));
    }
    return std::string(value.text);
  }

  const std::string& failure() const { return context_.failure; }

 private:
  bool conditions_hold(std::uint32_t number) {
    const Rule& rule = program_.rules[number];
    for (std::uint32_t i = 0; i < rule.condition_count; ++i) {
      std::uint32_t condition = program_.conditions[rule.first_condition + i];
      RuleValue value = evaluate(condition);
      if (trace_ != nullptr) trace_->conditions.push_back({number, condition, to_value(value)});
      if (!value.holds() || !context_.failure.empty()) return false;
    }
    return true;
  }

  RuleValue evaluate(std::uint32_t number) {
    const RuleExpression& expression = program_.expressions[number];
    switch (expression.kind) {
      case RuleExpression::Kind::kLiteral:
        return program_.literals[expression.first];
      case RuleExpression::Kind::kSlot:
        return slots_[expression.first];
      case RuleExpression::Kind::kTemplate:
        return fill_template(expression);
      case RuleExpression::Kind::kCall:
        return assigned(expression, call(expression));
      case RuleExpression::Kind::kAttribute:
        break;
    }
    RuleValue value = evaluate(program_.operands[expression.first]);
    if (expression.attribute != Attribute::kNone) {
      value = attribute_of(value, expression.attribute);
    }
    return assigned(expression, expression.has_index ? item_of(value, expression.index) : value);
  }

  RuleValue assigned(const RuleExpression& expression, RuleValue value) {
    if (expression.assign != RuleExpression::kNoSlot) slots_[expression.assign] = value;
    return value;
  }

  RuleValue call(const RuleExpression& expression) {
    std::array<RuleValue, kFewArguments> few;
    std::pmr::vector<RuleValue> many(&arena_);
    std::span<RuleValue> arguments(few.data(), std::min<std::size_t>(expression.count, few.size()));
    if (expression.count > few.size()) {
      many.resize(expression.count);
      arguments = many;
    }
    for (std::uint32_t i = 0; i < expression.count; ++i) {
      arguments[i] = evaluate(program_.operands[expression.first + i]);
    }
    if (!context_.failure.empty()) return {};
    return expression.function->call(arguments, context_);
  }

  RuleValue fill_template(const RuleExpression& expression) {
    std::pmr::string text(&arena_);
    for (std::uint32_t i = 0; i < expression.count; ++i) {
      std::uint32_t operand = program_.operands[expression.first + i];
      RuleValue part = evaluate(operand);
      if (!part.has_value && context_.failure.empty()) {
        context_.failure = fmt::format("{} has no value", describe(program_, operand));
      }
      if (!context_.take(part.text.size())) return {};
      text += part.text;
    }
    return RuleValue::of(keep_text(text, &arena_));
  }

  Value property(std::uint32_t number) {
    const PropertyNode& node = program_.properties[number];
    switch (node.kind) {
      case PropertyNode::Kind::kLiteral:
        return program_.property_literals[node.first];
      case PropertyNode::Kind::kExpression:
        return Value(text_of(node.first));
      case PropertyNode::Kind::kList: {
        Value list = Value::list();
        for (std::uint32_t i = 0; i < node.count; ++i) list.push_back(property(node.first + i));
        return list;
      }
      case PropertyNode::Kind::kObject:
        break;
    }
    Value object = Value::object();
    for (std::uint32_t i = 0; i < node.count; ++i) {
      object.set(program_.properties[node.first + i].name, property(node.first + i));
    }
    return object;
  }

  const RuleProgram& program_;
  RuleTrace* trace_;
  std::array<std::byte, 8 * 1024> first_block_;
  std::pmr::monotonic_buffer_resource arena_{first_block_.data(), first_block_.size()};
  std::pmr::vector<RuleValue> slots_;
  FunctionContext context_;
};

Error no_rule(const Value& params) {
  std::string text = "No endpoint found for parameters:";
  for (const Value::Member& member : params.members()) {
    text += fmt::format("\n{}: {}", member.key.view(), codec::python_str(member.value));
  }
  return resolution_error(std::move(text));
}

Result<RuleValue> bind(const RuleParameter& parameter, const Value& value,
                       std::vector<std::vector<std::string_view>>& lists) {
  if (value.is_null()) {
    if (parameter.default_value.has_value || !parameter.required) return parameter.default_value;
    return resolution_error(
        fmt::format("Cannot find value for required parameter {}", parameter.name));
  }
  if (parameter.type == RuleType::kString && value.is_string()) {
    return RuleValue::of(value.as_string());
  }
  if (parameter.type == RuleType::kBoolean && value.is_bool()) {
    return RuleValue::of(value.as_bool());
  }
  bool texts = value.is_list() && std::all_of(value.items().begin(), value.items().end(),
                                              [](const Value& item) { return item.is_string(); });
  if (parameter.type == RuleType::kStrings && texts) {
    std::vector<std::string_view> list;
    for (const Value& item : value.items()) list.push_back(item.as_string());
    lists.push_back(std::move(list));
    return RuleValue::of(std::span<const std::string_view>(lists.back()));
  }
  std::string_view type = parameter.type == RuleType::kString    ? "<class 'str'>"
                          : parameter.type == RuleType::kBoolean ? "<class 'bool'>"
                                                                 : "<class 'tuple'>";
  return resolution_error(
      fmt::format("Value ({}) is the wrong type. Must be {}.", parameter.name, type));
}

void append_counted(std::string& key, std::string_view text) {
  key += std::to_string(text.size());
  key += ':';
  key += text;
}

}  // namespace

Result<std::vector<RuleValue>> bind_parameters(const RuleProgram& program, const Value& params,
                                               std::vector<std::vector<std::string_view>>& lists) {
  std::vector<RuleValue> bound;
  bound.reserve(program.parameters.size());
  for (const RuleParameter& parameter : program.parameters) {
    auto value = bind(parameter, params[parameter.name], lists);
    if (!value) return std::move(value).error();
    bound.push_back(*value);
  }
  return bound;
}

Result<RuleSetEndpoint> evaluate(const RuleProgram& program, const std::vector<RuleValue>& bound,
                                 const Value& params, RuleTrace* trace) {
  Evaluation evaluation(program, bound, trace);
  std::uint32_t number = evaluation.find_rule();
  if (!evaluation.failure().empty()) return resolution_error(evaluation.failure());
  if (trace != nullptr) trace->decided = number;
  if (number == Rule::kNoRule) return no_rule(params);
  const Rule& rule = program.rules[number];
  if (rule.kind == Rule::Kind::kError) {
    std::string message = evaluation.text_of(rule.result);
    return resolution_error(evaluation.failure().empty() ? message : evaluation.failure());
  }
  RuleSetEndpoint endpoint = evaluation.make_endpoint(program.endpoints[rule.result]);
  if (!evaluation.failure().empty()) return resolution_error(evaluation.failure());
  return endpoint;
}

std::string resolution_key(const RuleProgram& program, const std::vector<RuleValue>& bound) {
  std::string key;
  for (std::size_t i = 0; i < bound.size(); ++i) {
    if (!program.parameters[i].used) continue;
    const RuleValue& value = bound[i];
    if (!value.has_value) {
      key += '-';
    } else if (value.type == RuleType::kBoolean) {
      key += value.boolean ? 't' : 'f';
    } else if (value.type == RuleType::kString) {
      append_counted(key, value.text);
    } else {
      key += '[' + std::to_string(value.strings.size()) + ']';
      for (std::string_view item : value.strings) append_counted(key, item);
    }
  }
  return key;
}

}  // namespace botocxx::endpoint
