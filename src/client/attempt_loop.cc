#include "client/attempt_loop.h"

namespace botocxx::client {
namespace {

// What the parsers can read; a server that never ends must not fill memory.
constexpr std::uint64_t kBodyLimit = INT32_MAX;

SendOptions send_options(const Call& call) {
  SendOptions send;
  send.connect_timeout = call.client.parts.config.connect_timeout.value_or(Config::kDefaultTimeout);
  send.read_timeout = call.client.parts.config.read_timeout.value_or(Config::kDefaultTimeout);
  send.deadline = call.options.deadline;
  send.stop = call.options.stop;
  send.stream_response =
      call.operation.has_streaming_output() || call.operation.event_stream_output().has_value();
  if (!send.stream_response) send.body_limit = kBodyLimit;
  return send;
}

Error cannot_resend(Error cause) {
  return Error(ErrorKind::kUsage, "UnseekableStream",
               "the request has to be sent again, but its body can be read only once")
      .with_hint("pass a file or octets, or a stream that can be rewound")
      .with_cause(std::move(cause));
}

}  // namespace

AttemptLoop::AttemptLoop(Call& call, Prepared prepared)
    : call_(call), prepared_(std::move(prepared)) {}

AttemptLoop::Step AttemptLoop::begin() {
  call_.context.retries.attempt = attempts_ + 1;
  auto attempt = create_attempt(call_, prepared_);
  if (!attempt) return give_up(std::move(attempt).error());
  attempt_ = *std::move(attempt);
  ++attempts_;
  if (call_.events.heard(EventKind::kBeforeSend)) {
    BeforeSend event(call_.operation, call_.context, attempt_.request);
    if (auto handled = call_.events.emit(event); !handled) {
      return received(std::move(handled).error());
    }
    if (event.response) return received(*std::move(event.response));
  }
  return Send{&attempt_.request, send_options(call_)};
}

AttemptLoop::Step AttemptLoop::received(Result<HttpResponse> response) {
  outcome_ =
      response ? read_response(call_, *std::move(response)) : failed(std::move(response).error());
  if (!outcome_.may_retry) return Done{};
  if (auto told = report(); !told) return give_up(std::move(told).error());
  std::chrono::nanoseconds delay{0};
  auto again = wants_retry(delay);
  if (!again) return give_up(std::move(again).error());
  if (!*again) return Done{};
  Body& body = prepared_.request.body;
  if (!body.can_rewind()) {
    Error cause = outcome_.error ? *outcome_.error
                                 : Error(ErrorKind::kUsage, "Retried", "a handler asked for it");
    return give_up(cannot_resend(std::move(cause)));
  }
  return Wait{delay};
}

AttemptLoop::Step AttemptLoop::waited() {
  if (auto rewound = prepared_.request.body.rewind(); !rewound) {
    return give_up(std::move(rewound).error());
  }
  return begin();
}

AttemptLoop::Step AttemptLoop::give_up(Error error) {
  outcome_ = failed(std::move(error));
  return Done{};
}

Result<void> AttemptLoop::report() {
  if (!call_.events.heard(EventKind::kResponseReceived)) return {};
  ResponseReceived event(call_.operation, call_.context, outcome_.response(), outcome_.parsed(),
                         failure());
  return call_.events.emit(event);
}

Result<bool> AttemptLoop::wants_retry(std::chrono::nanoseconds& delay) {
  if (!call_.events.heard(EventKind::kNeedsRetry)) return false;
  NeedsRetry event(call_.operation, call_.context, attempts_, prepared_.request,
                   outcome_.response(), outcome_.parsed(), failure());
  if (auto handled = call_.events.emit(event); !handled) return std::move(handled).error();
  if (!event.decision || !event.decision->retry) return false;
  delay = event.decision->delay;
  return true;
}

Result<Response> AttemptLoop::result() && {
  auto result = finish(call_, std::move(outcome_), attempts_);
  if (result) return result;
  return with_mismatch(std::move(result).error(), attempt_.additions);
}

}  // namespace botocxx::client
