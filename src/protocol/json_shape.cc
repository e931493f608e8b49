#include "protocol/json_shape.h"

#include "codec/repeated_keys.h"
#include "protocol/scalar_parse.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace botocxx::protocol {
namespace {

using codec::JsonTokens;

constexpr std::size_t kUnknown = static_cast<std::size_t>(-1);

std::string_view kind_name(JsonTokens::Kind kind) {
  switch (kind) {
    case JsonTokens::Kind::kNull:
      return "null";
    case JsonTokens::Kind::kBool:
      return "a boolean";
    case JsonTokens::Kind::kNumber:
      return "a number";
    case JsonTokens::Kind::kString:
      return "a string";
    case JsonTokens::Kind::kList:
      return "a list";
    case JsonTokens::Kind::kObject:
      return "an object";
    case JsonTokens::Kind::kNothing:
      break;
  }
  return "nothing";
}

Error wrong_kind(std::string_view expected, JsonTokens::Kind found) {
  return parse_failure(fmt::format("expected {}, found {}", expected, kind_name(found)));
}

// Years 1 to 9999, as Python's datetime has them.
bool is_datable(double seconds) { return seconds >= -62'135'596'800 && seconds < 253'402'300'800; }

}  // namespace

Result<Value> JsonShapeReader::read(const Shape& shape) {
  Value out(resource_);
  Result<void> read;
  if (tokens_.peek() == Kind::kNull) {
    tokens_.read_null();
  } else {
    read = read_into(shape, shape.type(), out);
  }
  if (!read && !tokens_.failed()) {
    // What does not fit the shape may not even be JSON ("fine" begins like "false").
    tokens_ = JsonTokens(text_);
    tokens_.skip_value();
  }
  tokens_.finish();
  if (!tokens_.failed()) {
    if (!read) return std::move(read).error();
    return out;
  }
  return unreadable_body("JSON", tokens_.error());
}

JsonShapeReader::Plan& JsonShapeReader::plan_of(const Shape& shape) {
  auto [found, added] = plans_.try_emplace(shape.index());
  Plan& plan = found->second;
  if (!added) return plan;
  plan.is_union = shape.is_union();
  plan.is_document = shape.is_document();
  ViewRange<Member> members = shape.members();
  plan.wanted.reserve(members.size());
  for (Member member : members) {
    Shape target = member.shape();
    plan.wanted.push_back(
        {member.serialized_name(), member.name(), target, target.type(), plan.wanted.size() + 1});
  }
  return plan;
}

// Senders keep an order of their own from one structure to the next: `guess` is mostly right.
std::size_t JsonShapeReader::find(const Plan& plan, std::string_view name, std::size_t guess) {
  std::size_t count = plan.wanted.size();
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t number = guess + i;
    if (number >= count) number = guess < count ? number - count : i;
    if (plan.wanted[number].name == name) return number;
  }
  return kUnknown;
}

Result<void> JsonShapeReader::read_into(const Shape& shape, ShapeType type, Value& out) {
  switch (type) {
    case ShapeType::kStructure:
      return read_structure(shape, out);
    case ShapeType::kList:
      return read_list(shape, out);
    case ShapeType::kMap:
      return read_map(shape, out);
    case ShapeType::kString:
    case ShapeType::kBoolean:
    case ShapeType::kInteger:
    case ShapeType::kLong:
    case ShapeType::kFloat:
    case ShapeType::kDouble:
    case ShapeType::kBlob:
    case ShapeType::kTimestamp:
    case ShapeType::kOther:
      return read_scalar(shape, type, out);
  }
  return {};
}

Result<void> JsonShapeReader::read_structure(const Shape& shape, Value& out) {
  Plan& plan = plan_of(shape);
  if (plan.is_document) {
    out = tokens_.read_value(resource_);
    return {};
  }
  if (Kind kind = tokens_.peek(); kind != Kind::kObject) {
    if (kind == Kind::kNothing) return {};
    return wrong_kind("a structure", kind);
  }
  std::size_t base = slots_.size();
  Tags tags;
  auto read = read_fields(plan, base, tags);
  if (!read || tokens_.failed()) return read;
  take_slots(plan, base, out);
  if (!plan.is_union) return {};
  if (tags.count != 1) {
    return parse_failure(fmt::format(
        "Invalid service response: {} must have one and only one member set.", shape.name()));
  }
  if (out.empty()) {
    Value& unknown = out.set("SDK_UNKNOWN_MEMBER", Value(resource_));
    unknown.set("name", Value::make_string(tags.unknown, resource_));
  }
  return {};
}

