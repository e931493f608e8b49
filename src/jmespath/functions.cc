#include "jmespath/functions.h"

#include "codec/json.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace botocxx::jmespath {
namespace {

using Arguments = std::span<const Operand>;
using Called = Result<Operand>;
using Function = Called (*)(Arguments, Evaluator&);

// Kinds of arguments; a signature is a set of these for each position.
enum Accepts : unsigned {
  kAny = 1U << 0,
  kNumber = 1U << 1,
  kString = 1U << 2,
  kArray = 1U << 3,
  kObject = 1U << 4,
  kExpression = 1U << 5,
  kNumberArray = 1U << 6,
  kStringArray = 1U << 7,
};

struct Signature {
  std::string_view name;
  std::vector<unsigned> arguments;
  bool variadic;  ///< the last position repeats
  Function function;
};

Error type_error(std::string_view function, std::string_view expected, const Operand& found) {
  return Error(
      ErrorKind::kUsage, "invalid-type",
      fmt::format("{}() expects {}, found {}", function, expected, to_string(found.type())));
}

bool all_items(const Operand& array, Type type) {
  for (std::size_t i = 0; i < array.size(); ++i) {
    if (array.item(i).type() != type) return false;
  }
  return true;
}

bool accepts(unsigned accepted, const Operand& operand) {
  switch (operand.type()) {
    case Type::kExpression:
      return (accepted & kExpression) != 0;
    case Type::kNumber:
      return (accepted & (kAny | kNumber)) != 0;
    case Type::kString:
      return (accepted & (kAny | kString)) != 0;
    case Type::kObject:
      return (accepted & (kAny | kObject)) != 0;
    case Type::kArray:
      if ((accepted & (kAny | kArray)) != 0) return true;
      if ((accepted & kNumberArray) != 0 && all_items(operand, Type::kNumber)) return true;
      return (accepted & kStringArray) != 0 && all_items(operand, Type::kString);
    case Type::kNull:
    case Type::kBoolean:
      return (accepted & kAny) != 0;
  }
  return false;
}

std::string describe(unsigned accepted) {
  std::vector<std::string_view> names;
  if (accepted & kAny) names.emplace_back("any value");
  if (accepted & kNumber) names.emplace_back("a number");
  if (accepted & kString) names.emplace_back("a string");
  if (accepted & kArray) names.emplace_back("an array");
  if (accepted & kObject) names.emplace_back("an object");
  if (accepted & kExpression) names.emplace_back("an expression (&…)");
  if (accepted & kNumberArray) names.emplace_back("an array of numbers");
  if (accepted & kStringArray) names.emplace_back("an array of strings");
  return fmt::format("{}", fmt::join(names, " or "));
}

Operand list_operand(const OperandList* list) {
  Operand operand;
  operand.list = list;
  return operand;
}

// --- numbers --------------------------------------------------------------------------------

Called abs_of(Arguments a, Evaluator& e) {
  const Value& value = *a[0].value;
  if (value.is_int() && value.as_int() != INT64_MIN)
    return e.workspace().make(std::abs(value.as_int()));
  return e.workspace().make(std::abs(a[0].number()));
}

Called rounded(const Value& value, double result, Evaluator& e) {
  if (value.is_int()) return e.workspace().make(value);
  bool fits = std::abs(result) < 9.2e18;
  return e.workspace().make(fits ? Value(static_cast<std::int64_t>(result)) : Value(result));
}
Called ceil_of(Arguments a, Evaluator& e) {
  return rounded(*a[0].value, std::ceil(a[0].number()), e);
}
Called floor_of(Arguments a, Evaluator& e) {
  return rounded(*a[0].value, std::floor(a[0].number()), e);
}

Value sum_value(const Operand& array) {
  std::int64_t integers = 0;
  double doubles = 0;
  bool exact = true;
  for (std::size_t i = 0; i < array.size(); ++i) {
    Operand item = array.item(i);
    const Value& value = *item.value;
    doubles += item.number();
    exact = exact && value.is_int() && !__builtin_add_overflow(integers, value.as_int(), &integers);
  }
  return exact ? Value(integers) : Value(doubles);
}
Called sum_of(Arguments a, Evaluator& e) { return e.workspace().make(sum_value(a[0])); }
Called avg_of(Arguments a, Evaluator& e) {
  if (a[0].size() == 0) return e.workspace().null();
  return e.workspace().make(sum_value(a[0]).as_double() / static_cast<double>(a[0].size()));
}

// --- strings --------------------------------------------------------------------------------

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

Called starts_with(Arguments a, Evaluator& e) {
  return e.workspace().boolean(a[0].text().starts_with(a[1].text()));
}
Called ends_with(Arguments a, Evaluator& e) {
  return e.workspace().boolean(a[0].text().ends_with(a[1].text()));
}

Called join(Arguments a, Evaluator& e) {
  std::string out;
  for (std::size_t i = 0; i < a[1].size(); ++i) {
    if (i > 0) out += a[0].text();
    out += a[1].item(i).text();
  }
  return e.workspace().make(Value(out));
}

Called contains(Arguments a, Evaluator& e) {
  if (a[0].type() == Type::kString) {
    bool text = a[1].type() == Type::kString;
    return e.workspace().boolean(text && a[0].text().find(a[1].text()) != std::string_view::npos);
  }
  for (std::size_t i = 0; i < a[0].size(); ++i) {
    if (equal(a[0].item(i), a[1])) return e.workspace().boolean(true);
  }
  return e.workspace().boolean(false);
}

Called length(Arguments a, Evaluator& e) {
  bool text = a[0].type() == Type::kString;
  return e.workspace().make(text ? code_points(a[0].text()) : a[0].size());
}

Called reverse(Arguments a, Evaluator& e) {
  if (a[0].type() == Type::kString) {
    std::string out;
    std::string_view text = a[0].text();
    while (!text.empty()) {
      std::size_t start = text.size() - 1;
      while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xc0) == 0x80) --start;
      out += text.substr(start);
      text.remove_suffix(text.size() - start);
    }
    return e.workspace().make(Value(out));
  }
  OperandList* out = e.workspace().make_list();
  for (std::size_t i = a[0].size(); i > 0; --i) out->push_back(a[0].item(i - 1));
  return list_operand(out);
}

