#pragma once

#include <botocxx/base/result.h>
#include <botocxx/value/value.h>

#include <cstddef>
#include <memory_resource>
#include <string>
#include <string_view>

namespace botocxx::codec {

/// Pulls one JSON text apart, value by value, without building anything: for readers that know from
/// a shape what comes. Accepts what Python's `json.loads` accepts, the literals NaN and Infinity
/// included; half a surrogate pair becomes U+FFFD.
///
/// A mistake in the text is remembered: from then on every `read_*` and `next_*` answers as at the
/// end of a container, so that callers need to ask for `failed()` only once, at the end.
///
///     tokens.enter_object();
///     for (JsonTokens::Text name; tokens.next_member(name);) tokens.skip_value();
class JsonTokens {
 public:
  enum class Kind { kNull, kBool, kNumber, kString, kList, kObject, kNothing };

  struct Text {
    std::string_view text;
    bool lasting = true;  ///< part of the source; otherwise valid until the next string is read
  };

  static constexpr std::size_t kMaxDepth = 512;

  /// `source` must outlive the reader; it is checked to be UTF-8.
  explicit JsonTokens(std::string_view source, std::size_t max_depth = kMaxDepth);

  /// What the next value is; kNothing after a mistake.
  Kind peek();

  void read_null();
  bool read_bool();
  /// An integer of 64 bits or a double.
  Value read_number();
  Text read_string();
  /// The next value as it is: texts without escapes refer to the source, of repeated names the last
  /// value counts.
  Value read_value(std::pmr::memory_resource* resource);
  void skip_value();

  void enter_object();
  /// False at the object's end.
  bool next_member(Text& name);
  void enter_list();
  /// False at the list's end.
  bool next_item();

  /// To be called after the last value: anything but blanks is a mistake.
  void finish();

  bool failed() const { return problem_ != nullptr; }
  /// Kind kParse, code "JsonSyntax": line, column and what is wrong.
  Error error() const;

 private:
  void fail(const char* problem);
  void skip_blanks();
  bool take(char expected);
  void take_word(std::string_view word);
  void enter(char open);
  std::string_view scan_number();
  void read_escape();
  void append_code_point(std::uint32_t code);
  bool read_code_unit(std::uint32_t& unit);
  void skip_string();
  void read_list(Value& out);
  void read_object(Value& out);

  std::string_view source_;
  const char* at_;
  const char* end_;
  std::size_t max_depth_;
  std::size_t depth_ = 0;
  bool first_ = false;  // nothing of the innermost container has been read yet
  std::string unescaped_;
  const char* problem_ = nullptr;
};

/// Texts shorter than this are copied into the value itself, which costs no memory.
Value text_value(JsonTokens::Text text, std::pmr::memory_resource* resource);

}  // namespace botocxx::codec
