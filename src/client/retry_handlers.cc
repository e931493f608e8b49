#include "client/retry_handlers.h"

#include "retry/clock_skew.h"
#include "retry/retry_after.h"
#include <botocxx/events/payloads.h>

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::client {
namespace {

// As long as botocore's own longest delay.
constexpr RetryDelay kLongestAskedFor{20};

AttemptOutcome outcome_of(const NeedsRetry& event) {
  AttemptOutcome outcome;
  outcome.operation = &event.operation;
  outcome.attempt = event.attempts;
  if (event.response == nullptr) {
    outcome.failure = event.error;
    return outcome;
  }
  outcome.status = event.response->status;
  outcome.headers = &event.response->headers;
  outcome.body = event.body;
  if (event.error != nullptr) outcome.error_code = event.error->code();
  return outcome;
}

std::chrono::nanoseconds nanoseconds_of(RetryDelay delay) {
  return std::chrono::round<std::chrono::nanoseconds>(delay);
}

class PolicyHandler {
 public:
  PolicyHandler(std::shared_ptr<RetryPolicy> policy, const Host& host)
      : policy_(std::move(policy)), host_(host) {}

  Result<void> operator()(NeedsRetry& event) const {
    AttemptOutcome outcome = outcome_of(event);
    CallContext::Retries& retries = event.context.retries;
    RetryMemory memory{retries.max_attempts.value_or(0), retries.quota_taken};
    RetryVerdict verdict = policy_->decide(outcome, memory, host_.clock->now(), *host_.random);
    if (memory.max_attempts != 0) retries.max_attempts = memory.max_attempts;
    retries.quota_taken = memory.quota_taken;
    if (verdict.max_attempts_reached) retries.metadata.set("MaxAttemptsReached", true);
    if (verdict.quota_reached) retries.metadata.set("RetryQuotaReached", true);
    if (verdict.failure) return *std::move(verdict.failure);
    event.reason = reason_of(verdict);
    if (verdict.delay) {
      event.retry_after(nanoseconds_of(asked_for(*verdict.delay, event)));
    } else if (verdict.pause.count() > 0) {
      event.stop(nanoseconds_of(verdict.pause));
    }
    return {};
  }

 private:
  static std::string reason_of(const RetryVerdict& verdict) {
    std::string reason(verdict.reason);
    if (reason.empty() || verdict.delay) return reason;
    if (verdict.quota_reached) return reason + ", but the retry quota is used up";
    return verdict.max_attempts_reached ? reason + ", but this was the last attempt" : reason;
  }

  RetryDelay asked_for(RetryDelay delay, const NeedsRetry& event) const {
    if (!event.context.config.retries.retry_after || event.response == nullptr) return delay;
    auto asked = retry::http_retry_after(event.response->headers, host_.clock->now());
    return asked ? std::max(delay, std::min(*asked, kLongestAskedFor)) : delay;
  }

  std::shared_ptr<RetryPolicy> policy_;
  Host host_;
};

// Where the service refuses a signature for its time, the next attempt has the service's.
class ClockSkewHandler {
 public:
  ClockSkewHandler(std::shared_ptr<ClockOffsets> offsets, const Host& host)
      : offsets_(std::move(offsets)), host_(host) {}

  void operator()(NeedsRetry& event) const {
    constexpr std::string_view kNote = "clock_skew_corrected";
    if (!event.context.config.retries.clock_skew_correction || event.response == nullptr ||
        event.error == nullptr || event.context.notes.contains(kNote)) {
      return;
    }
    const std::string& host = event.request.url.host;
    auto offset = retry::clock_offset(event.error->code(), event.response->headers,
                                      host_.clock->now(), offsets_->get(host));
    if (!offset) return;
    offsets_->set(host, *offset);
    event.context.notes.set(kNote, true);
    auto most = event.context.retries.max_attempts;
    if (event.answered || (most && event.attempts >= *most)) return;
    event.reason = "clock skew";
    event.retry_after({});
  }

 private:
  std::shared_ptr<ClockOffsets> offsets_;
  Host host_;
};

void add_headers(RequestCreated& event, const Random& random, const RetryPolicy* policy) {
  if (event.context.is_presign_request) return;
  CallContext::Retries& retries = event.context.retries;
  if (retries.attempt == 1 && policy != nullptr && !retries.max_attempts) {
    RetryMemory memory = policy->begin();
    if (memory.max_attempts != 0) retries.max_attempts = memory.max_attempts;
  }
  if (retries.invocation_id.empty()) retries.invocation_id = make_uuid4(random);
  event.request.headers.set("amz-sdk-invocation-id", retries.invocation_id);
  std::string request;
  if (!retries.ttl.empty()) request = fmt::format("ttl={}; ", retries.ttl);
  request += fmt::format("attempt={}", retries.attempt);
  if (retries.max_attempts) request += fmt::format("; max={}", *retries.max_attempts);
  event.request.headers.set("amz-sdk-request", std::move(request));
}

void register_policy(Events& events, const std::string& service_id, const ClientParts& parts) {
  (void)events.register_handler("needs-retry." + service_id,
                                PolicyHandler(parts.retries, parts.host),
                                {.unique_id = "retry-config-" + service_id});
  auto end = [policy = parts.retries](AfterCall& event) {
    const CallContext::Retries& retries = event.context.retries;
    policy->end(event.response.status, {retries.max_attempts.value_or(0), retries.quota_taken});
  };
  (void)events.register_handler("after-call." + service_id, end);
}

}  // namespace

void register_retries(Events& events, const std::string& service_id, const ClientParts& parts,
                      std::shared_ptr<ClockOffsets> offsets) {
  // Names and payloads are certain, so that none of this can fail.
  const Random* random = parts.host.random;
  auto add = [random, policy = parts.retries](RequestCreated& event) {
    add_headers(event, *random, policy.get());
  };
  (void)events.register_handler("request-created", add);
  if (parts.retries) register_policy(events, service_id, parts);
  (void)events.register_handler("needs-retry." + service_id,
                                ClockSkewHandler(std::move(offsets), parts.host));
}

}  // namespace botocxx::client
