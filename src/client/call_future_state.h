#pragma once

#include <botocxx/client/call_future.h>
#include <botocxx/transport/event_loop.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace botocxx::inline v1 {

struct CallFuture::State {
  explicit State(std::weak_ptr<EventLoop> of) : loop(std::move(of)) {}

  /// Delivers the result, and wakes whoever waits for it.
  void set(Result<Response> result);
  bool is_on_loop() const;

  std::weak_ptr<EventLoop> loop;
  std::mutex mutex;
  std::condition_variable changed;
  bool ready = false;
  std::optional<Result<Response>> result;  // until it is taken
  std::function<void()> continuation;      // a coroutine
  std::function<void(Result<Response>)> receiver;
};

}  // namespace botocxx::inline v1
