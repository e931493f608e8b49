#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace botocxx::cli {

/// The character at `at`, as octets: one code point of UTF-8, or a stray octet; empty at the end.
std::string_view character_at(std::string_view text, std::size_t at);

/// How many octets at `at` are an unquoted value, escaped commas included: the first value of a key
/// may hold "=" and "[", a later one may not.
enum class ValuePlace { kFirst, kLater };
std::size_t match_unquoted(std::string_view text, std::size_t at, ValuePlace place);

/// How many octets at `at` are a text in quotes, quotes included; 0 when it has no end.
std::size_t match_quoted(std::string_view text, std::size_t at, char quote);

/// The text without the blanks at its end, as Python sees blanks.
std::string_view without_trailing_blanks(std::string_view text);

bool is_ascii_blank(char c);

/// `text` with a caret below the character at `at`, on lines of their own.
std::string show_place(std::string_view text, std::size_t at);

/// Every `from` replaced.
std::string replace_all(std::string text, std::string_view from, std::string_view to);

}  // namespace botocxx::cli
