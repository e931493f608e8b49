#pragma once

#include "endpoint/rule_program.h"
#include "endpoint/rule_scope.h"
#include <botocxx/value/value.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace botocxx::endpoint {

/// Compiles expressions into a program. What is wrong is told to the scope.
class ExpressionCompiler {
 public:
  ExpressionCompiler(RuleProgram& program, RuleScope& scope) : program_(program), scope_(scope) {}

  /// Number of the expression for a text (a template), a literal, {"ref": …} or {"fn": …, "argv":
  /// […]}; refuses another type than `wanted`.
  std::uint32_t compile(const Value& source, RuleType wanted);
  /// A function call, which is all a condition may be.
  std::uint32_t compile_condition(const Value& source);
  /// `text` kept by the program.
  std::string_view keep(std::string_view text);

 private:
  std::uint32_t compile_any(const Value& source);
  std::uint32_t compile_reference(std::string_view name);
  std::uint32_t compile_call(const Value& source);
  std::uint32_t compile_arguments(const Value& source, const FunctionSpec& function);
  std::uint32_t compile_get_attribute(const Value& source);
  std::uint32_t compile_template(std::string_view text);
  std::uint32_t compile_placeholder(std::string_view text);
  std::uint32_t compile_path(std::uint32_t base, std::string_view path);
  std::uint32_t compile_path_part(std::uint32_t base, std::string_view part);
  void check_arguments(const FunctionSpec& function, const std::vector<std::uint32_t>& arguments);
  void check_argument(const FunctionSpec& function, std::size_t i, RuleType type);
  void assign(std::uint32_t expression, const Value& source);
  std::uint32_t add_literal(RuleValue value);
  std::uint32_t add(RuleExpression expression);
  std::uint32_t add_with_operands(RuleExpression expression,
                                  const std::vector<std::uint32_t>& operands);
  RuleType type_of(std::uint32_t expression) const;

  RuleProgram& program_;
  RuleScope& scope_;
  int depth_ = 0;
};

}  // namespace botocxx::endpoint
