#include "codec/python_value.h"

#include <algorithm>

namespace botocxx::codec {
namespace {

bool is_numeric(const Value& value) { return value.is_number() || value.is_bool(); }

Value as_number(const Value& value) {
  return value.is_bool() ? Value(int{value.as_bool()}) : value;
}

bool begins_character(char octet) { return (static_cast<unsigned char>(octet) & 0xc0) != 0x80; }

// Where the character of that number begins; the text's size behind the last one.
std::size_t offset_of_character(std::string_view text, std::size_t number) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if (begins_character(text[at]) && number-- == 0) break;
  }
  return at;
}

std::size_t clamp_index(std::int64_t index, std::size_t length) {
  auto size = static_cast<std::int64_t>(length);
  if (index < 0) index = std::max<std::int64_t>(index + size, 0);
  return static_cast<std::size_t>(std::min(index, size));
}

}  // namespace

bool python_truth(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kNull:
      return false;
    case Value::Kind::kBool:
      return value.as_bool();
    case Value::Kind::kInt:
      return value.as_int() != 0;
    case Value::Kind::kDouble:
      return value.as_double() != 0;
    case Value::Kind::kString:
    case Value::Kind::kBytes:
    case Value::Kind::kList:
    case Value::Kind::kObject:
      return !value.empty();
    case Value::Kind::kTimestamp:
    case Value::Kind::kStream:
      break;
  }
  return true;
}

bool python_equal(const Value& a, const Value& b) {
  if (is_numeric(a) && is_numeric(b)) return as_number(a) == as_number(b);
  if (a.is_list() && b.is_list()) {
    return std::equal(a.items().begin(), a.items().end(), b.items().begin(), b.items().end(),
                      python_equal);
  }
  if (!a.is_object() || !b.is_object()) return a == b;
  return a.size() == b.size() &&
         std::all_of(a.members().begin(), a.members().end(), [&](const Value::Member& member) {
           const Value* other = b.find(member.key);
           return other != nullptr && python_equal(member.value, *other);
         });
}

std::optional<std::size_t> python_length(const Value& value) {
  if (value.is_list() || value.is_object() || value.is_bytes()) return value.size();
  if (!value.is_string()) return std::nullopt;
  std::string_view text = value.as_string();
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

Value python_slice(const Value& value, std::int64_t first, std::optional<std::int64_t> last) {
  if (!value.is_list() && !value.is_string() && !value.is_bytes()) return value;
  std::size_t length = *python_length(value);
  std::size_t begin = clamp_index(first, length);
  std::size_t end = std::max(begin, last ? clamp_index(*last, length) : length);
  if (value.is_list()) {
    Value out = Value::list();
    out.reserve(end - begin);
    for (std::size_t i = begin; i < end; ++i) out.push_back(value[i]);
    return out;
  }
  if (value.is_bytes()) return Value(Bytes{value.as_bytes().substr(begin, end - begin)});
  std::string_view text = value.as_string();
  std::size_t from = offset_of_character(text, begin);
  return Value(text.substr(from, offset_of_character(text, end) - from));
}

}  // namespace botocxx::codec
