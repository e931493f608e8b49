#include "client/async_call.h"

#include "client/attempt_loop.h"
#include "client/call_future_state.h"

#include <unistd.h>

#include <functional>
#include <mutex>
#include <utility>

namespace botocxx::client {
namespace {

/// One call on a loop: owns what the steps of its attempts refer to, and lives in the callbacks of
/// what is in flight.
class AsyncCall : public std::enable_shared_from_this<AsyncCall> {
 public:
  AsyncCall(std::shared_ptr<const Client::State> client, Operation operation, CallOptions options,
            std::shared_ptr<EventLoop> loop, std::shared_ptr<CallFuture::State> future)
      : client_(std::move(client)),
        operation_(operation),
        options_(std::move(options)),
        loop_(std::move(loop)),
        future_(std::move(future)),
        call_(*client_, operation_, options_) {
    call_.may_connect = true;
  }
  AsyncCall(const AsyncCall&) = delete;
  AsyncCall& operator=(const AsyncCall&) = delete;

  void begin(const Value& params) {
    auto prepared = prepare(call_, params);
    if (!prepared) return future_->set(with_call(std::move(prepared).error(), call_));
    if (prepared->answer) {
      return future_->set(finish(call_, answered(call_, *std::move(prepared->answer)), {}));
    }
    attempts_.emplace(call_, *std::move(prepared));
    proceed(attempts_->start());
  }

 private:
  // Attempts that need neither network nor waiting follow each other here, not in recursion.
  void proceed(AttemptLoop::Step step) {
    while (true) {
      if (std::holds_alternative<AttemptLoop::Done>(step)) {
        return future_->set(std::move(*attempts_).result());
      }
      auto next = std::holds_alternative<AttemptLoop::Send>(step)
                      ? send(std::get<AttemptLoop::Send>(step))
                      : wait(std::get<AttemptLoop::Wait>(step));
      if (!next) return;
      step = *std::move(next);
    }
  }

  // Nothing where the next step comes later, on the loop.
  std::optional<AttemptLoop::Step> send(const AttemptLoop::Send& step) {
    if (!client_->parts.http) {
      return attempts_->give_up(
          Error(ErrorKind::kUsage, "NoTransport", "this client was made without an HTTP client"));
    }
    client_->parts.http->send_async(loop_, *step.request, step.options,
                                    [self = shared_from_this()](Result<HttpResponse> response) {
                                      self->proceed(self->attempts_->received(std::move(response)));
                                    });
    return std::nullopt;
  }

  std::optional<AttemptLoop::Step> wait(const AttemptLoop::Wait& step) {
    if (options_.stop.stop_requested()) return attempts_->give_up(cancelled());
    if (step.delay.count() <= 0) return attempts_->waited();
    auto end = EventLoop::Clock::now() + std::chrono::ceil<EventLoop::Clock::duration>(step.delay);
    if (options_.deadline && end >= *options_.deadline) return attempts_->give_up(too_late());
    const int number = ++waits_;
    loop_->post_at(end, [self = shared_from_this(), number] { self->wake(number); });
    if (options_.stop.stop_possible()) {
      stopped_.emplace(options_.stop, [loop = loop_, weak = weak_from_this(), number] {
        if (auto self = weak.lock()) loop->post([self, number] { self->wake(number); });
      });
    }
    return std::nullopt;
  }

  // By the timer or a stop, whichever comes first; the other finds a later number.
  void wake(int number) {
    if (number != waits_) return;
    ++waits_;
    stopped_.reset();
    proceed(options_.stop.stop_requested() ? attempts_->give_up(cancelled()) : attempts_->waited());
  }

  Error cancelled() const {
    return with_failure(
        Error(ErrorKind::kCancelled, "Cancelled", "the call was cancelled while it waited"));
  }
  Error too_late() const {
    return with_failure(Error(ErrorKind::kTimeout, "DeadlineExceeded",
                              "the next attempt would begin after the call's deadline"));
  }
  Error with_failure(Error error) const {
    const Error* failure = attempts_->failure();
    return failure == nullptr ? error : std::move(error).with_cause(*failure);
  }

  std::shared_ptr<const Client::State> client_;
  Operation operation_;
  CallOptions options_;
  std::shared_ptr<EventLoop> loop_;
  std::shared_ptr<CallFuture::State> future_;
  Call call_;
  std::optional<AttemptLoop> attempts_;
  int waits_ = 0;
  std::optional<std::stop_callback<std::function<void()>>> stopped_;
};

}  // namespace

std::shared_ptr<EventLoop> default_event_loop() {
  struct Default {
    std::mutex mutex;
    pid_t owner = 0;
    std::shared_ptr<EventLoop>* loop = nullptr;
  };
  // Never destroyed: calls may still be in flight while the process ends.
  static Default& known = *new Default;
  std::lock_guard lock(known.mutex);
  if (known.loop == nullptr || known.owner != ::getpid()) {
    known.loop = new std::shared_ptr<EventLoop>(EventLoop::start());
    known.owner = ::getpid();
  }
  return *known.loop;
}

CallFuture begin_call(std::shared_ptr<const Client::State> client, Operation operation,
                      const Value& params, CallOptions options, std::shared_ptr<EventLoop> loop) {
  auto future = std::make_shared<CallFuture::State>(loop);
  auto call = std::make_shared<AsyncCall>(std::move(client), operation, std::move(options),
                                          std::move(loop), future);
  call->begin(params);
  return CallFuture(std::move(future));
}

}  // namespace botocxx::client
