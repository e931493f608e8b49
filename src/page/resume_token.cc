#include "page/resume_token.h"

#include "codec/json.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <vector>

namespace botocxx::page {
namespace {

constexpr std::string_view kEncodedKeys = "boto_encoded_keys";
constexpr std::string_view kTruncateAmount = "boto_truncate_amount";

bool has_octets(const Value& value) {
  if (value.is_bytes()) return true;
  for (const Value& item : value.items()) {
    if (has_octets(item)) return true;
  }
  for (const Value::Member& member : value.members()) {
    if (has_octets(member.value)) return true;
  }
  return false;
}

// What JSON has no form for, in Python's opinion.
bool is_unspeakable(const Value& value) {
  if (value.is_timestamp() || value.is_stream()) return true;
  for (const Value& item : value.items()) {
    if (is_unspeakable(item)) return true;
  }
  for (const Value::Member& member : value.members()) {
    if (is_unspeakable(member.value)) return true;
  }
  return false;
}

Value joined(const Value& path, Value step) {
  Value longer = path;
  longer.push_back(std::move(step));
  return longer;
}

// The same with octets as base64; the paths that lead to them are collected.
Value with_octets_as_text(const Value& value, const Value& path, Value& encoded) {
  if (value.is_bytes()) {
    encoded.push_back(path);
    return Value(base64_encode(as_byte_span(value.as_bytes())));
  }
  if (value.is_list()) {
    Value out = Value::list();
    for (std::size_t i = 0; i < value.size(); ++i) {
      out.push_back(with_octets_as_text(value[i], joined(path, Value(i)), encoded));
    }
    return out;
  }
  if (!value.is_object()) return value;
  Value out = Value::object();
  for (const Value::Member& member : value.members()) {
    Value step(member.key.view());
    out.set(member.key, with_octets_as_text(member.value, joined(path, std::move(step)), encoded));
  }
  return out;
}

// As Python's `b64decode`: what is out of the alphabet is passed over, the first whole padding ends
// the text.
std::optional<std::string> lenient_base64(std::string_view text) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string digits;
  std::size_t padding = 0;
  for (char c : text) {
    if (c == '=') {
      ++padding;
      if (digits.size() % 4 >= 2 && digits.size() % 4 + padding >= 4) break;
    } else if (kAlphabet.find(c) != kAlphabet.npos) {
      digits += c;
      padding = 0;
    }
  }
  std::size_t rest = digits.size() % 4;
  if (rest == 1 || (rest != 0 && rest + padding < 4)) return std::nullopt;
  digits.append((4 - rest) % 4, '=');
  return base64_decode(digits);
}

Value* follow(Value& root, const Value& path) {
  Value* at = &root;
  for (const Value& step : path.items()) {
    if (at->is_object() && step.is_string()) {
      at = at->find(step.as_string());
    } else if (at->is_list() && step.is_int() && step.as_int() >= 0 &&
               static_cast<std::size_t>(step.as_int()) < at->size()) {
      at = &at->items()[static_cast<std::size_t>(step.as_int())];
    } else {
      return nullptr;
    }
    if (at == nullptr) return nullptr;
  }
  return at;
}

// Nothing when `text` is not in the form that `encode_token` writes.
std::optional<Value> read_encoded(std::string_view text) {
  auto json = lenient_base64(text);
  if (!json || !is_utf8(*json)) return std::nullopt;
  auto token = codec::parse_json(*json);
  if (!token || !token->is_object()) return std::nullopt;
  Value encoded = (*token)[kEncodedKeys];
  token->erase(kEncodedKeys);
  for (const Value& path : encoded.items()) {
    Value* at = follow(*token, path);
    auto octets = at != nullptr && at->is_string() ? lenient_base64(at->as_string()) : std::nullopt;
    if (!octets) return std::nullopt;
    *at = Value(Bytes{*octets});
  }
  return *std::move(token);
}

std::vector<std::string> split_old_style(std::string_view text) {
  constexpr std::string_view kSeparator = "___";
  std::vector<std::string> parts;
  for (;;) {
    std::size_t at = text.find(kSeparator);
    parts.emplace_back(text.substr(0, at));
    if (at == text.npos) return parts;
    text.remove_prefix(at + kSeparator.size());
  }
}

// Python's `int()` of a text: blanks around it, a sign, single underscores between digits.
std::optional<std::int64_t> python_int(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\n\r\f\v";
  std::size_t first = text.find_first_not_of(kBlanks);
  if (first == text.npos) return std::nullopt;
  text = text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
  bool plus = text.starts_with('+');
  if (plus) text.remove_prefix(1);
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool between = i > 0 && i + 1 < text.size() && text[i - 1] != '_' && text[i - 1] != '-';
    if (text[i] == '_' && between) continue;
    digits += text[i];
  }
  if (plus && digits.starts_with('-')) return std::nullopt;
  std::int64_t number = 0;
  auto [stop, status] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  bool whole = status == std::errc() && stop == digits.data() + digits.size();
  return whole ? std::optional(number) : std::nullopt;
}

Result<ResumePoint> read_old_style(std::string_view text, std::span<const std::string> names) {
  std::vector<std::string> parts = split_old_style(text);
  ResumePoint point;
  if (parts.size() == names.size() + 1) {
    if (auto skip = python_int(parts.back())) {
      point.skip = *skip;
      parts.pop_back();
    } else {
      parts = {std::string(text)};
    }
  }
  if (parts.size() > names.size()) return bad_starting_token(text);
  for (std::size_t i = 0; i < names.size(); ++i) {
    bool named = i < parts.size() && parts[i] != "None";
    point.tokens.set(names[i], named ? Value(parts[i]) : Value());
  }
  return point;
}

}  // namespace

Error bad_starting_token(std::string_view shown) {
  return Error(ErrorKind::kUsage, "Value", fmt::format("Bad starting token: {}", shown));
}

Result<std::string> encode_token(const Value& tokens) {
  if (is_unspeakable(tokens)) {
    return Error(ErrorKind::kParse, "Type",
                 "the service's token holds a time or a stream: it can't be written as a text");
  }
  Value plain = tokens;
  if (has_octets(tokens)) {
    Value encoded = Value::list();
    plain = with_octets_as_text(tokens, Value::list(), encoded);
    plain.set(kEncodedKeys, std::move(encoded));
  }
  return base64_encode(as_byte_span(codec::write_json(plain, codec::JsonStyle::kPython)));
}

Result<ResumePoint> decode_token(std::string_view text, std::span<const std::string> input_tokens) {
  std::optional<Value> token = read_encoded(text);
  if (!token) return read_old_style(text, input_tokens);
  ResumePoint point;
  if (const Value* skip = token->find(kTruncateAmount)) {
    if (!skip->is_int() && !skip->is_null()) {
      return bad_starting_token(text);
    }
    point.skip = skip->get_if_int().value_or(0);
    token->erase(kTruncateAmount);
  }
  point.tokens = *std::move(token);
  return point;
}

}  // namespace botocxx::page
