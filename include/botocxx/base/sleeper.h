#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>

#include <chrono>
#include <stop_token>

namespace botocxx::inline v1 {

/// Waits between attempts, by a clock that only goes forward. Implementations are thread-safe.
class BOTOCXX_EXPORT Sleeper {
 public:
  using Time = std::chrono::steady_clock::time_point;

  virtual ~Sleeper() = default;
  virtual Time now() const = 0;
  /// Returns when it is `end`, or at once with kind kCancelled when `stop` asks for it.
  virtual Result<void> sleep_until(Time end, const std::stop_token& stop) const = 0;
};

/// The real one. Lives as long as the process.
BOTOCXX_EXPORT const Sleeper& system_sleeper();

}  // namespace botocxx::inline v1
