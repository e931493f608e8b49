// Positions inside JSON text, found by skipping: only used when there is something to report.
#include "codec/json.h"

#include <algorithm>
#include <charconv>
#include <unordered_set>

namespace botocxx::codec {
namespace {

constexpr std::size_t kMaxDepth = 600;
// A position costs the text before it.
constexpr std::size_t kMostRepeats = 100;

// Moves over text that has been parsed before; on anything unexpected it stops at the end.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {
    if (text.starts_with("\xef\xbb\xbf")) at_ = 3;
    skip_blanks();
  }

  std::size_t at() const { return at_; }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void skip_blanks() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != text_.npos) ++at_;
  }
  bool take(char expected) {
    skip_blanks();
    if (peek() != expected) return false;
    ++at_;
    skip_blanks();
    return true;
  }
  std::string take_name() {
    std::size_t start = at_;
    skip_string();
    std::string_view quoted = text_.substr(start, at_ - start);
    if (quoted.find('\\') == quoted.npos) {
      return std::string(quoted.size() < 2 ? "" : quoted.substr(1, quoted.size() - 2));
    }
    auto name = parse_json(quoted);
    return name ? std::string(name->get_if_string().value_or("")) : std::string();
  }
  void skip_value() {
    std::size_t depth = 0;
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (c == '"') {
        skip_string();
      } else if (c == '{' || c == '[') {
        ++depth;
        ++at_;
      } else if (c == '}' || c == ']' || c == ',') {
        if (depth == 0) return;
        if (c != ',') --depth;
        ++at_;
        if (depth == 0) return;
        continue;
      } else {
        ++at_;
      }
      if (depth == 0 && c == '"') return;
    }
  }

 private:
  void skip_string() {
    ++at_;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    at_ = std::min(at_ + 1, text_.size());
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string unescape_token(std::string_view token) {
  std::string out;
  for (std::size_t i = 0; i < token.size(); ++i) {
    bool escaped = token[i] == '~' && i + 1 < token.size();
    if (escaped) ++i;
    out += !escaped ? token[i] : token[i] == '1' ? '/' : '~';
  }
  return out;
}

// Leaves the scanner at the value of that name; the last one counts, as in parsing.
bool enter_member(Scanner& scanner, std::string_view text, std::string_view name) {
  std::optional<Scanner> found;
  if (!scanner.take('{')) return false;
  while (scanner.peek() == '"') {
    bool same = scanner.take_name() == name;
    if (!scanner.take(':')) return false;
    if (same) found = scanner;
    scanner.skip_value();
    if (!scanner.take(',')) break;
  }
  if (found) scanner = *found;
  return found && scanner.at() < text.size();
}

bool enter_item(Scanner& scanner, std::string_view token) {
  std::size_t index = 0;
  auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
  if (error != std::errc() || end != token.data() + token.size() || !scanner.take('['))
    return false;
  for (std::size_t i = 0; i < index; ++i) {
    scanner.skip_value();
    if (!scanner.take(',')) return false;
  }
  return scanner.peek() != ']' && scanner.peek() != '\0';
}

class RepeatFinder {
 public:
  explicit RepeatFinder(std::string_view text) : text_(text), scanner_(text) {}

  std::vector<RepeatedName> run() {
    visit("", 0);
    return std::move(found_);
  }

 private:
  void visit(const std::string& pointer, std::size_t depth) {
    if (depth > kMaxDepth) return scanner_.skip_value();
    if (scanner_.peek() == '{') return visit_object(pointer, depth);
    if (scanner_.peek() == '[') return visit_list(pointer, depth);
    scanner_.skip_value();
  }
  void visit_object(const std::string& pointer, std::size_t depth) {
    std::unordered_set<std::string> names;
    scanner_.take('{');
    while (scanner_.peek() == '"') {
      std::size_t start = scanner_.at();
      std::string name = scanner_.take_name();
      std::string inner = pointer + "/" + json_pointer_token(name);
      if (!names.insert(name).second && found_.size() < kMostRepeats) {
        found_.push_back({inner, name, position_at(text_, start)});
      }
      if (!scanner_.take(':')) return;
      visit(inner, depth + 1);
      if (!scanner_.take(',')) break;
    }
    scanner_.take('}');
  }
  void visit_list(const std::string& pointer, std::size_t depth) {
    scanner_.take('[');
    for (std::size_t i = 0; scanner_.peek() != ']' && scanner_.peek() != '\0'; ++i) {
      visit(pointer + "/" + std::to_string(i), depth + 1);
      if (!scanner_.take(',')) break;
    }
    scanner_.take(']');
  }

  std::string_view text_;
  Scanner scanner_;
  std::vector<RepeatedName> found_;
};

}  // namespace

std::optional<TextPosition> locate_json_pointer(std::string_view text, std::string_view pointer) {
  Scanner scanner(text);
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    std::string_view token = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(token.size());
    bool entered = scanner.peek() == '[' ? enter_item(scanner, token)
                                         : enter_member(scanner, text, unescape_token(token));
    if (!entered) return std::nullopt;
  }
  return position_at(text, scanner.at());
}

std::vector<RepeatedName> find_repeated_names(std::string_view text) {
  return RepeatFinder(text).run();
}

}  // namespace botocxx::codec
