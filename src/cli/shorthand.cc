#include "cli/shorthand.h"

#include "cli/connection.h"
#include "cli/shorthand_parser.h"
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

struct Reading {
  const std::string& option;
  BlobForm blobs;
};

Result<std::string> read_raw_file(std::string_view path) {
  return system_host().files->read_file(expand_path(path, system_host()));
}

// Whoever writes JSON where base64 belongs means the text itself.
Error no_base64(const Reading& reading, std::string_view word) {
  Error error = bad_value(reading.option, "base64 or fileb://PATH", word);
  return std::move(error)
      .with_hint("for a text as it is: --cli-binary-format raw-in-base64-out")
      .with_hint("for a file as it is: fileb://PATH");
}

Result<Value> read_blob(const Reading& reading, const std::string& word) {
  constexpr std::string_view kRawFile = "fileb://";
  if (word.starts_with(kRawFile)) {
    auto octets = read_raw_file(std::string_view(word).substr(kRawFile.size()));
    if (!octets) return std::move(octets).error();
    return Value(Bytes{*octets});
  }
  auto text = read_text_argument(word);
  if (!text) return std::move(text).error();
  if (reading.blobs == BlobForm::kRaw) return Value(Bytes{*text});
  auto octets = base64_decode(*text);
  if (!octets) return no_base64(reading, word);
  return Value(Bytes{*octets});
}

