#include "cli/shorthand_parser.h"

#include "cli/shorthand_text.h"

#include <fmt/format.h>

namespace botocxx::cli {
namespace {

// A value that nests deeper than this is nobody's: the stack must not run out.
constexpr int kMostDepth = 200;

class Parser {
 public:
  Parser(std::string_view text, const ParamFileReader& read_file)
      : text_(text), read_file_(read_file) {}

  Result<Value> parameter() {
    Value params = Value::object();
    std::size_t last = 0;
    do {
      if (!params.empty()) {
        if (auto comma = expect(',', Blanks::kAround); !comma) return std::move(comma).error();
      }
      auto key = key_and_equals();
      if (!key) return std::move(key).error();
      auto value = values();
      if (!value) return value;
      if (params.contains(*key)) return repeated_key(*key, last + 1);
      params.set(*key, *std::move(value));
      last = at_;
    } while (at_ < text_.size());
    return params;
  }

 private:
  enum class Blanks { kNone, kAround };

  std::string_view current() const { return character_at(text_, at_); }
  bool at_end() const { return at_ >= text_.size(); }
  void skip_blanks() {
    while (!at_end() && is_ascii_blank(text_[at_])) ++at_;
  }

  Error problem(std::string message) const {
    return Error(ErrorKind::kValidation, "ParamValidation", std::move(message));
  }
  Error expected(std::string_view what, std::string_view found) const {
    return problem(fmt::format("Expected: '{}', received: '{}' for input:\n{}", what, found,
                               show_place(text_, at_)));
  }
  Error repeated_key(const std::string& key, std::size_t at) const {
    return problem(
        fmt::format("Second instance of key \"{}\" encountered for input:\n{}\nThis is "
                    "often because there is a preceding \",\" instead of a space.",
                    key, show_place(text_, at)));
  }

  Result<void> expect(char wanted, Blanks blanks) {
    if (blanks == Blanks::kAround) skip_blanks();
    if (at_end()) return expected(std::string_view(&wanted, 1), "EOF");
    if (text_[at_] != wanted) return expected(std::string_view(&wanted, 1), current());
    ++at_;
    if (blanks == Blanks::kAround) skip_blanks();
    return {};
  }

  // `key =` or `key @=`.
  Result<std::string> key_and_equals() {
    std::size_t start = at_;
    auto is_key_character = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             std::string_view("-_.#/:").find(c) != std::string_view::npos;
    };
    while (!at_end() && is_key_character(text_[at_])) ++at_;
    std::string key(text_.substr(start, at_ - start));
    // The blanks before a missing "@" are passed over, too.
    names_file_ = expect('@', Blanks::kAround).has_value();
    if (auto equals = expect('=', Blanks::kAround); !equals) return std::move(equals).error();
    return key;
  }

  Result<Value> values() {
    if (at_end()) return Value("");
    if (text_[at_] == '[') return explicit_list();
    if (text_[at_] == '{') return hash_literal();
    return comma_separated();
  }

  // `a=b` is a text, `a=b,c` a list, but for what turns out to be the next key.
  Result<Value> comma_separated() {
    auto first = first_value();
    if (!first) return first;
    skip_blanks();
    if (at_end() || text_[at_] != ',') return first;
    if (auto comma = expect(',', Blanks::kAround); !comma) return std::move(comma).error();
    Value list = Value::list({*first});
    for (;;) {
      auto item = list_item();
      if (item && item->ended) {
        list.push_back(std::move(item->value));
        break;
      }
      if (item) {
        list.push_back(std::move(item->value));
        continue;
      }
      bool is_syntax = item.error().context().empty();
      if (!is_syntax || at_end()) return std::move(item).error();
      while (at_ > 0 && text_[at_] != ',') --at_;
      break;
    }
    return list.size() == 1 ? first : Result<Value>(std::move(list));
  }

  struct ListItem {
    Value value;
    bool ended;
  };
  Result<ListItem> list_item() {
    auto value = later_value();
    if (!value) return std::move(value).error();
    skip_blanks();
    if (at_end()) return ListItem{*std::move(value), true};
    if (auto comma = expect(',', Blanks::kAround); !comma) return std::move(comma).error();
    return ListItem{*std::move(value), false};
  }

  Result<Value> explicit_list() {
    if (auto open = enter('['); !open) return std::move(open).error();
    Value list = Value::list();
    while (current() != "]") {
      auto value = explicit_value();
      if (!value) return value;
      list.push_back(*std::move(value));
      if (auto next = separator("]"); !next) return std::move(next).error();
    }
    return leave(']', std::move(list));
  }

  Result<Value> hash_literal() {
    if (auto open = enter('{'); !open) return std::move(open).error();
    Value object = Value::object();
    while (current() != "}") {
      auto key = key_and_equals();
      if (!key) return std::move(key).error();
      auto value = explicit_value();
      if (!value) return value;
      if (auto next = separator("}"); !next) return std::move(next).error();
      object.set(*key, *std::move(value));
    }
    return leave('}', std::move(object));
  }

  Result<void> enter(char open) {
    if (++depth_ > kMostDepth) return problem("the value nests too deeply");
    return expect(open, Blanks::kAround);
  }
  Result<Value> leave(char close, Value value) {
    --depth_;
    if (auto closed = expect(close, Blanks::kNone); !closed) return std::move(closed).error();
    return value;
  }
  Result<void> separator(std::string_view close) {
    skip_blanks();
    if (current() == close) return {};
    auto comma = expect(',', Blanks::kNone);
    skip_blanks();
    return comma;
  }

  Result<Value> explicit_value() {
    if (current() == "[") return explicit_list();
    if (current() == "{") return hash_literal();
    return first_value();
  }

  Result<Value> first_value() {
    if (current() == "'" || current() == "\"") return quoted(text_[at_]);
    return unquoted(match_unquoted(text_, at_, ValuePlace::kFirst));
  }

  Result<Value> later_value() {
    if (current() == "'" || current() == "\"") return quoted(text_[at_]);
    std::size_t size = match_unquoted(text_, at_, ValuePlace::kLater);
    if (size == 0) return expected("<second>", "<none>");
    return unquoted(size);
  }

  Result<Value> quoted(char quote) {
    std::size_t size = match_quoted(text_, at_, quote);
    if (size == 0) return expected(quote == '"' ? "<double quoted>" : "<singled quoted>", "<none>");
    std::string inner(text_.substr(at_ + 1, size - 2));
    at_ += size;
    inner = replace_all(std::move(inner), std::string("\\") + quote, std::string(1, quote));
    return resolved(replace_all(std::move(inner), "\\\\", "\\"));
  }

  Result<Value> unquoted(std::size_t size) {
    if (size == 0) return Value("");
    std::string text = replace_all(std::string(text_.substr(at_, size)), "\\,", ",");
    at_ += size;
    return resolved(std::string(without_trailing_blanks(text)));
  }

  Result<Value> resolved(std::string text) {
    if (!names_file_) return Value(text);
    auto content = read_file_(text);
    // Told apart from a mistake in the syntax, after which a list may end.
    if (!content) return std::move(content).error().with_context("file", text);
    return content;
  }

  std::string_view text_;
  const ParamFileReader& read_file_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool names_file_ = false;
};

}  // namespace

Result<Value> parse_shorthand(std::string_view text, const ParamFileReader& read_file) {
  return Parser(text, read_file).parameter();
}

}  // namespace botocxx::cli
