#include "jmespath/evaluator.h"

#include "jmespath/functions.h"

#include <algorithm>
#include <cmath>
#include <compare>

namespace botocxx::jmespath {
namespace {

// The instant that `text` names, for a comparison with a time.
double instant(const Operand& text) {
  auto time = Timestamp::parse(text.text());
  return time ? time->to_unix_double() : std::nan("");
}

// Numbers by value. Texts by code points, which the specification leaves out and jmespath.py has:
// people compare dates so. A text beside a time is read as one.
std::partial_ordering order_of(const Operand& left, const Operand& right) {
  Type left_type = left.type(), right_type = right.type();
  if (left_type == Type::kString && right_type == Type::kString)
    return left.text() <=> right.text();
  if (left_type == Type::kNumber && right_type == Type::kNumber) {
    bool integers = left.value->is_int() && right.value->is_int();
    return integers ? std::partial_ordering(left.value->as_int() <=> right.value->as_int())
                    : left.number() <=> right.number();
  }
  bool left_time = left_type == Type::kNumber && left.value->is_timestamp();
  bool right_time = right_type == Type::kNumber && right.value->is_timestamp();
  if (left_time && right_type == Type::kString) return left.number() <=> instant(right);
  if (left_type == Type::kString && right_time) return instant(left) <=> right.number();
  return std::partial_ordering::unordered;
}

std::int64_t clamp_bound(std::int64_t bound, std::int64_t length, bool backwards) {
  if (bound < 0) {
    bound += length;
    if (bound < 0) bound = backwards ? -1 : 0;
  } else if (bound >= length) {
    bound = backwards ? length - 1 : length;
  }
  return bound;
}

}  // namespace

Result<Operand> Evaluator::evaluate(NodeIndex index, const Operand& current) {
  const Node& node = tree_.nodes[index];
  switch (node.kind) {
    case NodeKind::kIdentity:
    case NodeKind::kCurrent:
      return current;
    case NodeKind::kField:
      return current.type() == Type::kObject ? current.member(node.text) : workspace_.null();
    case NodeKind::kLiteral:
      return of(node.literal);
    case NodeKind::kIndex: {
      if (current.type() != Type::kArray) return workspace_.null();
      auto size = static_cast<std::int64_t>(current.size());
      std::int64_t at = node.number < 0 ? node.number + size : node.number;
      if (at < 0 || at >= size) return workspace_.null();
      return current.item(static_cast<std::size_t>(at));
    }
    case NodeKind::kSlice:
      return slice(node, current);
    case NodeKind::kSubexpression:
    case NodeKind::kPipe:
    case NodeKind::kOr:
    case NodeKind::kAnd:
      return evaluate_pair(node, current);
    case NodeKind::kNot: {
      auto inner = evaluate(node.first, current);
      if (!inner) return inner;
      return workspace_.boolean(!inner->is_truthy());
    }
    case NodeKind::kComparison:
      return compare(node, current);
    case NodeKind::kProjection:
    case NodeKind::kValueProjection:
    case NodeKind::kFilterProjection:
      return project(node, current);
    case NodeKind::kFlatten:
      return flatten(node, current);
    case NodeKind::kMultiSelectList:
    case NodeKind::kMultiSelectHash:
      return multi_select(node, current);
    case NodeKind::kFunction:
      return call(node, current);
    case NodeKind::kExpressionType: {
      Operand operand;
      operand.expression = node.first;
      return operand;
    }
  }
  return workspace_.null();
}

Result<Operand> Evaluator::evaluate_pair(const Node& node, const Operand& current) {
  auto left = evaluate(node.first, current);
  if (!left) return left;
  if (node.kind == NodeKind::kOr && left->is_truthy()) return left;
  if (node.kind == NodeKind::kAnd && !left->is_truthy()) return left;
  bool logical = node.kind == NodeKind::kOr || node.kind == NodeKind::kAnd;
  return evaluate(node.second, logical ? current : *left);
}

Result<Operand> Evaluator::project(const Node& node, const Operand& current) {
  auto left = evaluate(node.first, current);
  if (!left) return left;
  if (node.kind != NodeKind::kValueProjection) {
    return left->type() == Type::kArray ? project_items(node, *left)
                                        : Result<Operand>(workspace_.null());
  }
  if (left->type() != Type::kObject) return workspace_.null();
  OperandList* values = workspace_.make_list();
  if (left->object != nullptr) {
    *values = left->object->values;
  } else {
    for (const Value::Member& member : left->value->members()) values->push_back(of(member.value));
  }
  Operand items;
  items.list = values;
  return project_items(node, items);
}

Result<Operand> Evaluator::project_items(const Node& node, const Operand& items) {
  OperandList* out = workspace_.make_list();
  for (std::size_t i = 0; i < items.size(); ++i) {
    Operand item = items.item(i);
    if (node.kind == NodeKind::kFilterProjection) {
      auto condition = evaluate(node.third, item);
      if (!condition) return condition;
      if (!condition->is_truthy()) continue;
    }
    auto projected = evaluate(node.second, item);
    if (!projected) return projected;
    if (!projected->is_null()) out->push_back(*projected);
  }
  Operand operand;
  operand.list = out;
  return operand;
}

Result<Operand> Evaluator::flatten(const Node& node, const Operand& current) {
  auto left = evaluate(node.first, current);
  if (!left) return left;
  if (left->type() != Type::kArray) return workspace_.null();
  OperandList* out = workspace_.make_list();
  for (std::size_t i = 0; i < left->size(); ++i) {
    Operand item = left->item(i);
    if (item.type() != Type::kArray) {
      out->push_back(item);
      continue;
    }
    for (std::size_t j = 0; j < item.size(); ++j) out->push_back(item.item(j));
  }
  Operand operand;
  operand.list = out;
  return operand;
}

// Python's rules for [start:stop:step].
Result<Operand> Evaluator::slice(const Node& node, const Operand& current) {
  if (current.type() != Type::kArray) return workspace_.null();
  std::int64_t step = node.bounds.step.value_or(1);
  if (step == 0) {
    return Error(ErrorKind::kUsage, "invalid-value", "a slice's step cannot be 0");
  }
  auto length = static_cast<std::int64_t>(current.size());
  bool backwards = step < 0;
  std::int64_t start = node.bounds.start ? clamp_bound(*node.bounds.start, length, backwards)
                                         : (backwards ? length - 1 : 0);
  std::int64_t stop = node.bounds.stop ? clamp_bound(*node.bounds.stop, length, backwards)
                                       : (backwards ? -1 : length);
  // A step longer than the list takes one item; shortened so that adding it cannot overflow.
  step = std::clamp(step, -length - 1, length + 1);
  OperandList* out = workspace_.make_list();
  for (std::int64_t i = start; backwards ? i > stop : i < stop; i += step) {
    out->push_back(current.item(static_cast<std::size_t>(i)));
  }
  Operand operand;
  operand.list = out;
  return operand;
}

Result<Operand> Evaluator::compare(const Node& node, const Operand& current) {
  auto left = evaluate(node.first, current);
  if (!left) return left;
  auto right = evaluate(node.second, current);
  if (!right) return right;
  if (node.comparator == Comparator::kEqual) return workspace_.boolean(equal(*left, *right));
  if (node.comparator == Comparator::kNotEqual) return workspace_.boolean(!equal(*left, *right));
  std::partial_ordering order = order_of(*left, *right);
  if (order == std::partial_ordering::unordered) return workspace_.null();
  switch (node.comparator) {
    case Comparator::kLess:
      return workspace_.boolean(order < 0);
    case Comparator::kLessEqual:
      return workspace_.boolean(order <= 0);
    case Comparator::kGreater:
      return workspace_.boolean(order > 0);
    case Comparator::kGreaterEqual:
      return workspace_.boolean(order >= 0);
    case Comparator::kEqual:
    case Comparator::kNotEqual:
      break;
  }
  return workspace_.null();
}

Result<Operand> Evaluator::multi_select(const Node& node, const Operand& current) {
  if (current.is_null()) return workspace_.null();
  OperandList* list = workspace_.make_list();
  for (NodeIndex child : node.children) {
    auto item = evaluate(child, current);
    if (!item) return item;
    list->push_back(*item);
  }
  Operand operand;
  if (node.kind == NodeKind::kMultiSelectList) {
    operand.list = list;
    return operand;
  }
  OperandObject* object = workspace_.make_object();
  for (std::size_t i = 0; i < node.names.size(); ++i) {
    auto same = std::find(object->names.begin(), object->names.end(), node.names[i]);
    if (same != object->names.end()) {
      object->values[static_cast<std::size_t>(same - object->names.begin())] = (*list)[i];
    } else {
      object->names.push_back(node.names[i]);
      object->values.push_back((*list)[i]);
    }
  }
  operand.object = object;
  return operand;
}

Result<Operand> Evaluator::call(const Node& node, const Operand& current) {
  std::vector<Operand> arguments;
  for (NodeIndex child : node.children) {
    auto argument = evaluate(child, current);
    if (!argument) return argument;
    arguments.push_back(*argument);
  }
  return call_function(node.text, arguments, *this);
}

}  // namespace botocxx::jmespath
