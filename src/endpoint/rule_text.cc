#include "codec/json.h"
#include "endpoint/rule_program.h"

#include <string>

namespace botocxx::endpoint {
namespace {

std::string template_text(const RuleProgram& program, const RuleExpression& expression) {
  std::string text = "\"";
  for (std::uint32_t i = 0; i < expression.count; ++i) {
    std::uint32_t operand = program.operands[expression.first + i];
    const RuleExpression& part = program.expressions[operand];
    if (part.kind == RuleExpression::Kind::kLiteral) {
      text += program.literals[part.first].text;
    } else {
      text += '{' + describe(program, operand) + '}';
    }
  }
  return text + '"';
}

std::string call_text(const RuleProgram& program, const RuleExpression& expression) {
  std::string text(expression.function->name);
  text += '(';
  for (std::uint32_t i = 0; i < expression.count; ++i) {
    if (i > 0) text += ", ";
    text += describe(program, program.operands[expression.first + i]);
  }
  return text + ')';
}

std::string attribute_text(const RuleProgram& program, const RuleExpression& expression) {
  std::string text = describe(program, program.operands[expression.first]);
  if (expression.attribute != Attribute::kNone) {
    text += '#';
    text += attribute_name(expression.attribute);
  }
  if (expression.has_index) text += '[' + std::to_string(expression.index) + ']';
  return text;
}

}  // namespace

std::string describe(const RuleProgram& program, std::uint32_t number) {
  const RuleExpression& expression = program.expressions[number];
  std::string text;
  switch (expression.kind) {
    case RuleExpression::Kind::kLiteral:
      text = codec::write_json(to_value(program.literals[expression.first]));
      break;
    case RuleExpression::Kind::kSlot:
      text = expression.name;
      break;
    case RuleExpression::Kind::kTemplate:
      text = template_text(program, expression);
      break;
    case RuleExpression::Kind::kCall:
      text = call_text(program, expression);
      break;
    case RuleExpression::Kind::kAttribute:
      text = attribute_text(program, expression);
      break;
  }
  if (expression.assign == RuleExpression::kNoSlot) return text;
  return std::string(expression.name) + " := " + text;
}

}  // namespace botocxx::endpoint
