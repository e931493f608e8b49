#include "page_marker.h"

#include "base/digest.h"
#include "codec/json.h"
#include "service_error.h"
#include <botocxx/base/text_encoding.h>

namespace botocxx::objectscale {
namespace {

// Begins as a serialised Java object does ("rO0ABXQ"), then octets that give "+" and "/".
constexpr std::string_view kPreamble("\xAC\xED\x00\x05t\x00\xFB\xEF\xBE\xFF\xFF\xFF", 12);

std::string checked(std::string_view binding, std::string_view content) {
  std::string text(binding);
  text += '\0';
  text += content;
  return base::sha256_hex(text);
}

Value to_value(const SqlValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return Value(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return Value(*text);
  return {};
}

SqlValue to_sql(const Value& value) {
  if (value.is_int()) return value.as_int();
  if (value.is_string()) return std::string(value.as_string());
  return std::monostate();
}

}  // namespace

std::string write_marker(const SearchPosition& position, std::string_view binding) {
  Value content = Value::list({to_value(position.sort_value), position.key, position.id});
  std::string json = codec::write_json(content);
  // Blanks until the text needs padding.
  constexpr std::size_t kHashSize = 64;
  while ((kPreamble.size() + kHashSize + json.size()) % 3 == 0) json += ' ';
  std::string octets = std::string(kPreamble) + checked(binding, json) + json;
  return base64_encode(as_byte_span(octets));
}

Result<SearchPosition> read_marker(std::string_view marker, std::string_view binding) {
  constexpr std::size_t kHashSize = 64;
  Error wrong = service_error("InvalidArgument",
                              "marker: it is not a NextMarker of a query with the same parameters");
  std::optional<std::string> octets = base64_decode(marker);
  if (!octets || !octets->starts_with(kPreamble) || octets->size() < kPreamble.size() + kHashSize) {
    return wrong;
  }
  std::string_view rest = std::string_view(*octets).substr(kPreamble.size());
  std::string_view json = rest.substr(kHashSize);
  if (rest.substr(0, kHashSize) != checked(binding, json)) return wrong;
  Result<Value> content = codec::parse_json(json);
  if (!content || content->size() != 3) return wrong;
  SearchPosition position;
  position.sort_value = to_sql((*content)[0]);
  position.key = std::string((*content)[1].get_if_string().value_or(""));
  position.id = (*content)[2].get_if_int().value_or(0);
  return position;
}

}  // namespace botocxx::objectscale