Result<Value> read_scalar(const Shape& shape, const Reading& reading, const std::string& word) {
  switch (shape.type()) {
    case ShapeType::kInteger:
    case ShapeType::kLong: {
      std::int64_t number = 0;
      if (!read_number(word, number)) return bad_value(reading.option, "an integer", word);
      return Value(number);
    }
    case ShapeType::kFloat:
    case ShapeType::kDouble: {
      double number = 0;
      if (!read_number(word, number)) return bad_value(reading.option, "a number", word);
      return Value(number);
    }
    case ShapeType::kBoolean:
      if (equals_ignore_case(word, "true")) return Value(true);
      if (equals_ignore_case(word, "false")) return Value(false);
      return bad_value(reading.option, "true or false", word);
    case ShapeType::kBlob:
      return read_blob(reading, word);
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

Result<Value> read_param_file(const std::string& text) {
  constexpr std::string_view kFile = "file://";
  constexpr std::string_view kRawFile = "fileb://";
  if (!text.starts_with(kFile) && !text.starts_with(kRawFile)) return Value(text);
  auto content = read_raw_file(std::string_view(text).substr(text.find("//") + 2));
  if (!content) return std::move(content).error();
  if (text.starts_with(kRawFile)) return Value(Bytes{*content});
  return Value(*content);
}

Result<Value> typed(const Shape& shape, const Reading& reading, Value value);

Error no_documents(const Reading& reading, std::string_view name) {
  return Error(ErrorKind::kValidation, "ParamValidation",
               fmt::format("Error parsing parameter '--{}': Shorthand syntax does not support "
                           "document types. Use JSON input for top-level argument to specify "
                           "nested parameter: {}",
                           reading.option, name));
}

Result<Value> typed_structure(const Shape& shape, const Reading& reading, Value value) {
  for (Value::Member& entry : value.members()) {
    // What the shape does not have stays: validation names it, and what is near.
    auto member = shape.find_member(entry.key);
    if (!member) continue;
    if (member->shape().is_document()) return no_documents(reading, entry.key);
    auto read = typed(member->shape(), reading, std::move(entry.value));
    if (!read) return read;
    entry.value = *std::move(read);
  }
  return value;
}

// All that shorthand gives is text: numbers and the like are read by the shape, one item stands for
// a list of one.
Result<Value> typed(const Shape& shape, const Reading& reading, Value value) {
  if (shape.type() == ShapeType::kStructure) {
    return typed_structure(shape, reading, std::move(value));
  }
  if (shape.type() == ShapeType::kMap) {
    for (Value::Member& entry : value.members()) {
      auto read = typed(shape.map_value().shape(), reading, std::move(entry.value));
      if (!read) return read;
      entry.value = *std::move(read);
    }
    return value;
  }
  if (shape.type() == ShapeType::kList) {
    Value list = value.is_list() ? std::move(value) : Value::list({std::move(value)});
    for (Value& item : list.items()) {
      auto read = typed(shape.list_member().shape(), reading, std::move(item));
      if (!read) return read;
      item = *std::move(read);
    }
    return list;
  }
  bool is_text = shape.type() == ShapeType::kString || shape.type() == ShapeType::kTimestamp;
  if (!value.is_string() || is_text || shape.type() == ShapeType::kOther) return value;
  return read_scalar(shape, reading, std::string(value.as_string()));
}

// A structure whose only member is named after what it holds takes that alone.
std::optional<Value> lone_member(const Shape& shape, std::string_view text) {
  bool is_lone = shape.type() == ShapeType::kStructure && shape.members().size() == 1 &&
                 text.find('=') == text.npos;
  if (!is_lone || !is_scalar((*shape.members().begin()).shape().type())) return std::nullopt;
  Value value = Value::object();
  value.set((*shape.members().begin()).name(), Value(text));
  return value;
}

Result<Value> read_shorthand(const Shape& shape, const Reading& reading, const std::string& text) {
  if (auto value = lone_member(shape, text)) return typed(shape, reading, *std::move(value));
  auto value = parse_shorthand(text, read_param_file);
  if (value) return typed(shape, reading, *std::move(value));
  return Error(
      ErrorKind::kValidation, "ParamValidation",
      fmt::format("Error parsing parameter '--{}': {}", reading.option, value.error().message()));
}

Result<Value> read_json(const Shape& shape, const Reading& reading, const std::string& text) {
  auto json = parse_json(text);
  if (!json) {
    return Error(ErrorKind::kValidation, "ParamValidation",
                 fmt::format("--{} is not JSON: {}", reading.option, json.error().message()));
  }
  if (json->is_object()) return from_typed_json(*json, shape);
  return json;
}

bool looks_like_json(std::string_view text) {
  std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

Result<Value> read_item(const Shape& shape, const Reading& reading, const std::string& word) {
  if (is_scalar(shape.type())) return read_scalar(shape, reading, word);
  auto text = read_text_argument(word);
  if (!text) return std::move(text).error();
  if (looks_like_json(*text) || shape.is_document()) return read_json(shape, reading, *text);
  if (shape.type() == ShapeType::kList) return bad_value(reading.option, "a JSON list", *text);
  return read_shorthand(shape, reading, *text);
}

Result<Value> read_list(const Shape& shape, const Reading& reading,
                        const std::vector<std::string>& words) {
  if (words.size() == 1) {
    auto text = read_text_argument(words[0]);
    if (!text) return std::move(text).error();
    std::size_t first = text->find_first_not_of(" \t\r\n");
    if (first != std::string::npos && (*text)[first] == '[') {
      return read_json(shape, reading, *text);
    }
  }
  Value out = Value::list();
  for (const std::string& word : words) {
    auto item = read_item(shape.list_member().shape(), reading, word);
    if (!item) return item;
    out.push_back(*std::move(item));
  }
  return out;
}

}  // namespace

Result<BlobForm> read_blob_form(const std::optional<std::string>& text) {
  if (!text || *text == "base64") return BlobForm::kBase64;
  if (*text == "raw-in-base64-out") return BlobForm::kRaw;
  return bad_value("cli-binary-format", "base64 or raw-in-base64-out", *text);
}

Result<Value> read_member(const Member& member, const std::string& option,
                          const std::vector<std::string>& words, BlobForm blobs) {
  Shape shape = member.shape();
  Reading reading{option, blobs};
  if (shape.type() == ShapeType::kList) return read_list(shape, reading, words);
  return read_item(shape, reading, words.empty() ? std::string() : words.back());
}

}  // namespace botocxx::cli
