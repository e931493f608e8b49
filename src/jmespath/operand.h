#pragma once

#include <botocxx/value/value.h>

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::jmespath {

struct Operand;
using OperandList = std::pmr::vector<Operand>;
struct OperandObject;

enum class Type : std::uint8_t { kNull, kBoolean, kNumber, kString, kArray, kObject, kExpression };

std::string_view to_string(Type type);

/// What evaluation passes around: a part of the input, or a list or object that an expression made
/// of parts. Nothing of the input is copied until a result is asked for.
struct Operand {
  const Value* value = nullptr;  ///< never null unless one of the others is set
  const OperandList* list = nullptr;
  const OperandObject* object = nullptr;
  std::uint32_t expression = UINT32_MAX;  ///< node of an expression type (&…)

  Type type() const;
  bool is_null() const { return type() == Type::kNull; }
  /// As the specification has it: null, false, and empty texts, lists and objects are not.
  bool is_truthy() const;
  std::size_t size() const;
  Operand item(std::size_t index) const;
  Operand member(std::string_view name) const;
  std::string_view text() const { return value->as_bytes(); }
  double number() const {
    return value->is_timestamp() ? value->as_timestamp().to_unix_double() : value->as_double();
  }
};

struct OperandObject {
  explicit OperandObject(std::pmr::memory_resource* resource) : names(resource), values(resource) {}
  std::pmr::vector<std::string_view> names;
  OperandList values;
};

/// Memory of one evaluation.
class Workspace {
 public:
  Operand null() const;
  Operand boolean(bool value) const;
  Operand make(Value value);
  OperandList* make_list();
  OperandObject* make_object();
  std::pmr::memory_resource* resource() { return &arena_; }

 private:
  std::pmr::monotonic_buffer_resource arena_{4096};
  std::vector<std::unique_ptr<Value>> values_;
};

bool equal(const Operand& a, const Operand& b);
/// An independent copy; an expression type becomes null.
Value to_value(const Operand& operand);
Operand of(const Value& value);

}  // namespace botocxx::jmespath