// --- conversions ----------------------------------------------------------------------------

Called to_array(Arguments a, Evaluator& e) {
  if (a[0].type() == Type::kArray) return a[0];
  OperandList* out = e.workspace().make_list();
  out->push_back(a[0]);
  return list_operand(out);
}

Called to_string_of(Arguments a, Evaluator& e) {
  if (a[0].type() == Type::kString) return a[0];
  return e.workspace().make(Value(codec::write_json(to_value(a[0]))));
}

Called to_number(Arguments a, Evaluator& e) {
  if (a[0].type() == Type::kNumber) return a[0];
  if (a[0].type() != Type::kString) return e.workspace().null();
  std::string_view text = a[0].text();
  std::int64_t integer = 0;
  const char* end = text.data() + text.size();
  auto [stop, status] = std::from_chars(text.data(), end, integer);
  if (status == std::errc() && stop == end) return e.workspace().make(integer);
  double number = 0;
  auto [float_stop, float_status] = std::from_chars(text.data(), end, number);
  bool whole = float_status == std::errc() && float_stop == end && std::isfinite(number);
  return whole ? e.workspace().make(number) : e.workspace().null();
}

Called type_name(Arguments a, Evaluator& e) {
  return e.workspace().make(Value(to_string(a[0].type())));
}

// --- objects --------------------------------------------------------------------------------

Called keys(Arguments a, Evaluator& e) {
  Value out = Value::list();
  if (a[0].object != nullptr) {
    for (std::string_view name : a[0].object->names) out.push_back(Value(name));
  } else {
    for (const Value::Member& member : a[0].value->members())
      out.push_back(Value(member.key.view()));
  }
  return e.workspace().make(std::move(out));
}

Called values(Arguments a, Evaluator& e) {
  OperandList* out = e.workspace().make_list();
  if (a[0].object != nullptr) {
    *out = a[0].object->values;
  } else {
    for (const Value::Member& member : a[0].value->members()) out->push_back(of(member.value));
  }
  return list_operand(out);
}

Called merge(Arguments a, Evaluator& e) {
  Value out = Value::object();
  for (const Operand& operand : a) {
    Value object = to_value(operand);
    for (Value::Member& member : object.members()) out.set(member.key, std::move(member.value));
  }
  return e.workspace().make(std::move(out));
}

Called not_null(Arguments a, Evaluator& e) {
  for (const Operand& operand : a) {
    if (!operand.is_null()) return operand;
  }
  return e.workspace().null();
}

// --- order ----------------------------------------------------------------------------------

struct Keyed {
  Operand key;
  Operand item;
};

bool less(const Operand& a, const Operand& b) {
  if (a.type() == Type::kString) return a.text() < b.text();
  return a.number() < b.number();
}

// Items with the keys that an expression gives them: all numbers or all strings.
Result<std::vector<Keyed>> keyed(std::string_view function, Arguments a, Evaluator& e) {
  std::vector<Keyed> out;
  for (std::size_t i = 0; i < a[0].size(); ++i) {
    Operand item = a[0].item(i);
    auto key = e.evaluate(a[1].expression, item);
    if (!key) return std::move(key).error();
    Type type = key->type();
    bool comparable = type == Type::kNumber || type == Type::kString;
    if (!comparable || (!out.empty() && out[0].key.type() != type)) {
      return type_error(function, "keys that are all numbers or all strings", *key);
    }
    out.push_back({*key, item});
  }
  return out;
}

Called sort(Arguments a, Evaluator& e) {
  OperandList* out = e.workspace().make_list();
  for (std::size_t i = 0; i < a[0].size(); ++i) out->push_back(a[0].item(i));
  std::stable_sort(out->begin(), out->end(), less);
  return list_operand(out);
}

