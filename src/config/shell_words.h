#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::config {

/// Words as a POSIX shell splits them (Python's `shlex.split`): quotes group, a backslash keeps the
/// next character; nothing is expanded. Nothing when a quote or backslash is left open.
std::optional<std::vector<std::string>> split_shell_words(std::string_view text);

}  // namespace botocxx::config
