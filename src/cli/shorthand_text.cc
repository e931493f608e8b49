#include "cli/shorthand_text.h"

#include <algorithm>
#include <array>

namespace botocxx::cli {
namespace {

// Unicode's blanks beyond ASCII.
constexpr std::array<std::string_view, 20> kWideBlanks{
    "\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81",
    "\xe2\x80\x82", "\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86",
    "\xe2\x80\x87", "\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\xa8",
    "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80", "\x1f"};

bool is_python_blank(char c) { return is_ascii_blank(c) || (c >= 0x1c && c <= 0x1f); }

bool is_one_of(std::string_view character, std::string_view set) {
  return character.size() == 1 && set.find(character[0]) != set.npos;
}

// The AWS command line's classes end at U+FFFF, control characters are in none.
bool is_in_reach(std::string_view character) {
  auto first = static_cast<unsigned char>(character[0]);
  return character.size() > 1 ? first < 0xf0 : first >= 0x20;
}

bool can_begin(std::string_view character) {
  return is_in_reach(character) && !is_one_of(character, " \"',=[{");
}

bool can_follow(std::string_view character, ValuePlace place) {
  if (character.size() == 1 && is_python_blank(character[0])) return true;
  return is_in_reach(character) &&
         !is_one_of(character, place == ValuePlace::kFirst ? "\"',]}" : "\"',=");
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += character_at(text, at).size()) ++count;
  return count;
}

}  // namespace

bool is_ascii_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string_view character_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  std::size_t size = 1;
  while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xc0) == 0x80) {
    ++size;
  }
  return text.substr(at, size);
}

std::size_t match_unquoted(std::string_view text, std::size_t at, ValuePlace place) {
  std::size_t end = at;
  while (end < text.size()) {
    if (text.substr(end).starts_with("\\,")) {
      end += 2;
      continue;
    }
    std::string_view next = character_at(text, end);
    if (!(end == at ? can_begin(next) : can_follow(next, place))) break;
    end += next.size();
  }
  return end - at;
}

std::size_t match_quoted(std::string_view text, std::size_t at, char quote) {
  std::size_t escaped =
      0;  // the last quote behind a backslash: it ends the text if nothing else does
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == quote) return i + 1 - at;
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == quote) escaped = ++i;
  }
  return escaped == 0 ? 0 : escaped + 1 - at;
}

std::string_view without_trailing_blanks(std::string_view text) {
  for (;;) {
    auto wide = std::find_if(kWideBlanks.begin(), kWideBlanks.end(),
                             [&](std::string_view blank) { return text.ends_with(blank); });
    if (!text.empty() && is_python_blank(text.back())) {
      text.remove_suffix(1);
    } else if (wide != kWideBlanks.end()) {
      text.remove_suffix(wide->size());
    } else {
      return text;
    }
  }
}

std::string show_place(std::string_view text, std::size_t at) {
  at = std::min(at, text.size());
  std::size_t line = text.substr(0, at).rfind('\n');
  std::size_t begin = line == text.npos ? 0 : line + 1;
  std::size_t end = std::min(text.find('\n', at), text.size());
  std::string shown(text.substr(0, end));
  shown += '\n' + std::string(count_characters(text.substr(begin, at - begin)), ' ') + '^';
  return shown.append(text.substr(end));
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

}  // namespace botocxx::cli