Result<void> JsonShapeReader::read_fields(Plan& plan, std::size_t base, Tags& tags) {
  tokens_.enter_object();
  std::size_t* guess = &plan.first;
  for (JsonTokens::Text name; tokens_.next_member(name);) {
    bool is_null = tokens_.peek() == Kind::kNull;
    std::size_t number = find(plan, name.text, *guess);
    if (number == kUnknown) {
      // Botocore counts a union's members whether it knows them or not.
      bool tag = plan.is_union && !is_null && name.text != "__type" && name.text != tags.unknown;
      if (tag) ++tags.count;
      if (tag) tags.unknown = name.text;
      tokens_.skip_value();
      continue;
    }
    *guess = number;
    guess = &plan.wanted[number].next;
    const Wanted& wanted = plan.wanted[number];
    Value value(resource_);
    if (is_null) {
      tokens_.read_null();
    } else if (auto read = read_into(wanted.shape, wanted.type, value); !read) {
      return at_member(std::move(read).error(), wanted.member_name);
    }
    put_slot(base, number, std::move(value));
  }
  if (!plan.is_union) return {};
  tags.count += static_cast<std::size_t>(
      std::count_if(slots_.begin() + static_cast<std::ptrdiff_t>(base), slots_.end(),
                    [](const Slot& slot) { return !slot.value.is_null(); }));
  return {};
}

// Of a repeated name the last value counts.
void JsonShapeReader::put_slot(std::size_t base, std::size_t number, Value value) {
  std::size_t at = slots_.size();
  while (at > base && slots_[at - 1].number > number) --at;
  if (at > base && slots_[at - 1].number == number) {
    slots_[at - 1].value = std::move(value);
    return;
  }
  slots_.insert(slots_.begin() + static_cast<std::ptrdiff_t>(at), {number, std::move(value)});
}

// The slots are in the model's order; nulls are dropped.
void JsonShapeReader::take_slots(const Plan& plan, std::size_t base, Value& out) {
  out.make_object();
  auto first = slots_.begin() + static_cast<std::ptrdiff_t>(base);
  out.reserve(slots_.size() - base);
  for (auto slot = first; slot != slots_.end(); ++slot) {
    if (slot->value.is_null()) continue;
    out.append_member(Key::borrow(plan.wanted[slot->number].member_name), std::move(slot->value));
  }
  slots_.erase(first, slots_.end());
}

Result<void> JsonShapeReader::read_list(const Shape& shape, Value& out) {
  if (Kind kind = tokens_.peek(); kind != Kind::kList) {
    if (kind == Kind::kNothing) return {};
    return wrong_kind("a list", kind);
  }
  out.make_list();
  Shape item = shape.list_member().shape();
  ShapeType type = item.type();
  tokens_.enter_list();
  while (tokens_.next_item()) {
    Value& value = out.push_back(Value(resource_));
    if (tokens_.peek() == Kind::kNull) {
      tokens_.read_null();
    } else if (auto read = read_into(item, type, value); !read) {
      return at_index(std::move(read).error(), out.size() - 1);
    }
  }
  return {};
}

// Whether a null in a map stays: where botocore would fail over it, it is left out.
bool JsonShapeReader::keeps_null(ShapeType type) const {
  bool numeric = type == ShapeType::kInteger || type == ShapeType::kLong ||
                 type == ShapeType::kFloat || type == ShapeType::kDouble;
  if (numeric) return scalars_ == JsonScalars::kAsSent;
  return type != ShapeType::kList && type != ShapeType::kMap && type != ShapeType::kTimestamp &&
         type != ShapeType::kBlob;
}

Result<void> JsonShapeReader::read_map(const Shape& shape, Value& out) {
  if (Kind kind = tokens_.peek(); kind != Kind::kObject) {
    if (kind == Kind::kNothing) return {};
    return wrong_kind("a map", kind);
  }
  out.make_object();
  Shape target = shape.map_value().shape();
  ShapeType type = target.type();
  tokens_.enter_object();
  for (JsonTokens::Text name; tokens_.next_member(name);) {
    bool is_null = tokens_.peek() == Kind::kNull;
    if (is_null && !keeps_null(type)) {
      tokens_.read_null();
      continue;
    }
    Key key = name.lasting ? Key::borrow(name.text) : Key(name.text, resource_);
    Value& value = out.append_member(std::move(key), Value(resource_));
    if (is_null) {
      tokens_.read_null();
      if (type == ShapeType::kBoolean && scalars_ == JsonScalars::kConverted) value = Value(false);
    } else if (auto read = read_into(target, type, value); !read) {
      return at_member(std::move(read).error(), out.members().back().key);
    }
  }
  codec::drop_repeated_keys(out);
  return {};
}

