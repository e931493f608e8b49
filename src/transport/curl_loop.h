#pragma once

#include "transport/curl_exchange.h"
#include <botocxx/transport/event_loop.h>

#include <curl/curl.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <unordered_map>
#include <vector>

namespace botocxx::transport {

using ExchangeDone = std::function<void(Result<HttpResponse>)>;

class LoopExchange;

}  // namespace botocxx::transport

namespace botocxx::inline v1 {

/// The loop itself: one multi handle with the connections of all its exchanges, and a list of
/// tasks. Everything without a lock is touched by the loop's thread alone.
struct EventLoop::State : public std::enable_shared_from_this<EventLoop::State> {
  State();
  ~State();

  void post(std::function<void()> task);
  void post_at(Clock::time_point time, std::function<void()> task);
  void run_until(std::stop_token stop, bool until_idle);
  /// On the loop's thread: begins an exchange, whose end calls its `done`.
  void begin(std::unique_ptr<transport::LoopExchange> exchange);
  /// On the loop's thread: the exchange, if it is still there.
  transport::LoopExchange* find(std::uint64_t number) const;
  /// On the loop's thread: drops an exchange whose reader has gone.
  void abandon(std::uint64_t number) { active_.erase(number); }
  void cancel_all();
  void wake();

  CURLM* multi = nullptr;
  std::atomic<std::thread::id> thread{};

 private:
  void run_tasks();
  bool is_idle();
  void perform();
  Clock::duration settle_all();
  Clock::duration settle(std::uint64_t number, Clock::time_point now);
  Clock::duration until_next_task();

  std::mutex mutex_;
  std::vector<std::function<void()>> tasks_;
  std::multimap<Clock::time_point, std::function<void()>> timers_;
  std::unordered_map<std::uint64_t, std::unique_ptr<transport::LoopExchange>> active_;
  std::uint64_t begun_ = 0;  // addresses of handles come again, numbers do not
};

}  // namespace botocxx::inline v1
