#pragma once

#include <botocxx/base/export.h>

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>

namespace botocxx::inline v1 {

/// One thread that drives any number of exchanges at once. Make it with `create` and call `run`
/// where it suits, or let `start` give it a thread. All functions but `run` may be called from any
/// thread. Nothing that runs on it may wait: everybody else would wait, too.
class BOTOCXX_EXPORT EventLoop {
 public:
  using Clock = std::chrono::steady_clock;

  /// A loop that does nothing until somebody calls `run`.
  static std::shared_ptr<EventLoop> create();
  /// A loop on a thread of its own, which ends with the last reference to it.
  static std::shared_ptr<EventLoop> start();

  /// What is still in flight ends with "Cancelled".
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  /// Runs on this thread until nothing is left to do: no exchange, no task. One thread at a time.
  void run();
  /// The same until `stop` is requested, also while there is nothing to do.
  void run_until(std::stop_token stop);

  /// Runs `task` on the loop's thread, after those that were posted before.
  void post(std::function<void()> task);
  /// Runs `task` on the loop's thread once `time` has come.
  void post_at(Clock::time_point time, std::function<void()> task);

  /// Whether the caller runs on the loop's thread now.
  bool is_current_thread() const;

  struct State;
  const std::shared_ptr<State>& state() const { return state_; }

 private:
  explicit EventLoop(std::shared_ptr<State> state) : state_(std::move(state)) {}
  std::shared_ptr<State> state_;
};

}  // namespace botocxx::inline v1
