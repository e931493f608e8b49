#include "jmespath/evaluator.h"
#include "jmespath/syntax.h"
#include <botocxx/jmespath/expression.h>

namespace botocxx::inline v1 {

struct JmespathExpression::Program {
  std::string text;
  jmespath::SyntaxTree tree;
};

Result<JmespathExpression> JmespathExpression::compile(std::string_view text) {
  auto tree = jmespath::parse(text);
  if (!tree) return std::move(tree).error();
  auto program = std::make_shared<Program>();
  program->text = text;
  program->tree = *std::move(tree);
  return JmespathExpression(std::move(program));
}

Result<Value> JmespathExpression::search(const Value& data) const {
  jmespath::Workspace workspace;
  jmespath::Evaluator evaluator(program_->tree, workspace);
  auto found = evaluator.evaluate(program_->tree.root, jmespath::of(data));
  if (!found) return std::move(found).error();
  return jmespath::to_value(*found);
}

const std::string& JmespathExpression::text() const { return program_->text; }

Result<Value> search_jmespath(std::string_view expression, const Value& data) {
  auto compiled = JmespathExpression::compile(expression);
  if (!compiled) return std::move(compiled).error();
  return compiled->search(data);
}

}  // namespace botocxx::inline v1
