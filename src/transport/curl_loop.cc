#include "transport/curl_loop.h"

#include "transport/curl_handle_pool.h"
#include "transport/loop_exchange.h"

#include <algorithm>
#include <utility>

namespace botocxx::inline v1 {
namespace {

// Idle connections that a loop keeps for all its clients together.
constexpr long kIdleConnections = 256;
constexpr std::chrono::milliseconds kLongestWait{60'000};

}  // namespace

EventLoop::State::State() {
  transport::initialize_curl();
  multi = curl_multi_init();
  curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, kIdleConnections);
}

EventLoop::State::~State() {
  active_.clear();
  if (multi != nullptr) curl_multi_cleanup(multi);
}

// The loop looks at its tasks before it waits, so its own thread need not be woken.
void EventLoop::State::wake() {
  if (thread.load() != std::this_thread::get_id()) curl_multi_wakeup(multi);
}

void EventLoop::State::post(std::function<void()> task) {
  {
    std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
  }
  wake();
}

void EventLoop::State::post_at(Clock::time_point time, std::function<void()> task) {
  {
    std::lock_guard lock(mutex_);
    timers_.emplace(time, std::move(task));
  }
  wake();
}

void EventLoop::State::begin(std::unique_ptr<transport::LoopExchange> exchange) {
  const std::uint64_t number = ++begun_;
  if (auto started = exchange->start(*this, number); !started) {
    return exchange->fail(std::move(started).error());
  }
  active_.emplace(number, std::move(exchange));
}

transport::LoopExchange* EventLoop::State::find(std::uint64_t number) const {
  auto found = active_.find(number);
  return found == active_.end() ? nullptr : found->second.get();
}

void EventLoop::State::cancel_all() {
  auto ending = std::exchange(active_, {});
  for (auto& [number, exchange] : ending) {
    exchange->fail(transport::cancelled_error(exchange->exchange().url()));
  }
}

// Tasks that were there when the round began: what they post is for the next one.
void EventLoop::State::run_tasks() {
  std::vector<std::function<void()>> due;
  {
    std::lock_guard lock(mutex_);
    due = std::exchange(tasks_, {});
    auto end = timers_.upper_bound(Clock::now());
    for (auto timer = timers_.begin(); timer != end; ++timer) {
      due.push_back(std::move(timer->second));
    }
    timers_.erase(timers_.begin(), end);
  }
  for (auto& task : due) task();
}

bool EventLoop::State::is_idle() {
  std::lock_guard lock(mutex_);
  return active_.empty() && tasks_.empty() && timers_.empty();
}

void EventLoop::State::perform() {
  int running = 0;
  curl_multi_perform(multi, &running);
  int left = 0;
  while (CURLMsg* message = curl_multi_info_read(multi, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    char* owner = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &owner);
    reinterpret_cast<transport::LoopExchange*>(owner)->exchange().finish(message->data.result);
  }
}

// Receivers of answers begin and end exchanges, so the list is made before they are called.
EventLoop::Clock::duration EventLoop::State::settle_all() {
  std::vector<std::uint64_t> all;
  all.reserve(active_.size());
  for (auto& [number, exchange] : active_) all.push_back(number);
  Clock::duration wait = kLongestWait;
  const Clock::time_point now = Clock::now();
  for (std::uint64_t number : all) wait = std::min(wait, settle(number, now));
  return wait;
}

// How long this one can wait, after it got what it is due.
EventLoop::Clock::duration EventLoop::State::settle(std::uint64_t number, Clock::time_point now) {
  auto found = active_.find(number);
  if (found == active_.end()) return kLongestWait;
  transport::LoopExchange* exchange = found->second.get();
  auto left = exchange->time_left(now);
  if (left && !exchange->is_due()) return *left;
  auto node = active_.extract(found);
  if (!exchange->exchange().is_finished() && !left) {
    exchange->fail(std::move(left).error());
    return kLongestWait;
  }
  if (!exchange->settle()) active_.insert(std::move(node));
  return Clock::duration{};
}

EventLoop::Clock::duration EventLoop::State::until_next_task() {
  std::lock_guard lock(mutex_);
  if (!tasks_.empty()) return Clock::duration{};
  if (timers_.empty()) return kLongestWait;
  return std::max(timers_.begin()->first - Clock::now(), Clock::duration{});
}

void EventLoop::State::run_until(std::stop_token stop, bool until_idle) {
  thread = std::this_thread::get_id();
  {
    std::stop_callback waker(stop, [this] { wake(); });
    while (!stop.stop_requested()) {
      run_tasks();
      perform();
      Clock::duration wait = settle_all();
      if (until_idle && is_idle()) break;
      wait = std::min(wait, until_next_task());
      if (stop.stop_requested()) break;
      auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(wait).count();
      curl_multi_poll(multi, nullptr, 0, static_cast<int>(milliseconds), nullptr);
    }
  }
  thread = std::thread::id();
}

}  // namespace botocxx::inline v1
