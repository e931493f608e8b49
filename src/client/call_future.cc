#include "client/call_future_state.h"
#include <botocxx/client/call_future.h>

namespace botocxx::inline v1 {

void CallFuture::State::set(Result<Response> given) {
  std::unique_lock lock(mutex);
  ready = true;
  auto told = std::exchange(receiver, {});
  auto resumed = std::exchange(continuation, {});
  changed.notify_all();
  if (told) {
    lock.unlock();
    return told(std::move(given));
  }
  result = std::move(given);
  lock.unlock();
  if (resumed) resumed();
}

bool CallFuture::State::is_on_loop() const {
  auto running = loop.lock();
  return running && running->is_current_thread();
}

bool CallFuture::is_ready() const {
  std::lock_guard lock(state_->mutex);
  return state_->ready;
}

void CallFuture::wait() const {
  if (state_->is_on_loop()) return;
  std::unique_lock lock(state_->mutex);
  state_->changed.wait(lock, [this] { return state_->ready; });
}

bool CallFuture::wait_until(std::chrono::steady_clock::time_point time) const {
  if (state_->is_on_loop()) return is_ready();
  std::unique_lock lock(state_->mutex);
  return state_->changed.wait_until(lock, time, [this] { return state_->ready; });
}

Result<Response> CallFuture::get() {
  wait();
  std::lock_guard lock(state_->mutex);
  if (!state_->ready) {
    return Error(ErrorKind::kUsage, "WouldBlock",
                 "the result of a call can't be waited for on the thread of the loop that runs it")
        .with_hint("use then() or co_await there");
  }
  if (!state_->result) {
    return Error(ErrorKind::kUsage, "ResultTaken", "the result of this call was taken before");
  }
  Result<Response> taken = *std::move(state_->result);
  state_->result.reset();
  return taken;
}

void CallFuture::then(std::function<void(Result<Response>)> receiver) {
  {
    std::lock_guard lock(state_->mutex);
    if (!state_->ready) {
      state_->receiver = std::move(receiver);
      return;
    }
  }
  receiver(get());
}

void CallFuture::await_suspend(std::coroutine_handle<> waiting) const {
  {
    std::lock_guard lock(state_->mutex);
    if (!state_->ready) {
      state_->continuation = [waiting] { waiting.resume(); };
      return;
    }
  }
  waiting.resume();
}

}  // namespace botocxx::inline v1
