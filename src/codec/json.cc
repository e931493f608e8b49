#include "codec/json.h"

#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <unordered_map>

namespace botocxx::codec {
namespace {

// Iterative: a deeply nested document must not exhaust the stack.
constexpr unsigned kReadFlags = rapidjson::kParseIterativeFlag |
                                rapidjson::kParseValidateEncodingFlag |
                                rapidjson::kParseNumbersAsStringsFlag;

// Finding a position costs the text before it, so that not each of a million can be located.
constexpr std::size_t kMostReported = 100;

// RapidJSON checks the grammar of a number; its own conversion is wrong for a zero with a large
// exponent ("0e99") and lets some numbers beyond the range through as infinity.
std::optional<Value> number_value(std::string_view text) {
  if (text.find_first_of(".eE") == std::string_view::npos) {
    std::int64_t integer = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), integer);
    if (error == std::errc()) return Value(integer);
  }
  double real = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), real);
  if (error == std::errc()) return Value(real);
  // Out of range: too small becomes zero, as everywhere; too large is refused.
  std::string terminated(text);
  real = std::strtod(terminated.c_str(), nullptr);
  if (std::isinf(real)) return std::nullopt;
  return Value(real);
}

// Builds a Value from the reader's events. `open_` points at the containers being filled; a parent
// cannot grow while one of its children is open, so the pointers stay valid.
class ValueBuilder {
 public:
  ValueBuilder(const JsonReadOptions& options, const rapidjson::MemoryStream& stream,
               std::string_view text)
      : options_(options), stream_(stream), text_(text), root_(options.resource) {}

  bool Null() { return put(Value(options_.resource)); }
  bool Bool(bool value) { return put(Value(value)); }
  // Numbers come as text; the reader's interface asks for the others all the same.
  bool Int(int value) { return put(Value(value)); }
  bool Uint(unsigned value) { return put(Value(value)); }
  bool Int64(std::int64_t value) { return put(Value(value)); }
  bool Uint64(std::uint64_t value) { return put(Value(static_cast<double>(value))); }
  bool Double(double value) { return put(Value(value)); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    auto value = number_value({text, size});
    out_of_range_ = !value;
    return value && put(std::move(*value));
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    return put(Value::make_string({text, size}, options_.resource));
  }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    key_.assign(text, size);
    return true;
  }
  bool StartObject() {
    Value value(options_.resource);
    value.make_object();
    return open(std::move(value));
  }
  bool StartArray() {
    Value value(options_.resource);
    value.make_list();
    return open(std::move(value));
  }
  bool EndObject(rapidjson::SizeType) {
    drop_duplicates(*open_.back());
    open_.pop_back();
    return true;
  }
  bool EndArray(rapidjson::SizeType) {
    open_.pop_back();
    return true;
  }

  Value take() { return std::move(root_); }
  bool too_deep() const { return too_deep_; }
  bool out_of_range() const { return out_of_range_; }

 private:
  Value* attach(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Value& parent = *open_.back();
    if (parent.is_list()) return &parent.push_back(std::move(value));
    return &parent.append_member(botocxx::Key(key_, options_.resource), std::move(value));
  }
  bool put(Value value) {
    attach(std::move(value));
    return true;
  }
  bool open(Value value) {
    if (open_.size() >= options_.max_depth) {
      too_deep_ = true;
      return false;
    }
    open_.push_back(attach(std::move(value)));
    return true;
  }

  // The last value of a repeated name wins and keeps the place of the first, as in Python.
  void drop_duplicates(Value& object) {
    // A table of its own: clearing one that was large once costs its size again for each object.
    std::unordered_map<std::string_view, std::size_t> last;
    bool repeated = false;
    for (std::size_t i = 0; i < object.size(); ++i) {
      const Value::Member& member = object.members()[i];
      if (last.insert_or_assign(member.key.view(), i).second) continue;
      repeated = true;
      if (options_.duplicates != nullptr && options_.duplicates->size() < kMostReported) {
        TextPosition at = position_at(text_, stream_.Tell());
        options_.duplicates->push_back(
            fmt::format("\"{}\" in the object that ends at line {}, column {}", member.key.view(),
                        at.line, at.column));
      }
    }
    if (!repeated) return;
    Value unique(options_.resource);
    unique.make_object();
    for (const Value::Member& member : object.members()) {
      auto found = last.find(member.key.view());
      if (found == last.end()) continue;
      Value& value = object.members()[found->second].value;
      unique.append_member(botocxx::Key(member.key, options_.resource), std::move(value));
      last.erase(found);
    }
    object = std::move(unique);
  }

  const JsonReadOptions& options_;
  const rapidjson::MemoryStream& stream_;
  std::string_view text_;
  Value root_;
  std::vector<Value*> open_;
  std::string key_;
  bool too_deep_ = false;
  bool out_of_range_ = false;
};

