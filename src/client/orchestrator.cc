#include "client/orchestrator.h"

#include "client/attempt_loop.h"

namespace botocxx::client {
namespace {

Result<void> wait(const Call& call, std::chrono::nanoseconds delay) {
  const Sleeper& sleeper = *call.client.parts.sleeper;
  auto end = sleeper.now() + std::chrono::ceil<Sleeper::Time::duration>(delay);
  const auto& deadline = call.options.deadline;
  if (deadline && end >= *deadline) {
    // Nothing can come of waiting: the caller gets to know at once.
    return Error(ErrorKind::kTimeout, "DeadlineExceeded",
                 "the next attempt would begin after the call's deadline");
  }
  if (delay.count() <= 0 && !call.options.stop.stop_requested()) return {};
  return sleeper.sleep_until(end, call.options.stop);
}

AttemptLoop::Step proceed(AttemptLoop& loop, const Call& call, const AttemptLoop::Send& send) {
  if (!call.client.parts.http) {
    return loop.give_up(
        Error(ErrorKind::kUsage, "NoTransport", "this client was made without an HTTP client"));
  }
  return loop.received(call.client.parts.http->send(*send.request, send.options));
}

AttemptLoop::Step proceed(AttemptLoop& loop, const Call& call, const AttemptLoop::Wait& step) {
  auto done = wait(call, step.delay);
  if (done) return loop.waited();
  Error error = std::move(done).error();
  if (loop.failure() != nullptr) error = std::move(error).with_cause(*loop.failure());
  return loop.give_up(std::move(error));
}

}  // namespace

Result<Response> call(const Client::State& client, const Operation& operation, const Value& params,
                      const CallOptions& options) {
  Call call(client, operation, options);
  call.may_connect = true;
  auto prepared = prepare(call, params);
  if (!prepared) return with_call(std::move(prepared).error(), call);
  if (prepared->answer) return finish(call, answered(call, *std::move(prepared->answer)), {});
  AttemptLoop loop(call, *std::move(prepared));
  AttemptLoop::Step step = loop.start();
  while (!std::holds_alternative<AttemptLoop::Done>(step)) {
    const auto* send = std::get_if<AttemptLoop::Send>(&step);
    step = send != nullptr ? proceed(loop, call, *send)
                           : proceed(loop, call, std::get<AttemptLoop::Wait>(step));
  }
  return std::move(loop).result();
}

}  // namespace botocxx::client
