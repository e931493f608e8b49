#include "codec/json_tokens.h"

#include "codec/json.h"
#include "codec/repeated_keys.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>

namespace botocxx::codec {
namespace {

constexpr std::size_t kInlineText = 22;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// What a string may not hold as it is: control characters, quotes and backslashes.
bool ends_plain_run(char c) {
  auto code = static_cast<unsigned char>(c);
  return code < 0x20 || c == '"' || c == '\\';
}

// The first such octet at or after `at`. Eight octets at a time: a byte of `word ^ pattern` that is
// zero, or of `word` that is small, borrows into its top bit when one is subtracted.
const char* end_of_plain_run(const char* at, const char* end) {
  constexpr std::uint64_t kOnes = 0x0101010101010101, kTops = 0x8080808080808080;
  while (end - at >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    std::uint64_t quotes = word ^ (kOnes * '"'), slashes = word ^ (kOnes * '\\');
    std::uint64_t hits = ((word - kOnes * 0x20) & ~word) | ((quotes - kOnes) & ~quotes) |
                         ((slashes - kOnes) & ~slashes);
    if ((hits & kTops) != 0) break;
    at += 8;
  }
  while (at != end && !ends_plain_run(*at)) ++at;
  return at;
}

// Python's float(): too small is zero, too large is infinite.
double to_double(std::string_view text) {
  double real = 0;
  auto [stop, status] = std::from_chars(text.data(), text.data() + text.size(), real);
  if (status == std::errc()) return real;
  return std::strtod(std::string(text).c_str(), nullptr);
}

}  // namespace

JsonTokens::JsonTokens(std::string_view source, std::size_t max_depth)
    : source_(source),
      at_(source.data()),
      end_(source.data() + source.size()),
      max_depth_(max_depth) {
  if (!is_utf8(source)) fail("the text is not UTF-8");
}

void JsonTokens::fail(const char* problem) {
  if (problem_ == nullptr) problem_ = problem;
}

Error JsonTokens::error() const {
  TextPosition at = position_at(source_, static_cast<std::size_t>(at_ - source_.data()));
  return Error(ErrorKind::kParse, "JsonSyntax",
               fmt::format("line {}, column {}: {}", at.line, at.column,
                           problem_ == nullptr ? "no mistake" : problem_))
      .with_context("line", std::to_string(at.line))
      .with_context("column", std::to_string(at.column));
}

// A mistake's place stays.
void JsonTokens::skip_blanks() {
  if (failed()) return;
  while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
}

bool JsonTokens::take(char expected) {
  skip_blanks();
  if (failed() || at_ == end_ || *at_ != expected) return false;
  ++at_;
  return true;
}

void JsonTokens::take_word(std::string_view word) {
  skip_blanks();
  if (failed()) return;
  if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(word)) {
    return fail("expected a value");
  }
  at_ += word.size();
}

JsonTokens::Kind JsonTokens::peek() {
  skip_blanks();
  if (failed()) return Kind::kNothing;
  if (at_ == end_) {
    fail("the text ends where a value is expected");
    return Kind::kNothing;
  }
  switch (*at_) {
    case '"':
      return Kind::kString;
    case '{':
      return Kind::kObject;
    case '[':
      return Kind::kList;
    case 'n':
      return Kind::kNull;
    case 't':
    case 'f':
      return Kind::kBool;
    default:
      if (*at_ == '-' || *at_ == 'N' || *at_ == 'I' || is_digit(*at_)) return Kind::kNumber;
      fail("expected a value");
      return Kind::kNothing;
  }
}

void JsonTokens::read_null() { take_word("null"); }

bool JsonTokens::read_bool() {
  bool value = peek() == Kind::kBool && *at_ == 't';
  take_word(value ? "true" : "false");
  return value && !failed();
}