Error syntax_error(std::string_view text, std::size_t offset, std::string_view reason) {
  TextPosition at = position_at(text, offset);
  return Error(ErrorKind::kParse, "JsonSyntax",
               fmt::format("line {}, column {}: {}", at.line, at.column, reason))
      .with_context("line", std::to_string(at.line))
      .with_context("column", std::to_string(at.column));
}

void append_unicode_escape(std::string& out, std::uint32_t unit) {
  out += fmt::format("\\u{:04x}", unit);
}

// Decodes one code point; malformed octets come back as they are.
std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char lead = byte(at);
  std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  if (length == 1 || at + length > text.size()) return byte(at++);
  std::uint32_t code = lead & (0xffU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) code = code << 6 | (byte(at + i) & 0x3fU);
  at += length;
  return code;
}

// How many octets from `at` on are written as they are.
std::size_t plain_run(std::string_view text, std::size_t at, JsonStyle style) {
  unsigned char limit = style == JsonStyle::kPython ? 0x7f : 0xff;
  std::size_t end = at;
  while (end < text.size()) {
    auto code = static_cast<unsigned char>(text[end]);
    bool plain = code >= 0x20 && code != '"' && code != '\\' && (code < limit || limit == 0xff);
    if (!plain) break;
    ++end;
  }
  return end - at;
}

bool append_short_escape(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return true;
    case '\\':
      out += "\\\\";
      return true;
    case '\n':
      out += "\\n";
      return true;
    case '\r':
      out += "\\r";
      return true;
    case '\t':
      out += "\\t";
      return true;
    case '\b':
      out += "\\b";
      return true;
    case '\f':
      out += "\\f";
      return true;
    default:
      return false;
  }
}

// Milliseconds where they are exact, else microseconds, neither without a fraction.
std::string timestamp_text(Timestamp time) {
  std::int32_t nanoseconds = time.nanoseconds();
  bool milliseconds = nanoseconds > 0 && nanoseconds % 1'000'000 == 0;
  return milliseconds ? time.to_iso8601_milliseconds() : time.to_iso8601();
}

class Writer {
 public:
  Writer(std::string& out, JsonStyle style) : out_(out), style_(style) {}

  void write(const Value& value, int depth) {
    switch (value.kind()) {
      case Value::Kind::kNull:
      case Value::Kind::kStream:
        out_ += "null";
        return;
      case Value::Kind::kBool:
        out_ += value.as_bool() ? "true" : "false";
        return;
      case Value::Kind::kInt:
        out_ += std::to_string(value.as_int());
        return;
      case Value::Kind::kDouble:
        return write_double(value.as_double());
      case Value::Kind::kString:
        return append_json_string(out_, value.as_string(), style_);
      case Value::Kind::kBytes:
        out_ += '"' + base64_encode(as_byte_span(value.as_bytes())) + '"';
        return;
      case Value::Kind::kTimestamp:
        out_ += '"' + timestamp_text(value.as_timestamp()) + '"';
        return;
      case Value::Kind::kList:
        return write_list(value, depth);
      case Value::Kind::kObject:
        return write_object(value, depth);
    }
  }

