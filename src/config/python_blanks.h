#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace botocxx::config {

/// What Python's `str.strip` takes for blank, which is more than ASCII; texts are UTF-8.
std::string_view without_blanks(std::string_view text);
std::string_view without_blanks_at_end(std::string_view text);
/// Characters before the first that is not blank.
std::size_t indent_of(std::string_view line);
/// Lines as Python's `str.splitlines` cuts them: at vertical tabs, form feeds and the separators of
/// ASCII and Unicode, too.
std::vector<std::string_view> split_lines(std::string_view text);

}  // namespace botocxx::config