// Leaves the reader behind the number and checks its grammar.
std::string_view JsonTokens::scan_number() {
  const char* start = at_;
  auto digits = [&] {
    const char* first = at_;
    while (at_ != end_ && is_digit(*at_)) ++at_;
    return at_ != first;
  };
  if (*at_ == '-') ++at_;
  bool zero = at_ != end_ && *at_ == '0';
  bool good = digits();
  if (zero) at_ = start + (*start == '-' ? 2 : 1);  // "01" is 0, with more behind it
  const char* whole = at_;
  if (good && at_ != end_ && *at_ == '.') {
    ++at_;
    if (!digits()) at_ = whole;
  }
  const char* fraction = at_;
  if (good && at_ != end_ && (*at_ == 'e' || *at_ == 'E')) {
    ++at_;
    if (at_ != end_ && (*at_ == '+' || *at_ == '-')) ++at_;
    if (!digits()) at_ = fraction;
  }
  if (!good) fail("expected a digit");
  return {start, static_cast<std::size_t>(at_ - start)};
}

Value JsonTokens::read_number() {
  if (peek() != Kind::kNumber) return {};
  std::string_view rest(at_, static_cast<std::size_t>(end_ - at_));
  for (std::string_view word : {"NaN", "Infinity", "-Infinity"}) {
    if (!rest.starts_with(word)) continue;
    at_ += word.size();
    if (word == "NaN") return Value(std::numeric_limits<double>::quiet_NaN());
    double infinity = std::numeric_limits<double>::infinity();
    return Value(word.starts_with('-') ? -infinity : infinity);
  }
  std::string_view text = scan_number();
  if (failed()) return {};
  if (text.find_first_of(".eE") != std::string_view::npos) return Value(to_double(text));
  std::int64_t integer = 0;
  auto [stop, status] = std::from_chars(text.data(), text.data() + text.size(), integer);
  if (status == std::errc()) return Value(integer);
  double real = to_double(text);
  if (std::isinf(real)) fail("the integer is too large");
  return Value(real);
}

void JsonTokens::append_code_point(std::uint32_t code) {
  auto put = [&](std::uint32_t octet) { unescaped_ += static_cast<char>(octet); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xc0 | code >> 6);
  } else {
    if (code < 0x10000) {
      put(0xe0 | code >> 12);
    } else {
      put(0xf0 | code >> 18);
      put(0x80 | (code >> 12 & 0x3f));
    }
    put(0x80 | (code >> 6 & 0x3f));
  }
  put(0x80 | (code & 0x3f));
}

// Four hexadecimal digits.
bool JsonTokens::read_code_unit(std::uint32_t& unit) {
  if (end_ - at_ < 4) return false;
  auto [stop, status] = std::from_chars(at_, at_ + 4, unit, 16);
  if (status != std::errc() || stop != at_ + 4) return false;
  at_ += 4;
  return true;
}

// One escape, behind its backslash.
void JsonTokens::read_escape() {
  constexpr std::string_view kNames = "\"\\/bfnrt", kMeanings = "\"\\/\b\f\n\r\t";
  if (at_ == end_) return fail("the text ends within a string");
  std::size_t known = kNames.find(*at_);
  if (known != std::string_view::npos) {
    ++at_;
    unescaped_ += kMeanings[known];
    return;
  }
  std::uint32_t unit = 0;
  if (*at_ != 'u') return fail("unknown escape in a string");
  ++at_;
  if (!read_code_unit(unit)) return fail("expected four hexadecimal digits");
  bool high = unit >= 0xd800 && unit < 0xdc00, low = unit >= 0xdc00 && unit < 0xe000;
  const char* before = at_;
  if (high && end_ - at_ >= 6 && at_[0] == '\\' && at_[1] == 'u') {
    std::uint32_t second = 0;
    at_ += 2;
    if (read_code_unit(second) && second >= 0xdc00 && second < 0xe000) {
      return append_code_point(0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00));
    }
    at_ = before;
  }
  append_code_point(high || low ? 0xfffd : unit);
}

