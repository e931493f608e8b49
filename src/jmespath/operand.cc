#include "jmespath/operand.h"

namespace botocxx::jmespath {
namespace {

const Value& null_value() {
  static const Value value;
  return value;
}

Type type_of(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kNull:
    case Value::Kind::kStream:
      return Type::kNull;
    case Value::Kind::kBool:
      return Type::kBoolean;
    case Value::Kind::kInt:
    case Value::Kind::kDouble:
    case Value::Kind::kTimestamp:  // compares and sorts as epoch seconds
      return Type::kNumber;
    case Value::Kind::kString:
    case Value::Kind::kBytes:
      return Type::kString;
    case Value::Kind::kList:
      return Type::kArray;
    case Value::Kind::kObject:
      return Type::kObject;
  }
  return Type::kNull;
}

}  // namespace

std::string_view to_string(Type type) {
  switch (type) {
    case Type::kNull:
      return "null";
    case Type::kBoolean:
      return "boolean";
    case Type::kNumber:
      return "number";
    case Type::kString:
      return "string";
    case Type::kArray:
      return "array";
    case Type::kObject:
      return "object";
    case Type::kExpression:
      return "expression";
  }
  return "null";
}

Type Operand::type() const {
  if (expression != UINT32_MAX) return Type::kExpression;
  if (list != nullptr) return Type::kArray;
  if (object != nullptr) return Type::kObject;
  return type_of(*value);
}

bool Operand::is_truthy() const {
  switch (type()) {
    case Type::kNull:
      return false;
    case Type::kBoolean:
      return value->as_bool();
    case Type::kNumber:
    case Type::kExpression:
      return true;
    case Type::kString:
      return value->size() > 0;
    case Type::kArray:
    case Type::kObject:
      return size() > 0;
  }
  return false;
}

std::size_t Operand::size() const {
  if (list != nullptr) return list->size();
  if (object != nullptr) return object->names.size();
  return value->size();
}

Operand Operand::item(std::size_t index) const {
  if (list != nullptr) return (*list)[index];
  return of(value->items()[index]);
}

Operand Operand::member(std::string_view name) const {
  if (object != nullptr) {
    for (std::size_t i = 0; i < object->names.size(); ++i) {
      if (object->names[i] == name) return object->values[i];
    }
    return of(null_value());
  }
  if (value == nullptr) return of(null_value());
  return of((*value)[name]);
}

Operand of(const Value& value) {
  Operand operand;
  operand.value = &value;
  return operand;
}

Operand Workspace::null() const { return of(null_value()); }

Operand Workspace::boolean(bool value) const {
  static const Value kTrue(true);
  static const Value kFalse(false);
  return of(value ? kTrue : kFalse);
}

Operand Workspace::make(Value value) {
  values_.push_back(std::make_unique<Value>(std::move(value)));
  return of(*values_.back());
}

// The arena frees these without running destructors: they hold nothing outside of it.
OperandList* Workspace::make_list() {
  return new (arena_.allocate(sizeof(OperandList), alignof(OperandList))) OperandList(&arena_);
}

OperandObject* Workspace::make_object() {
  return new (arena_.allocate(sizeof(OperandObject), alignof(OperandObject)))
      OperandObject(&arena_);
}

bool equal(const Operand& a, const Operand& b) {
  if (a.type() != b.type()) return false;
  switch (a.type()) {
    case Type::kArray:
      if (a.size() != b.size()) return false;
      for (std::size_t i = 0; i < a.size(); ++i) {
        if (!equal(a.item(i), b.item(i))) return false;
      }
      return true;
    case Type::kObject:
      if (a.object == nullptr && b.object == nullptr) return *a.value == *b.value;
      return to_value(a) == to_value(b);
    case Type::kExpression:
      return a.expression == b.expression;
    case Type::kNull:
    case Type::kBoolean:
    case Type::kNumber:
    case Type::kString:
      return *a.value == *b.value;
  }
  return false;
}

Value to_value(const Operand& operand) {
  if (operand.list != nullptr) {
    Value out = Value::list();
    out.reserve(operand.list->size());
    for (const Operand& item : *operand.list) out.push_back(to_value(item));
    return out;
  }
  if (operand.object != nullptr) {
    Value out = Value::object();
    const OperandObject& object = *operand.object;
    for (std::size_t i = 0; i < object.names.size(); ++i) {
      out.set(object.names[i], to_value(object.values[i]));
    }
    return out;
  }
  return operand.value != nullptr ? *operand.value : Value();
}

}  // namespace botocxx::jmespath
