#include "protocol/scalar_parse.h"

#include "codec/python_text.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

namespace botocxx::protocol {
namespace {

// Texts shorter than this are copied into the value itself, which costs no memory.
constexpr std::size_t kInlineText = 22;

Error not_a(std::string_view what, std::string_view text) {
  return parse_failure(fmt::format("expected {}, found {}", what,
                                   codec::python_repr(Value::borrow_string(
                                       text.substr(0, 60), std::pmr::get_default_resource()))));
}

// Python's numerals may hold single underscores between digits.
std::string without_underscores(std::string_view text) {
  std::string out;
  auto digit = [&](std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_' && i > 0 && digit(i - 1) && digit(i + 1)) continue;
    out += text[i];
  }
  return out;
}

Result<Value> parse_double(std::string_view original) {
  std::string owned;
  std::string_view text = strip(original);
  if (text.find('_') != std::string_view::npos) text = owned = without_underscores(text);
  bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const char* end = text.data() + text.size();
  auto [stop, status] = std::from_chars(text.data(), end, number);
  bool sign_twice = text.starts_with('-');
  bool bad_tail =
      stop != end || (status != std::errc() && status != std::errc::result_out_of_range);
  if (text.empty() || sign_twice || bad_tail || text.find('(') != std::string_view::npos) {
    return not_a("a number", original);
  }
  if (status == std::errc::result_out_of_range) {
    // Too large or too small: what tells them apart is the sign of the exponent.
    bool tiny =
        text.find("e-") != std::string_view::npos || text.find("E-") != std::string_view::npos;
    number = tiny ? 0 : std::numeric_limits<double>::infinity();
  }
  return Value(negative ? -number : number);
}

Result<Value> parse_integer(std::string_view original) {
  std::string owned;
  std::string_view text = strip(original);
  if (text.find('_') != std::string_view::npos) text = owned = without_underscores(text);
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  auto [stop, status] = std::from_chars(text.data(), end, number);
  if (stop != end || text.empty()) return not_a("an integer", original);
  if (status == std::errc::result_out_of_range) return parse_double(text);
  if (status != std::errc()) return not_a("an integer", original);
  return Value(number);
}

// Python's b64decode drops what is not of the alphabet.
Result<Value> parse_blob(std::string_view text, std::pmr::memory_resource* resource) {
  auto in_alphabet = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' ||
           c == '/' || c == '=';
  };
  std::optional<std::string> octets;
  if (std::all_of(text.begin(), text.end(), in_alphabet)) {
    octets = base64_decode(text);
  } else {
    std::string kept;
    std::copy_if(text.begin(), text.end(), std::back_inserter(kept), in_alphabet);
    octets = base64_decode(kept);
  }
  if (!octets) return not_a("base64", text);
  return Value::make_bytes(*octets, resource);
}

}  // namespace

Error parse_failure(std::string_view problem) {
  return Error(ErrorKind::kParse, "ResponseParser", std::string(problem));
}

Error unreadable_body(std::string_view format, const Error& cause) {
  Error error = parse_failure(
      fmt::format("Unable to parse response ({}), invalid {} received. Further retries may succeed",
                  cause.message(), format));
  for (const auto& [name, value] : cause.context()) {
    error = std::move(error).with_context(name, value);
  }
  return error;
}

namespace {

Error with_path(const Error& error, std::string_view step) {
  std::string path(step);
  std::string_view reason = error.message();
  for (const auto& [name, value] : error.context()) {
    if (name != "path") continue;
    reason.remove_prefix(std::min(reason.size(), value.size() + 2));
    if (!value.starts_with('[')) path += '.';
    path += value;
  }
  return Error(error.kind(), error.code(), fmt::format("{}: {}", path, reason))
      .with_context("path", path);
}

}  // namespace

Error at_member(Error error, std::string_view name) { return with_path(error, name); }

Error at_index(Error error, std::size_t index) {
  return with_path(error, fmt::format("[{}]", index));
}

std::string_view strip(std::string_view text) {
  auto blank = [](char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
  };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

Result<Value> parse_scalar(const Shape& shape, std::string_view text, TextOwner owner,
                           std::pmr::memory_resource* resource) {
  switch (shape.type()) {
    case ShapeType::kBoolean:
      return Value(text == "true");
    case ShapeType::kInteger:
    case ShapeType::kLong:
      return parse_integer(text);
    case ShapeType::kFloat:
    case ShapeType::kDouble:
      return parse_double(text);
    case ShapeType::kTimestamp: {
      auto time = Timestamp::parse(text);
      if (!time) return not_a("a timestamp", text);
      return Value(*time);
    }
    case ShapeType::kBlob:
      return parse_blob(text, resource);
    case ShapeType::kStructure:
    case ShapeType::kList:
    case ShapeType::kMap:
    case ShapeType::kString:
    case ShapeType::kOther:
      break;
  }
  if (owner == TextOwner::kOutlivesValue && text.size() > kInlineText) {
    return Value::borrow_string(text, resource);
  }
  return Value::make_string(text, resource);
}

}  // namespace botocxx::protocol