JsonTokens::Text JsonTokens::read_string() {
  if (peek() != Kind::kString) {
    fail("expected a string");
    return {};
  }
  const char* start = ++at_;
  at_ = end_of_plain_run(at_, end_);
  if (at_ != end_ && *at_ == '"') {
    ++at_;
    return {{start, static_cast<std::size_t>(at_ - 1 - start)}, true};
  }
  unescaped_.assign(start, at_);
  while (at_ != end_ && *at_ == '\\') {
    ++at_;
    read_escape();
    if (failed()) return {};
    const char* run = at_;
    at_ = end_of_plain_run(at_, end_);
    unescaped_.append(run, at_);
  }
  if (at_ == end_) {
    fail("the text ends within a string");
    return {};
  }
  if (*at_ != '"') {
    fail("a control character stands in a string");
    return {};
  }
  ++at_;
  return {unescaped_, false};
}

void JsonTokens::skip_string() {
  ++at_;
  while (!failed()) {
    at_ = end_of_plain_run(at_, end_);
    if (at_ == end_) return fail("the text ends within a string");
    char c = *at_;
    if (c != '"' && c != '\\') return fail("a control character stands in a string");
    ++at_;
    if (c == '"') return;
    unescaped_.clear();
    read_escape();
  }
}

void JsonTokens::enter(char open) {
  if (!take(open)) return fail("expected another kind of value");
  if (++depth_ > max_depth_) return fail("nested too deeply");
  first_ = true;
}

void JsonTokens::enter_object() { enter('{'); }
void JsonTokens::enter_list() { enter('['); }

bool JsonTokens::next_member(Text& name) {
  if (failed()) return false;
  bool first = first_;
  first_ = false;
  if (take('}')) {
    --depth_;
    return false;
  }
  if (!first && !take(',')) {
    fail("expected a comma or the object's end");
    return false;
  }
  skip_blanks();
  if (at_ == end_ || *at_ != '"') {
    fail("expected a member's name");
    return false;
  }
  name = read_string();
  if (!failed() && !take(':')) fail("expected a colon");
  return !failed();
}

bool JsonTokens::next_item() {
  if (failed()) return false;
  bool first = first_;
  first_ = false;
  if (take(']')) {
    --depth_;
    return false;
  }
  if (!first && !take(',')) fail("expected a comma or the list's end");
  return !failed();
}

void JsonTokens::finish() {
  skip_blanks();
  if (at_ != end_) fail("more text follows the value");
}

void JsonTokens::skip_value() {
  Text name;
  switch (peek()) {
    case Kind::kNull:
      return read_null();
    case Kind::kBool:
      read_bool();
      return;
    case Kind::kNumber:
      read_number();
      return;
    case Kind::kString:
      return skip_string();
    case Kind::kList:
      enter_list();
      while (next_item()) skip_value();
      return;
    case Kind::kObject:
      enter_object();
      while (next_member(name)) skip_value();
      return;
    case Kind::kNothing:
      return;
  }
}

Value JsonTokens::read_value(std::pmr::memory_resource* resource) {
  Value out(resource);
  switch (peek()) {
    case Kind::kNull:
      read_null();
      break;
    case Kind::kBool:
      return Value(read_bool());
    case Kind::kNumber:
      return read_number();
    case Kind::kString:
      return text_value(read_string(), resource);
    case Kind::kList:
      read_list(out);
      break;
    case Kind::kObject:
      read_object(out);
      break;
    case Kind::kNothing:
      break;
  }
  return out;
}

void JsonTokens::read_list(Value& out) {
  out.make_list();
  enter_list();
  while (next_item()) out.push_back(read_value(out.resource()));
}

void JsonTokens::read_object(Value& out) {
  out.make_object();
  enter_object();
  for (Text name; next_member(name);) {
    Key key = name.lasting ? Key::borrow(name.text) : Key(name.text, out.resource());
    out.append_member(std::move(key), read_value(out.resource()));
  }
  drop_repeated_keys(out);
}

Value text_value(JsonTokens::Text text, std::pmr::memory_resource* resource) {
  if (text.lasting && text.text.size() > kInlineText) {
    return Value::borrow_string(text.text, resource);
  }
  return Value::make_string(text.text, resource);
}

}  // namespace botocxx::codec