 private:
  void write_double(double number) {
    if (std::isnan(number)) {
      out_ += "\"NaN\"";
    } else if (std::isinf(number)) {
      out_ += number < 0 ? "\"-Infinity\"" : "\"Infinity\"";
    } else {
      out_ += format_double(number);
    }
  }
  void separate(bool first, int depth) {
    if (!first) out_ += style_ == JsonStyle::kPython ? ", " : ",";
    if (style_ == JsonStyle::kIndented) {
      out_ += '\n';
      out_.append(static_cast<std::size_t>(depth) * 4, ' ');
    }
  }
  void write_list(const Value& list, int depth) {
    out_ += '[';
    bool first = true;
    for (const Value& item : list.items()) {
      separate(std::exchange(first, false), depth + 1);
      write(item, depth + 1);
    }
    if (!first && style_ == JsonStyle::kIndented) separate(true, depth);
    out_ += ']';
  }
  void write_object(const Value& object, int depth) {
    out_ += '{';
    bool first = true;
    for (const Value::Member& member : object.members()) {
      separate(std::exchange(first, false), depth + 1);
      append_json_string(out_, member.key, style_);
      out_ += style_ == JsonStyle::kCompact ? ":" : ": ";
      write(member.value, depth + 1);
    }
    if (!first && style_ == JsonStyle::kIndented) separate(true, depth);
    out_ += '}';
  }

  std::string& out_;
  JsonStyle style_;
};

}  // namespace

TextPosition position_at(std::string_view text, std::size_t offset) {
  std::string_view before = text.substr(0, std::min(offset, text.size()));
  TextPosition at;
  at.line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  std::size_t newline = before.rfind('\n');
  at.column = before.size() - (newline == std::string_view::npos ? 0 : newline + 1) + 1;
  return at;
}

namespace {

std::string failure(const ValueBuilder& builder, const JsonReadOptions& options,
                    const rapidjson::ParseResult& result) {
  if (builder.too_deep()) return fmt::format("nested deeper than {} levels", options.max_depth);
  return rapidjson::GetParseError_En(builder.out_of_range() ? rapidjson::kParseErrorNumberTooBig
                                                            : result.Code());
}

}  // namespace

Result<Value> parse_json(std::string_view text, const JsonReadOptions& options) {
  std::size_t skip = text.starts_with("\xef\xbb\xbf") ? 3 : 0;
  rapidjson::MemoryStream stream(text.data() + skip, text.size() - skip);
  rapidjson::Reader reader;
  ValueBuilder builder(options, stream, text);
  rapidjson::ParseResult result = reader.Parse<kReadFlags>(stream, builder);
  if (!result) {
    return syntax_error(text, result.Offset() + skip, failure(builder, options, result));
  }
  return builder.take();
}

void append_json_string(std::string& out, std::string_view text, JsonStyle style) {
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    std::size_t plain = plain_run(text, at, style);
    out.append(text, at, plain);
    at += plain;
    if (at == text.size()) break;
    auto code = static_cast<unsigned char>(text[at]);
    if (append_short_escape(out, text[at])) {
      ++at;
    } else if (code < 0x20) {
      append_unicode_escape(out, code);
      ++at;
    } else {
      std::uint32_t point = next_code_point(text, at);
      if (point >= 0x10000) {
        append_unicode_escape(out, 0xd800 + ((point - 0x10000) >> 10));
        append_unicode_escape(out, 0xdc00 + ((point - 0x10000) & 0x3ff));
      } else {
        append_unicode_escape(out, point);
      }
    }
  }
  out += '"';
}

std::string write_json(const Value& value, JsonStyle style) {
  std::string out;
  Writer(out, style).write(value, 0);
  return out;
}

std::string json_pointer_token(std::string_view name) {
  std::string out;
  for (char c : name) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace botocxx::codec