Result<void> JsonShapeReader::read_scalar(const Shape& shape, ShapeType type, Value& out) {
  bool converted = scalars_ == JsonScalars::kConverted;
  Kind kind = tokens_.peek();
  switch (type) {
    case ShapeType::kTimestamp:
      return read_timestamp(shape, out);
    case ShapeType::kBlob:
      return read_text_as(shape, out);
    case ShapeType::kBoolean:
    case ShapeType::kInteger:
    case ShapeType::kLong:
      if (converted) return read_converted(shape, type, out);
      break;
    case ShapeType::kFloat:
    case ShapeType::kDouble:
      if (converted) return read_converted(shape, type, out);
      if (kind == Kind::kString) {
        out = codec::text_value(tokens_.read_string(), resource_);
        std::string_view text = out.as_string();
        bool special = text == "NaN" || text == "Infinity" || text == "-Infinity";
        if (special) out = *parse_scalar(shape, text, TextOwner::kTemporary, resource_);
        return {};
      }
      break;
    case ShapeType::kString:
    case ShapeType::kOther:
    case ShapeType::kStructure:
    case ShapeType::kList:
    case ShapeType::kMap:
      break;
  }
  if (kind == Kind::kString) {
    out = codec::text_value(tokens_.read_string(), resource_);
  } else {
    out = tokens_.read_value(resource_);
  }
  return {};
}

// Python's int() and float(), and botocore's ensure_boolean().
Result<void> JsonShapeReader::read_converted(const Shape& shape, ShapeType type, Value& out) {
  Kind kind = tokens_.peek();
  bool integral = type == ShapeType::kInteger || type == ShapeType::kLong;
  if (type == ShapeType::kBoolean) {
    if (kind == Kind::kString) {
      out = Value(equals_ignore_case(tokens_.read_string().text, "true"));
    } else if (kind == Kind::kBool) {
      out = Value(tokens_.read_bool());
    } else {
      tokens_.skip_value();
      out = Value(false);
    }
    return {};
  }
  if (kind == Kind::kString) return read_text_as(shape, out);
  if (kind == Kind::kBool) {
    std::int64_t number = tokens_.read_bool() ? 1 : 0;
    out = integral ? Value(number) : Value(static_cast<double>(number));
    return {};
  }
  if (kind == Kind::kNothing) return {};
  if (kind != Kind::kNumber) return wrong_kind("a number", kind);
  out = tokens_.read_number();
  if (tokens_.failed()) return {};
  if (!integral) {
    out = Value(out.as_double());
    return {};
  }
  if (out.is_int()) return {};
  double number = out.as_double();
  if (!std::isfinite(number)) return parse_failure("expected an integer, found no finite number");
  bool fits = std::abs(number) < 9.2e18;
  out = fits ? Value(static_cast<std::int64_t>(number)) : Value(std::trunc(number));
  return {};
}

Result<void> JsonShapeReader::read_timestamp(const Shape& shape, Value& out) {
  Kind kind = tokens_.peek();
  if (kind == Kind::kString) return read_text_as(shape, out);
  if (kind == Kind::kNothing) return {};
  if (kind != Kind::kNumber) return wrong_kind("a timestamp", kind);
  Value number = tokens_.read_number();
  if (tokens_.failed()) return {};
  if (!is_datable(number.as_double())) {
    return parse_failure("expected a timestamp, found a number out of the years 1 to 9999");
  }
  out = Value(number.is_int() ? Timestamp::from_unix(number.as_int())
                              : Timestamp::from_unix_double(number.as_double()));
  return {};
}

// A string that stands for something else.
Result<void> JsonShapeReader::read_text_as(const Shape& shape, Value& out) {
  Kind kind = tokens_.peek();
  if (kind == Kind::kNothing) return {};
  if (kind != Kind::kString) return wrong_kind("a string", kind);
  JsonTokens::Text text = tokens_.read_string();
  if (tokens_.failed()) return {};
  auto value = parse_scalar(shape, text.text, TextOwner::kTemporary, resource_);
  if (!value) return std::move(value).error();
  out = *std::move(value);
  return {};
}

}  // namespace botocxx::protocol
