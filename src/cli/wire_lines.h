#pragma once

#include "cli/exit_status.h"

#include <cstddef>
#include <functional>
#include <istream>
#include <string>
#include <string_view>

namespace botocxx::cli {

/// The answer to one line, without its end; called from several threads at a time.
using LineFilter = std::function<std::string(std::string_view)>;

/// Prints one answer for each line of `input`, in order and each as soon as those before it are
/// printed, so that a program that asks and reads in turns never waits for lines it has not sent.
/// With several `jobs` lines are served by as many threads; how much is read ahead is bounded.
ExitStatus serve_lines(std::istream& input, const LineFilter& filter, std::size_t jobs);

}  // namespace botocxx::cli
