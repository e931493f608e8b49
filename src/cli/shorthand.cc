#include "cli/shorthand.h"

#include "cli/connection.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/codec/json.h>
#include <botocxx/model/typed_json.h>

#include <fmt/format.h>

#include <charconv>

namespace botocxx::cli {
namespace {

Error bad_value(const std::string& option, std::string_view expected, std::string_view found) {
  return Error(ErrorKind::kValidation, "ParamValidation",
               fmt::format("--{} expects {}, not \"{}\"", option, expected, found.substr(0, 200)));
}

template <typename Number>
bool read_number(const std::string& text, Number& number) {
  auto [stop, status] = std::from_chars(text.data(), text.data() + text.size(), number);
  return status == std::errc() && stop == text.data() + text.size();
}

Result<Value> read_blob(const std::string& option, const std::string& word) {
  constexpr std::string_view kRawFile = "fileb://";
  if (word.starts_with(kRawFile)) {
    auto octets = system_host().files->read_file(
        expand_path(std::string_view(word).substr(kRawFile.size()), system_host()));
    if (!octets) return std::move(octets).error();
    return Value(Bytes{*octets});
  }
  auto octets = base64_decode(word);
  if (!octets) return bad_value(option, "base64 or fileb://PATH", word);
  return Value(Bytes{*octets});
}

Result<Value> read_scalar(const Shape& shape, const std::string& option, const std::string& word) {
  switch (shape.type()) {
    case ShapeType::kInteger:
    case ShapeType::kLong: {
      std::int64_t number = 0;
      if (!read_number(word, number)) return bad_value(option, "an integer", word);
      return Value(number);
    }
    case ShapeType::kFloat:
    case ShapeType::kDouble: {
      double number = 0;
      if (!read_number(word, number)) return bad_value(option, "a number", word);
      return Value(number);
    }
    case ShapeType::kBoolean:
      if (word == "true" || word == "false") return Value(word == "true");
      return bad_value(option, "true or false", word);
    case ShapeType::kBlob:
      return read_blob(option, word);
    case ShapeType::kStructure:
    case ShapeType::kList:
    case ShapeType::kMap:
    case ShapeType::kString:
    case ShapeType::kTimestamp:
    case ShapeType::kOther:
      break;
  }
  auto text = read_text_argument(word);
  if (!text) return std::move(text).error();
  return Value(*text);
}

bool is_scalar(ShapeType type) {
  return type != ShapeType::kStructure && type != ShapeType::kList && type != ShapeType::kMap;
}

// `Key=value,Key2=value2` of a structure's scalar members or of a map of scalars.
Result<Value> read_pairs(const Shape& shape, const std::string& option, std::string_view text) {
  Value out = Value::object();
  while (!text.empty()) {
    std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0) {
      return bad_value(option, "JSON or Key=value,Key2=value2", text);
    }
    std::string key(text.substr(0, equals));
    std::string_view rest = text.substr(equals + 1);
    std::size_t comma = rest.find(',');
    std::string value(rest.substr(0, comma));
    text = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    std::optional<Member> member =
        shape.type() == ShapeType::kMap ? std::optional(shape.map_value()) : shape.find_member(key);
    if (!member) return bad_value(option, fmt::format("a member of {}", shape.name()), key);
    if (!is_scalar(member->shape().type())) {
      return bad_value(option, fmt::format("JSON, since {} is no plain value", key), value);
    }
    auto scalar = read_scalar(member->shape(), option, value);
    if (!scalar) return scalar;
    out.set(key, *std::move(scalar));
  }
  return out;
}

Result<Value> read_json(const Shape& shape, const std::string& option, const std::string& text) {
  auto json = parse_json(text);
  if (!json) {
    return Error(ErrorKind::kValidation, "ParamValidation",
                 fmt::format("--{} is not JSON: {}", option, json.error().message()));
  }
  if (json->is_object()) return from_typed_json(*json, shape);
  return json;
}

bool looks_like_json(std::string_view text) {
  std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

Result<Value> read_item(const Shape& shape, const std::string& option, const std::string& word) {
  if (is_scalar(shape.type())) return read_scalar(shape, option, word);
  auto text = read_text_argument(word);
  if (!text) return std::move(text).error();
  if (looks_like_json(*text)) return read_json(shape, option, *text);
  if (shape.type() == ShapeType::kList) return bad_value(option, "a JSON list", *text);
  return read_pairs(shape, option, *text);
}

Result<Value> read_list(const Shape& shape, const std::string& option,
                        const std::vector<std::string>& words) {
  if (words.size() == 1) {
    auto text = read_text_argument(words[0]);
    if (!text) return std::move(text).error();
    std::size_t first = text->find_first_not_of(" \t\r\n");
    if (first != std::string::npos && (*text)[first] == '[') return read_json(shape, option, *text);
  }
  Value out = Value::list();
  for (const std::string& word : words) {
    auto item = read_item(shape.list_member().shape(), option, word);
    if (!item) return item;
    out.push_back(*std::move(item));
  }
  return out;
}

}  // namespace

Result<Value> read_member(const Member& member, const std::string& option,
                          const std::vector<std::string>& words) {
  Shape shape = member.shape();
  if (shape.type() == ShapeType::kList) return read_list(shape, option, words);
  return read_item(shape, option, words.empty() ? std::string() : words.back());
}

}  // namespace botocxx::cli
