#pragma once

#include "endpoint/partitions.h"
#include "endpoint/rule_functions.h"
#include "endpoint/rule_value.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::endpoint {

/// An expression; others are named by their number.
struct RuleExpression {
  enum class Kind : std::uint8_t {
    kLiteral,    ///< `first` is the number of the literal
    kSlot,       ///< `first` is the slot
    kCall,       ///< of `function` on the operands
    kTemplate,   ///< the operands' texts, one after the other
    kAttribute,  ///< of the only operand: `attribute`, then the item `index`
  };
  static constexpr std::uint32_t kNoSlot = UINT32_MAX;

  Kind kind = Kind::kLiteral;
  RuleType type = RuleType::kAny;
  Attribute attribute = Attribute::kNone;
  bool has_index = false;
  std::int32_t index = 0;
  const FunctionSpec* function = nullptr;
  std::uint32_t first = 0;         ///< number of the first operand (or literal, or slot)
  std::uint32_t count = 0;         ///< of operands
  std::uint32_t assign = kNoSlot;  ///< slot that gets the result
  std::string_view name{};         ///< of the variable that is read or assigned
};

/// A value of an endpoint's properties: an object or list of others, or a leaf.
struct PropertyNode {
  enum class Kind : std::uint8_t { kLiteral, kExpression, kList, kObject };
  Kind kind = Kind::kLiteral;
  std::string_view name{};  ///< within an object
  std::uint32_t first = 0;  ///< first child, or number of the literal value or expression
  std::uint32_t count = 0;  ///< of children
};

struct EndpointTemplate {
  struct Header {
    std::string_view name;
    std::vector<std::uint32_t> values;  ///< expressions
  };
  std::uint32_t url = 0;         ///< expression
  std::uint32_t properties = 0;  ///< number of the object's node
  std::vector<Header> headers;
};

/// A rule. Rules lie in the order in which they are tried: when a rule's conditions fail, or it is
/// a tree none of whose rules decided, `next` is tried. That is all control flow there is.
struct Rule {
  enum class Kind : std::uint8_t { kTree, kEndpoint, kError };
  Kind kind = Kind::kTree;
  std::uint32_t first_condition = 0;
  std::uint32_t condition_count = 0;
  std::uint32_t next = 0;    ///< the rule behind this one and all in it
  std::uint32_t result = 0;  ///< an endpoint's template, an error's expression
  std::uint32_t parent = kNoRule;
  std::string_view pointer{};  ///< JSON pointer in the document
  std::string_view documentation{};

  static constexpr std::uint32_t kNoRule = UINT32_MAX;
};

struct RuleParameter {
  std::string_view name;
  RuleType type = RuleType::kString;
  bool required = false;
  bool used = false;  ///< some rule refers to it
  std::string_view built_in{};
  std::string_view documentation{};
  RuleValue default_value{};
};

/// A rule set, checked and laid out for evaluation. Immutable; the parameters are the first slots.
struct RuleProgram {
  RuleProgram() = default;
  RuleProgram(const RuleProgram&) = delete;  // it holds views into itself
  RuleProgram& operator=(const RuleProgram&) = delete;
  RuleProgram(RuleProgram&&) = default;
  RuleProgram& operator=(RuleProgram&&) = default;

  std::vector<RuleParameter> parameters;
  std::vector<Rule> rules;
  std::vector<std::uint32_t> conditions;  ///< expressions
  std::vector<RuleExpression> expressions;
  std::vector<std::uint32_t> operands;  ///< expressions
  std::vector<RuleValue> literals;
  std::vector<EndpointTemplate> endpoints;
  std::vector<PropertyNode> properties;
  std::vector<Value> property_literals;
  std::uint32_t slot_count = 0;
  std::deque<std::string> texts;  ///< what the views refer to
  std::deque<std::vector<std::string_view>> text_lists;
  std::shared_ptr<const Partitions> partitions;
};

/// An expression as people write it: `stringEquals(Region, "aws-global")`.
std::string describe(const RuleProgram& program, std::uint32_t expression);

}  // namespace botocxx::endpoint
