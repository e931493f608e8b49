#include "client/attempt_loop.h"

#include "client/call_control.h"

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

// When this client gives up the next attempt, by the server's clock, as botocore reckons it.
std::optional<std::string> time_to_live(const HttpResponse& head,
                                        std::chrono::milliseconds read_timeout) {
  auto text = head.headers.get("Date");
  if (!text) return std::nullopt;
  auto date = Timestamp::parse(*text);
  if (!date) return std::nullopt;
  auto seconds = std::chrono::floor<std::chrono::seconds>(read_timeout).count();
  return Timestamp::from_unix(date->seconds() + seconds).to_basic();
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
  call_.context.retries.attempt = static_cast<int>(history_.size()) + 1;
  auto attempt = create_attempt(call_, prepared_);
  if (!attempt) return give_up(std::move(attempt).error());
  attempt_ = *std::move(attempt);
  return send();
}

AttemptLoop::Step AttemptLoop::send() {
  const ClientParts& parts = call_.client.parts;
  Timestamp now = parts.host.clock->now();
  if (parts.retries) {
    RetryDelay delay = parts.retries->before_send(now);
    if (delay.count() > 0) {
      waiting_for_ = WaitingFor::kSend;
      return Wait{std::chrono::ceil<std::chrono::nanoseconds>(delay)};
    }
  }
  history_.push_back({.time = now});
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
  AttemptRecord& record = history_.back();
  if (const HttpResponse* head = outcome_.response()) record.status = head->status;
  if (outcome_.error) record.error_code = outcome_.error->code();
  if (!outcome_.may_retry) return Done{};
  if (auto told = report(); !told) return give_up(std::move(told).error());
  auto decision = ask_for_retry();
  if (!decision) return give_up(std::move(decision).error());
  record.delay = decision->delay;
  if (decision->retry) return retry(decision->delay);
  if (decision->delay.count() <= 0) return Done{};
  waiting_for_ = WaitingFor::kEnd;
  return Wait{decision->delay};
}

AttemptLoop::Step AttemptLoop::retry(std::chrono::nanoseconds delay) {
  if (!prepared_.request.body.can_rewind()) {
    Error cause = outcome_.error ? *outcome_.error
                                 : Error(ErrorKind::kUsage, "Retried", "a handler asked for it");
    return give_up(cannot_resend(std::move(cause)));
  }
  if (const HttpResponse* head = outcome_.response()) {
    auto end = time_to_live(
        *head, call_.client.parts.config.read_timeout.value_or(Config::kDefaultTimeout));
    if (end) call_.context.retries.ttl = *std::move(end);
  }
  waiting_for_ = WaitingFor::kRetry;
  return Wait{delay};
}

AttemptLoop::Step AttemptLoop::waited() {
  switch (waiting_for_) {
    case WaitingFor::kSend:
      return send();
    case WaitingFor::kEnd:
      return Done{};
    case WaitingFor::kRetry:
      break;
  }
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

Result<RetryDecision> AttemptLoop::ask_for_retry() {
  if (!call_.events.heard(EventKind::kNeedsRetry)) return RetryDecision{};
  CallControl control(call_, prepared_);
  NeedsRetry event(call_.operation, call_.context, static_cast<int>(history_.size()),
                   prepared_.request, outcome_.response(), outcome_.body(), outcome_.parsed(),
                   failure(), control);
  if (auto handled = call_.events.emit(event); !handled) return std::move(handled).error();
  history_.back().reason = std::move(event.reason);
  history_.back().attempts_exhausted =
      call_.context.retries.metadata.contains("MaxAttemptsReached");
  return event.decision.value_or(RetryDecision{});
}

Result<Response> AttemptLoop::result() && {
  auto result = finish(call_, std::move(outcome_), std::move(history_));
  if (result) return result;
  return with_mismatch(std::move(result).error(), attempt_.additions);
}

}  // namespace botocxx::client
