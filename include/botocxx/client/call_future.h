#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/client/response.h>

#include <chrono>
#include <coroutine>
#include <functional>
#include <memory>
#include <utility>

namespace botocxx::inline v1 {

/// The result of a call that runs elsewhere, to be had once and in one of three ways: `get` waits
/// for it, `then` is told of it, `co_await` goes on with it. Dropping the future leaves the call
/// running; a stop token in its options ends it. Thread-safe but for being moved.
class BOTOCXX_EXPORT CallFuture {
 public:
  struct State;

  bool is_ready() const;
  /// On the thread of the loop that runs the call, waiting would never end: `wait` returns at once
  /// there, and `get` with the error "WouldBlock" (kind kUsage) unless the result is there.
  void wait() const;
  /// False when it is not ready at `time`.
  bool wait_until(std::chrono::steady_clock::time_point time) const;
  /// A second time it is the error "ResultTaken" (kind kUsage).
  Result<Response> get();

  /// Calls `receiver` once with the result: on the loop's thread, or here and now when it is ready.
  /// It must neither wait nor throw.
  void then(std::function<void(Result<Response>)> receiver);

  /// For `co_await`, which yields the `Result<Response>`. The coroutine goes on where the result
  /// arrives: on the loop's thread, or without interruption when it is ready.
  bool await_ready() const { return is_ready(); }
  void await_suspend(std::coroutine_handle<> waiting) const;
  Result<Response> await_resume() { return get(); }

  explicit CallFuture(std::shared_ptr<State> state) : state_(std::move(state)) {}

 private:
  std::shared_ptr<State> state_;
};

}  // namespace botocxx::inline v1
