#include "validate/validate.h"

#include "codec/python_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace botocxx::validate {
namespace {

using codec::python_str;
using codec::python_type;

// Years 1 to 9999: what Python's datetime can hold.
constexpr std::int64_t kFirstSecond = -62'135'596'800;
constexpr std::int64_t kLastSecond = 253'402'300'799;

// One step of the way from the input to the parameter in question. The steps form a chain on the
// stack; a text is made of it only for a problem.
struct Step {
  enum class Kind { kRoot, kMember, kIndex, kMapKey, kDocumentKey };

  const Step* parent = nullptr;
  Kind kind = Kind::kRoot;
  std::string_view name;
  std::size_t index = 0;

  void append_to(std::string& out) const {
    // Inside documents botocore forgets the path and starts afresh with the key.
    if (parent != nullptr && kind != Kind::kDocumentKey) parent->append_to(out);
    switch (kind) {
      case Kind::kRoot:
        return;
      case Kind::kMember:
        out += '.';
        out += name;
        return;
      case Kind::kIndex:
        out += fmt::format("[{}]", index);
        return;
      case Kind::kMapKey:
        out += fmt::format(" (key: {})", name);
        return;
      case Kind::kDocumentKey:
        out += name;
        return;
    }
  }

  std::string text() const {
    std::string out;
    append_to(out);
    if (out.empty()) return "input";
    return out.front() == '.' ? out.substr(1) : out;
  }
};

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

std::string member_names(const Shape& structure) {
  std::string out;
  for (Member member : structure.members()) {
    if (!out.empty()) out += ", ";
    out += member.name();
  }
  return out;
}

bool in_range(std::int64_t seconds) { return seconds >= kFirstSecond && seconds <= kLastSecond; }

bool is_timestamp(const Value& value) {
  if (value.is_timestamp() || value.is_bool()) return true;
  if (value.is_int()) return in_range(value.as_int());
  if (value.is_double()) {
    double seconds = value.as_double();
    return std::isfinite(seconds) && std::abs(seconds) < 1e12 &&
           in_range(static_cast<std::int64_t>(seconds));
  }
  if (!value.is_string()) return false;
  auto parsed = Timestamp::parse(value.as_string());
  return parsed && in_range(parsed->seconds());
}

// What json.dumps refuses, wherever it is in `value`.
const Value* find_not_json(const Value& value) {
  if (value.is_bytes() || value.is_timestamp() || value.is_stream()) return &value;
  for (const Value& item : value.items()) {
    if (const Value* found = find_not_json(item)) return found;
  }
  for (const Value::Member& member : value.members()) {
    if (const Value* found = find_not_json(member.value)) return found;
  }
  return nullptr;
}

class Validator {
 public:
  explicit Validator(std::vector<std::string>& problems) : problems_(problems) {}

  void check(const Value& value, const Member& reference, const Step& step) {
    Shape shape = reference.shape();
    switch (shape.type()) {
      case ShapeType::kStructure:
        if (shape.event_stream()) return check_events(value, shape, step);
        return shape.is_document() ? check_document(value, step)
                                   : check_structure(value, shape, step);
      case ShapeType::kList:
        return check_list(value, shape, step);
      case ShapeType::kMap:
        return check_map(value, shape, step);
      case ShapeType::kString:
        return check_string(value, reference, shape, step);
      case ShapeType::kBoolean:
        if (!value.is_bool()) wrong_type(value, "<class 'bool'>", step);
        return;
      case ShapeType::kInteger:
      case ShapeType::kLong:
        if (!value.is_int() && !value.is_bool()) return wrong_type(value, "<class 'int'>", step);
        return check_least(value, shape, step);
      case ShapeType::kFloat:
      case ShapeType::kDouble:
        if (!value.is_number() && !value.is_bool()) {
          return wrong_type(value, "<class 'float'>, <class 'decimal.Decimal'>, <class 'int'>",
                            step);
        }
        return check_least(value, shape, step);
      case ShapeType::kBlob:
        if (value.is_bytes() || value.is_string() || value.is_stream()) return;
        return wrong_type(value, "<class 'bytes'>, <class 'bytearray'>, file-like object", step);
      case ShapeType::kTimestamp:
        if (is_timestamp(value)) return;
        return wrong_type(value, "<class 'datetime.datetime'>, timestamp-string", step);
      case ShapeType::kOther:
        return;
    }
  }

  void check_structure(const Value& value, const Shape& shape, const Step& step) {
    if (!value.is_object()) return wrong_type(value, "<class 'dict'>", step);
    if (shape.is_union()) check_union(value, shape, step);
    for (const Member& member : shape.required_members()) {
      if (value.contains(member.name())) continue;
      report(fmt::format("Missing required parameter in {}: \"{}\"", step.text(), member.name()));
    }
    for (const Value::Member& entry : value.members()) {
      if (shape.find_member(entry.key)) continue;
      report(fmt::format("Unknown parameter in {}: \"{}\", must be one of: {}", step.text(),
                         entry.key.view(), member_names(shape)));
    }
    for (const Value::Member& entry : value.members()) {
      auto member = shape.find_member(entry.key);
      if (!member) continue;
      check(entry.value, *member, Step{&step, Step::Kind::kMember, entry.key});
    }
  }

 private:
  void report(std::string problem) { problems_.push_back(std::move(problem)); }