Called sort_by(Arguments a, Evaluator& e) {
  auto items = keyed("sort_by", a, e);
  if (!items) return std::move(items).error();
  std::stable_sort(items->begin(), items->end(),
                   [](const Keyed& x, const Keyed& y) { return less(x.key, y.key); });
  OperandList* out = e.workspace().make_list();
  for (const Keyed& entry : *items) out->push_back(entry.item);
  return list_operand(out);
}

Called extreme_by(std::string_view function, Arguments a, Evaluator& e, bool largest) {
  auto items = keyed(function, a, e);
  if (!items) return std::move(items).error();
  if (items->empty()) return e.workspace().null();
  const Keyed* best = &items->front();
  for (const Keyed& entry : *items) {
    if (largest ? less(best->key, entry.key) : less(entry.key, best->key)) best = &entry;
  }
  return best->item;
}
Called max_by(Arguments a, Evaluator& e) { return extreme_by("max_by", a, e, true); }
Called min_by(Arguments a, Evaluator& e) { return extreme_by("min_by", a, e, false); }

Called extreme(Arguments a, Evaluator& e, bool largest) {
  if (a[0].size() == 0) return e.workspace().null();
  Operand best = a[0].item(0);
  for (std::size_t i = 1; i < a[0].size(); ++i) {
    Operand item = a[0].item(i);
    if (largest ? less(best, item) : less(item, best)) best = item;
  }
  return best;
}
Called max_of(Arguments a, Evaluator& e) { return extreme(a, e, true); }
Called min_of(Arguments a, Evaluator& e) { return extreme(a, e, false); }

Called map(Arguments a, Evaluator& e) {
  OperandList* out = e.workspace().make_list();
  for (std::size_t i = 0; i < a[1].size(); ++i) {
    auto item = e.evaluate(a[0].expression, a[1].item(i));
    if (!item) return item;
    out->push_back(*item);
  }
  return list_operand(out);
}

const std::vector<Signature>& signatures() {
  static const std::vector<Signature> table{
      {"abs", {kNumber}, false, abs_of},
      {"avg", {kNumberArray}, false, avg_of},
      {"ceil", {kNumber}, false, ceil_of},
      {"contains", {kArray | kString, kAny}, false, contains},
      {"ends_with", {kString, kString}, false, ends_with},
      {"floor", {kNumber}, false, floor_of},
      {"join", {kString, kStringArray}, false, join},
      {"keys", {kObject}, false, keys},
      {"length", {kString | kArray | kObject}, false, length},
      {"map", {kExpression, kArray}, false, map},
      {"max", {kNumberArray | kStringArray}, false, max_of},
      {"max_by", {kArray, kExpression}, false, max_by},
      {"merge", {kObject}, true, merge},
      {"min", {kNumberArray | kStringArray}, false, min_of},
      {"min_by", {kArray, kExpression}, false, min_by},
      {"not_null", {kAny}, true, not_null},
      {"reverse", {kString | kArray}, false, reverse},
      {"sort", {kNumberArray | kStringArray}, false, sort},
      {"sort_by", {kArray, kExpression}, false, sort_by},
      {"starts_with", {kString, kString}, false, starts_with},
      {"sum", {kNumberArray}, false, sum_of},
      {"to_array", {kAny}, false, to_array},
      {"to_number", {kAny}, false, to_number},
      {"to_string", {kAny}, false, to_string_of},
      {"type", {kAny}, false, type_name},
      {"values", {kObject}, false, values},
  };
  return table;
}

Error unknown_function(std::string_view name) {
  std::vector<std::string> names;
  for (const Signature& signature : signatures()) names.emplace_back(signature.name);
  Error error(ErrorKind::kUsage, "unknown-function",
              fmt::format("there is no JMESPath function {}()", name));
  if (auto near = nearest_name(name, names)) {
    return std::move(error).with_hint(fmt::format("did you mean {}()?", *near));
  }
  return error;
}

}  // namespace

Result<Operand> call_function(std::string_view name, std::span<const Operand> arguments,
                              Evaluator& evaluator) {
  auto found = std::find_if(signatures().begin(), signatures().end(),
                            [&](const Signature& signature) { return signature.name == name; });
  if (found == signatures().end()) return unknown_function(name);
  std::size_t wanted = found->arguments.size();
  if (found->variadic ? arguments.size() < wanted : arguments.size() != wanted) {
    return Error(ErrorKind::kUsage, "invalid-arity",
                 fmt::format("{}() takes {}{} arguments, not {}", name,
                             found->variadic ? "at least " : "", wanted, arguments.size()));
  }
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    unsigned accepted = found->arguments[std::min(i, wanted - 1)];
    if (!accepts(accepted, arguments[i])) {
      return type_error(name, describe(accepted), arguments[i]);
    }
  }
  return found->function(arguments, evaluator);
}

}  // namespace botocxx::jmespath
