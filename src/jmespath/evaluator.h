#pragma once

#include "jmespath/operand.h"
#include "jmespath/syntax_tree.h"
#include <botocxx/base/result.h>

namespace botocxx::jmespath {

/// Walks a syntax tree over a value.
class Evaluator {
 public:
  Evaluator(const SyntaxTree& tree, Workspace& workspace) : tree_(tree), workspace_(workspace) {}

  Result<Operand> evaluate(NodeIndex node, const Operand& current);
  Workspace& workspace() { return workspace_; }

 private:
  Result<Operand> evaluate_pair(const Node& node, const Operand& current);
  Result<Operand> project(const Node& node, const Operand& current);
  Result<Operand> project_items(const Node& node, const Operand& items);
  Result<Operand> flatten(const Node& node, const Operand& current);
  Result<Operand> slice(const Node& node, const Operand& current);
  Result<Operand> compare(const Node& node, const Operand& current);
  Result<Operand> multi_select(const Node& node, const Operand& current);
  Result<Operand> call(const Node& node, const Operand& current);

  const SyntaxTree& tree_;
  Workspace& workspace_;
};

}  // namespace botocxx::jmespath
