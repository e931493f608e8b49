#include "transport/curl_loop.h"
#include "transport/loop_exchange.h"
#include <botocxx/transport/event_loop.h>
#include <botocxx/transport/http_client.h>

#include <thread>
#include <utility>

namespace botocxx::inline v1 {
namespace {

/// A loop's own thread. The thread holds the state, not the loop: its end is the loop's end.
class LoopThread {
 public:
  explicit LoopThread(std::shared_ptr<EventLoop::State> state)
      : thread_([state = std::move(state)](std::stop_token stop) {
          state->run_until(std::move(stop), false);
          state->cancel_all();
        }) {}
  ~LoopThread() {
    thread_.request_stop();
    // The last reference may be dropped by something that ran on the loop.
    if (thread_.get_id() == std::this_thread::get_id()) thread_.detach();
  }
  LoopThread(const LoopThread&) = delete;
  LoopThread& operator=(const LoopThread&) = delete;

 private:
  std::jthread thread_;
};

}  // namespace

std::shared_ptr<EventLoop> EventLoop::create() {
  return std::shared_ptr<EventLoop>(new EventLoop(std::make_shared<State>()));
}

std::shared_ptr<EventLoop> EventLoop::start() {
  struct Started {
    explicit Started(std::shared_ptr<EventLoop> made)
        : loop(std::move(made)), thread(loop->state()) {}
    std::shared_ptr<EventLoop> loop;
    LoopThread thread;
  };
  auto started = std::make_shared<Started>(create());
  return std::shared_ptr<EventLoop>(started, started->loop.get());
}

EventLoop::~EventLoop() {
  if (state_->thread.load() == std::thread::id()) state_->cancel_all();
}

void EventLoop::run() { state_->run_until({}, true); }
void EventLoop::run_until(std::stop_token stop) { state_->run_until(std::move(stop), false); }
void EventLoop::post(std::function<void()> task) { state_->post(std::move(task)); }
void EventLoop::post_at(Clock::time_point time, std::function<void()> task) {
  state_->post_at(time, std::move(task));
}
bool EventLoop::is_current_thread() const {
  return state_->thread.load() == std::this_thread::get_id();
}

void HttpClient::send_async(const std::shared_ptr<EventLoop>& loop, HttpRequest request,
                            SendOptions options, std::function<void(Result<HttpResponse>)> done) {
  loop->post([this, request = std::move(request), options = std::move(options),
              done = std::move(done)] { done(send(request, options)); });
}

}  // namespace botocxx::inline v1
