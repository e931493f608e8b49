#include "customize/builtin_handlers.h"
#include "customize/registration.h"

#include <fmt/format.h>

namespace botocxx::customize {

// Unsigned, as the client signs before: what is the same for all attempts, and which one this is.
void register_attempt_headers(Events& events) {
  on(events, "request-created", [](RequestCreated& event) {
    const CallContext::Retries& retries = event.context.retries;
    if (retries.invocation_id.empty()) return;
    event.request.headers.set("amz-sdk-invocation-id", retries.invocation_id);
    std::string request;
    if (!retries.ttl.empty()) request = fmt::format("ttl={}; ", retries.ttl);
    request += fmt::format("attempt={}", retries.attempt);
    if (retries.max_attempts) request += fmt::format("; max={}", *retries.max_attempts);
    event.request.headers.set("amz-sdk-request", std::move(request));
  });
}

}  // namespace botocxx::customize
