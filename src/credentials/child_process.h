#pragma once

#include <botocxx/base/result.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace botocxx::credentials {

/// What a program left behind.
struct ChildResult {
  int status = 0;  ///< exit status; minus the signal's number when one ended it
  std::string output{};
  std::string errors{};
};

/// Runs a program (found as a shell would, with this process's environment and standard input) to
/// its end and collects what it prints, at most 16 MiB of each kind. At `deadline` it is killed:
/// kind kTimeout. Errors otherwise: "ChildProcess", with the system's reason.
Result<ChildResult> run_child(const std::vector<std::string>& words,
                              std::optional<std::chrono::steady_clock::time_point> deadline);

}  // namespace botocxx::credentials