  void wrong_type(const Value& value, std::string_view expected, const Step& step) {
    report(fmt::format("Invalid type for parameter {}, value: {}, type: {}, valid types: {}",
                       step.text(), python_str(value), python_type(value), expected));
  }

  void check_union(const Value& value, const Shape& shape, const Step& step) {
    if (value.empty()) {
      report(fmt::format("Must set one of the following keys for tagged unionstructure {}: {}.",
                         step.text(), member_names(shape)));
    } else if (value.size() > 1) {
      report(
          fmt::format("Invalid number of parameters set for tagged union structure {}. Can only "
                      "set one of the following keys: {}.",
                      step.text(), member_names(shape)));
    }
  }

  // botocore can't send events; they are given as a list of what reading yields.
  void check_events(const Value& value, const Shape& shape, const Step& step) {
    if (!value.is_list()) return wrong_type(value, "<class 'list'>, <class 'tuple'>", step);
    std::size_t index = 0;
    for (const Value& event : value.items()) {
      Step item{&step, Step::Kind::kIndex, {}, index++};
      if (event.is_object() && event.size() != 1) {
        report(fmt::format(
            "Invalid number of parameters set for event {}. Set exactly one of the following keys: "
            "{}.",
            item.text(), member_names(shape)));
      }
      check_structure(event, shape, item);
    }
  }

  void check_list(const Value& value, const Shape& shape, const Step& step) {
    if (!value.is_list()) return wrong_type(value, "<class 'list'>, <class 'tuple'>", step);
    check_length(value.size(), shape, false, step);
    Member member = shape.list_member();
    std::size_t index = 0;
    for (const Value& item : value.items()) {
      check(item, member, Step{&step, Step::Kind::kIndex, {}, index++});
    }
  }

  void check_map(const Value& value, const Shape& shape, const Step& step) {
    if (!value.is_object()) return wrong_type(value, "<class 'dict'>", step);
    Member key_member = shape.map_key(), value_member = shape.map_value();
    for (const Value::Member& entry : value.members()) {
      Value key = Value::borrow_string(entry.key, std::pmr::get_default_resource());
      check(key, key_member, Step{&step, Step::Kind::kMapKey, entry.key});
      check(entry.value, value_member, Step{&step, Step::Kind::kMember, entry.key});
    }
  }

  void check_string(const Value& value, const Member& reference, const Shape& shape,
                    const Step& step) {
    if (reference.json_value() && reference.location() == Location::kHeader) {
      return check_json(value, step);
    }
    if (!value.is_string()) return wrong_type(value, "<class 'str'>", step);
    if (!shape.min() && !reference.host_label()) return;
    check_length(count_code_points(value.as_string()), shape, reference.host_label(), step);
  }

  void check_json(const Value& value, const Step& step) {
    const Value* bad = find_not_json(value);
    if (bad == nullptr) return;
    std::string_view type = python_type(*bad);  // <class 'datetime.datetime'>
    type = type.substr(8, type.size() - 10);
    type = type.substr(type.rfind('.') + 1);
    report(
        fmt::format("Invalid parameter {} must be json serializable: Object of type {} is not JSON "
                    "serializable",
                    step.text(), type));
  }

  // NOLINTNEXTLINE(misc-no-recursion): as deep as the value that the caller built
  void check_document(const Value& value, const Step& step) {
    if (value.is_bytes() || value.is_timestamp() || value.is_stream()) {
      report(
          fmt::format("Invalid type for document parameter {}, value: {}, type: {}, valid types: "
                      "<class 'str'>, <class 'int'>, <class 'bool'>, <class 'float'>, "
                      "<class 'list'>, <class 'dict'>",
                      step.text(), python_str(value), python_type(value)));
    }
    for (const Value::Member& member : value.members()) {
      check_document(member.value, Step{&step, Step::Kind::kDocumentKey, member.key});
    }
    std::size_t index = 0;
    for (const Value& item : value.items()) {
      check_document(item, Step{&step, Step::Kind::kIndex, {}, index++});
    }
  }

  void check_length(std::size_t length, const Shape& shape, bool host_label, const Step& step) {
    auto least = shape.min();
    if (!least && host_label) least = 1;
    if (!least || !(static_cast<double>(length) < *least)) return;
    report(fmt::format("Invalid length for parameter {}, value: {}, valid min length: {}",
                       step.text(), length, least_text(shape)));
  }

  void check_least(const Value& value, const Shape& shape, const Step& step) {
    auto least = shape.min();
    if (!least) return;
    double number = value.is_bool() ? static_cast<double>(value.as_bool()) : value.as_double();
    if (!(number < *least)) return;
    report(fmt::format("Invalid value for parameter {}, value: {}, valid min value: {}",
                       step.text(), python_str(value), least_text(shape)));
  }

  // The limit as the model writes it: 0 and 0.0 are told apart.
  static std::string least_text(const Shape& shape) {
    return std::string(shape.trait("min").value_or("1"));
  }

  std::vector<std::string>& problems_;
};

}  // namespace

std::vector<std::string> find_problems(const Value& params, const Shape& input) {
  std::vector<std::string> problems;
  Validator(problems).check_structure(params, input, Step{});
  return problems;
}

Result<void> check_params(const Value& params, const Shape& input) {
  std::vector<std::string> problems = find_problems(params, input);
  if (problems.empty()) return {};
  return Error(ErrorKind::kValidation, "ParamValidation",
               fmt::format("Parameter validation failed:\n{}", fmt::join(problems, "\n")));
}

}  // namespace botocxx::validate
