#pragma once

#include <botocxx/value/value.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace botocxx::jmespath {

enum class NodeKind : std::uint8_t {
  kIdentity,       ///< nothing to do: the value itself
  kCurrent,        ///< @
  kField,          ///< text
  kLiteral,        ///< literal
  kSubexpression,  ///< first . second
  kIndex,          ///< number
  kSlice,          ///< bounds
  kPipe,           ///< first | second
  kOr,
  kAnd,
  kNot,
  kComparison,        ///< first (comparator) second
  kProjection,        ///< first[*] second
  kValueProjection,   ///< first.* second
  kFilterProjection,  ///< first[?third] second
  kFlatten,           ///< first[]
  kMultiSelectList,   ///< children
  kMultiSelectHash,   ///< children under names
  kFunction,          ///< text(children)
  kExpressionType     ///< &first
};

enum class Comparator : std::uint8_t {
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual
};

struct SliceBounds {
  std::optional<std::int64_t> start, stop, step;
};

using NodeIndex = std::uint32_t;

struct Node {
  NodeKind kind = NodeKind::kIdentity;
  Comparator comparator = Comparator::kEqual;
  NodeIndex first = 0, second = 0, third = 0;
  std::int64_t number = 0;
  std::string text;
  Value literal;
  SliceBounds bounds;
  std::vector<NodeIndex> children;
  std::vector<std::string> names;
};

/// A tree in one array; children stand before their parents.
struct SyntaxTree {
  std::vector<Node> nodes;
  NodeIndex root = 0;
};

}  // namespace botocxx::jmespath
