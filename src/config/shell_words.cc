#include "config/shell_words.h"

namespace botocxx::config {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Appends what the quote at `at` holds and moves past its end; false when it has none.
bool take_quoted(std::string_view text, std::size_t& at, std::string& word) {
  const char quote = text[at++];
  for (; at < text.size(); ++at) {
    char c = text[at];
    if (c == quote) {
      ++at;
      return true;
    }
    bool escapes = c == '\\' && quote == '"' && at + 1 < text.size() &&
                   (text[at + 1] == '"' || text[at + 1] == '\\');
    if (escapes) c = text[++at];
    word += c;
  }
  return false;
}

}  // namespace

std::optional<std::vector<std::string>> split_shell_words(std::string_view text) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while (at < text.size()) {
    if (is_blank(text[at])) {
      ++at;
      continue;
    }
    std::string word;
    while (at < text.size() && !is_blank(text[at])) {
      if (text[at] == '"' || text[at] == '\'') {
        if (!take_quoted(text, at, word)) return std::nullopt;
        continue;
      }
      if (text[at] == '\\' && ++at == text.size()) return std::nullopt;
      word += text[at++];
    }
    words.push_back(std::move(word));
  }
  return words;
}

}  // namespace botocxx::config
