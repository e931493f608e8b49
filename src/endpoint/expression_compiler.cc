#include "endpoint/expression_compiler.h"

#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace botocxx::endpoint {
namespace {

constexpr int kDeepestExpression = 32;
constexpr std::string_view kGetAttribute = "getAttr";

bool is_variable_name(std::string_view name) {
  auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !name.empty() && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

std::string count_text(const FunctionSpec& function) {
  if (function.least_arguments == function.most_arguments) {
    return std::to_string(function.least_arguments);
  }
  return fmt::format("at least {}", function.least_arguments);
}

}  // namespace

std::string_view ExpressionCompiler::keep(std::string_view text) {
  return program_.texts.emplace_back(text);
}

RuleType ExpressionCompiler::type_of(std::uint32_t expression) const {
  return program_.expressions[expression].type;
}

std::uint32_t ExpressionCompiler::add(RuleExpression expression) {
  program_.expressions.push_back(expression);
  return static_cast<std::uint32_t>(program_.expressions.size() - 1);
}

std::uint32_t ExpressionCompiler::add_literal(RuleValue value) {
  program_.literals.push_back(value);
  return add({.kind = RuleExpression::Kind::kLiteral,
              .type = value.type,
              .first = static_cast<std::uint32_t>(program_.literals.size() - 1)});
}

std::uint32_t ExpressionCompiler::add_with_operands(RuleExpression expression,
                                                    const std::vector<std::uint32_t>& operands) {
  expression.first = static_cast<std::uint32_t>(program_.operands.size());
  expression.count = static_cast<std::uint32_t>(operands.size());
  program_.operands.insert(program_.operands.end(), operands.begin(), operands.end());
  return add(expression);
}

std::uint32_t ExpressionCompiler::compile(const Value& source, RuleType wanted) {
  std::uint32_t expression = compile_any(source);
  if (wanted != RuleType::kAny && type_of(expression) != wanted) {
    scope_.refuse(fmt::format("expected a {}, found a {}", to_string(wanted),
                              to_string(type_of(expression))));
  }
  return expression;
}

std::uint32_t ExpressionCompiler::compile_condition(const Value& source) {
  if (!source["fn"].is_string()) scope_.refuse("a condition must be a function: {\"fn\": …}");
  return compile_any(source);
}

std::uint32_t ExpressionCompiler::compile_any(const Value& source) {
  if (++depth_ > kDeepestExpression) {
    scope_.refuse(fmt::format("functions are nested more than {} deep", kDeepestExpression));
    --depth_;
    return add_literal({});
  }
  std::uint32_t expression = 0;
  if (auto text = source.get_if_string()) {
    expression = compile_template(*text);
  } else if (auto flag = source.get_if_bool()) {
    expression = add_literal(RuleValue::of(*flag));
  } else if (auto number = source.get_if_int()) {
    expression = add_literal(RuleValue::of(*number));
  } else if (auto name = source["ref"].get_if_string()) {
    expression = compile_reference(*name);
  } else if (source["fn"].is_string()) {
    expression = compile_call(source);
  } else {
    scope_.refuse("expected a text, an integer, true, false, {\"ref\": …} or {\"fn\": …}");
    expression = add_literal({});
  }
  --depth_;
  return expression;
}

std::uint32_t ExpressionCompiler::compile_reference(std::string_view name) {
  const RuleVariable* variable = scope_.find(name);
  if (variable == nullptr) {
    auto near = nearest_name(name, scope_.names());
    scope_.refuse(fmt::format("\"{}\" is neither a parameter nor assigned before", name),
                  near ? fmt::format("did you mean \"{}\"?", *near) : std::string());
    return add_literal({});
  }
  if (variable->slot < program_.parameters.size()) program_.parameters[variable->slot].used = true;
  return add({.kind = RuleExpression::Kind::kSlot,
              .type = variable->type,
              .first = variable->slot,
              .name = variable->name});
}

std::uint32_t ExpressionCompiler::compile_call(const Value& source) {
  std::string_view name = source["fn"].as_string();
  if (!source["argv"].is_list()) {
    scope_.refuse("\"argv\" must be a list");
    return add_literal({});
  }
  std::uint32_t expression = 0;
  if (name == kGetAttribute) {
    expression = compile_get_attribute(source);
  } else if (const FunctionSpec* function = find_function(name)) {
    expression = compile_arguments(source, *function);
  } else {
    std::vector<std::string> names{std::string(kGetAttribute)};
    for (const FunctionSpec& spec : all_functions()) names.emplace_back(spec.name);
    auto near = nearest_name(name, names);
    scope_.refuse(fmt::format("there is no function \"{}\"", name),
                  near ? fmt::format("did you mean \"{}\"?", *near) : std::string());
    expression = add_literal({});
  }
  assign(expression, source);
  return expression;
}

void ExpressionCompiler::assign(std::uint32_t expression, const Value& source) {
  const Value& name = source["assign"];
  if (name.is_null()) return;
  if (!name.is_string() || !is_variable_name(name.as_string())) {
    scope_.refuse("\"assign\" must be a name of letters, digits and \"_\"");
    return;
  }
  RuleExpression& target = program_.expressions[expression];
  target.name = keep(name.as_string());
  target.assign = scope_.declare(target.name, target.type);
}

std::uint32_t ExpressionCompiler::compile_arguments(const Value& source,
                                                    const FunctionSpec& function) {
  const Value& given = source["argv"];
  if (given.size() < function.least_arguments || given.size() > function.most_arguments) {
    scope_.refuse(fmt::format("{} takes {} argument(s), found {}", function.name,
                              count_text(function), given.size()));
    return add_literal({});
  }
  std::vector<std::uint32_t> arguments;
  {
    RuleScope::Step at_list(scope_, "argv");
    for (std::size_t i = 0; i < given.size(); ++i) {
      RuleScope::Step at_argument(scope_, i);
      arguments.push_back(compile_any(given[i]));
      check_argument(function, i, type_of(arguments.back()));
    }
  }
  check_arguments(function, arguments);
  RuleType result = function.result == RuleType::kAny ? type_of(arguments.back()) : function.result;
  return add_with_operands(
      {.kind = RuleExpression::Kind::kCall, .type = result, .function = &function}, arguments);
}

void ExpressionCompiler::check_argument(const FunctionSpec& function, std::size_t i,
                                        RuleType type) {
  RuleType wanted = function.arguments[std::min(i, function.arguments.size() - 1)];
  if (wanted == RuleType::kAny || wanted == type) return;
  scope_.refuse(fmt::format("{} expects a {} here, found a {}", function.name, to_string(wanted),
                            to_string(type)));
}

// What no single argument shows.
void ExpressionCompiler::check_arguments(const FunctionSpec& function,
                                         const std::vector<std::uint32_t>& arguments) {
  if (function.name == "aws.partition" && !program_.partitions) {
    scope_.refuse("aws.partition needs partitions, and there are none");
  }
  for (std::uint32_t number : arguments) {
    const RuleExpression& argument = program_.expressions[number];
    bool constant = argument.kind == RuleExpression::Kind::kLiteral;
    if (constant && argument.type == RuleType::kInteger &&
        program_.literals[argument.first].integer < 0) {
      scope_.refuse(fmt::format("{} expects no negative number", function.name));
    }
  }
  if (function.result != RuleType::kAny) return;
  std::size_t first = function.arguments[0] == RuleType::kAny ? 0 : 1;
  for (std::size_t i = first; i + 1 < arguments.size(); ++i) {
    if (type_of(arguments[i]) == type_of(arguments.back())) continue;
    scope_.refuse(fmt::format("{} must choose among values of one type, found a {} and a {}",
                              function.name, to_string(type_of(arguments[i])),
                              to_string(type_of(arguments.back()))));
  }
}

std::uint32_t ExpressionCompiler::compile_get_attribute(const Value& source) {
  const Value& given = source["argv"];
  if (given.size() != 2) {
    scope_.refuse(fmt::format("getAttr takes 2 argument(s), found {}", given.size()));
    return add_literal({});
  }
  RuleScope::Step at_list(scope_, "argv");
  std::uint32_t base = 0;
  {
    RuleScope::Step at_argument(scope_, std::size_t{0});
    base = compile_any(given[0]);
  }
  RuleScope::Step at_argument(scope_, std::size_t{1});
  auto path = given[1].get_if_string();
  if (path) return compile_path(base, *path);
  scope_.refuse("getAttr expects a path here, a text");
  return add_literal({});
}

std::uint32_t ExpressionCompiler::compile_path(std::uint32_t base, std::string_view path) {
  while (true) {
    std::size_t dot = path.find('.');
    base = compile_path_part(base, path.substr(0, dot));
    if (dot == std::string_view::npos) return base;
    path.remove_prefix(dot + 1);
  }
}

// "name", "name[0]" or "[0]".
std::uint32_t ExpressionCompiler::compile_path_part(std::uint32_t base, std::string_view part) {
  std::size_t bracket = part.find('[');
  std::string_view name = part.substr(0, bracket);
  RuleExpression step{.kind = RuleExpression::Kind::kAttribute, .type = type_of(base)};
  if (!name.empty() || bracket == std::string_view::npos) {
    const AttributeSpec* spec = find_attribute(step.type, name);
    if (spec == nullptr) {
      scope_.refuse(fmt::format("a {} has no \"{}\"", to_string(step.type), name));
      return add_literal({});
    }
    step.attribute = spec->attribute;
    step.type = spec->type;
  }
  if (bracket != std::string_view::npos) {
    std::string_view digits = part.substr(bracket + 1);
    auto [stop, status] = std::from_chars(digits.data(), digits.data() + digits.size(), step.index);
    if (status != std::errc() || std::string_view(stop, digits.data() + digits.size()) != "]") {
      scope_.refuse(fmt::format("\"{}\" must end with an index: [0]", part));
    }
    if (step.type != RuleType::kStrings) {
      scope_.refuse(fmt::format("a {} has no items", to_string(step.type)));
    }
    step.has_index = true;
    step.type = RuleType::kString;
  }
  return add_with_operands(step, {base});
}

// Texts with {name} and {name#path}; {{ and }} stand for braces.
std::uint32_t ExpressionCompiler::compile_template(std::string_view text) {
  std::vector<std::uint32_t> parts;
  std::string plain;
  bool only_plain = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    bool doubled = i + 1 < text.size() && text[i + 1] == c;
    if (c != '{' && c != '}') {
      plain += c;
    } else if (doubled) {
      plain += c;
      ++i;
    } else {
      std::size_t end = c == '{' ? text.find('}', i) : std::string_view::npos;
      if (end == std::string_view::npos) {
        scope_.refuse(fmt::format("\"{}\" has a brace without a partner", text));
        return add_literal(RuleValue::of(std::string_view()));
      }
      if (!plain.empty()) parts.push_back(add_literal(RuleValue::of(keep(plain))));
      plain.clear();
      parts.push_back(compile_placeholder(text.substr(i + 1, end - i - 1)));
      only_plain = false;
      i = end;
    }
  }
  if (only_plain) return add_literal(RuleValue::of(keep(plain)));
  if (!plain.empty()) parts.push_back(add_literal(RuleValue::of(keep(plain))));
  return add_with_operands({.kind = RuleExpression::Kind::kTemplate, .type = RuleType::kString},
                           parts);
}

std::uint32_t ExpressionCompiler::compile_placeholder(std::string_view text) {
  std::size_t hash = text.find('#');
  std::uint32_t expression = compile_reference(text.substr(0, hash));
  if (hash != std::string_view::npos) expression = compile_path(expression, text.substr(hash + 1));
  if (type_of(expression) != RuleType::kString) {
    scope_.refuse(
        fmt::format("{{{}}} must be a string, found a {}", text, to_string(type_of(expression))));
  }
  return expression;
}

}  // namespace botocxx::endpoint
