#include <botocxx/base/sleeper.h>

#include <condition_variable>
#include <mutex>

namespace botocxx::inline v1 {
namespace {

class SystemSleeper : public Sleeper {
 public:
  Time now() const override { return std::chrono::steady_clock::now(); }

  Result<void> sleep_until(Time end, const std::stop_token& stop) const override {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait_until(lock, stop, end, [] { return false; });
    if (!stop.stop_requested()) return {};
    return Error(ErrorKind::kCancelled, "Cancelled", "the call was cancelled while it waited");
  }
};

}  // namespace

const Sleeper& system_sleeper() {
  static const SystemSleeper sleeper;
  return sleeper;
}

}  // namespace botocxx::inline v1
