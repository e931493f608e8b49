#pragma once

#include "client/attempt.h"
#include "client/call.h"
#include "client/outcome.h"
#include "client/prepare.h"
#include <botocxx/transport/http_client.h>

#include <chrono>
#include <variant>
#include <vector>

namespace botocxx::client {

/// The attempts of one call as a machine: it says what is to be done next, and is told how that
/// went. It neither sends nor waits, so that blocking and asynchronous drivers share it.
class AttemptLoop {
 public:
  struct Send {
    const HttpRequest* request;  ///< valid until `received`
    SendOptions options{};
  };
  struct Wait {
    std::chrono::nanoseconds delay;
  };
  struct Done {};
  using Step = std::variant<Send, Wait, Done>;

  AttemptLoop(Call& call, Prepared prepared);

  Step start() { return begin(); }
  /// After `Send`.
  Step received(Result<HttpResponse> response);
  /// After `Wait`.
  Step waited();
  /// Ends it with this error, at any time.
  Step give_up(Error error);
  /// What the last attempt failed with; null when it did not.
  const Error* failure() const { return outcome_.error ? &*outcome_.error : nullptr; }

  /// After `Done`.
  Result<Response> result() &&;

 private:
  enum class WaitingFor { kRetry, kSend, kEnd };

  Step begin();
  Step send();
  Step retry(std::chrono::nanoseconds delay);
  Result<RetryDecision> ask_for_retry();
  Result<void> report();

  Call& call_;
  Prepared prepared_;
  Attempt attempt_{};
  Outcome outcome_{};
  WaitingFor waiting_for_ = WaitingFor::kRetry;
  std::vector<AttemptRecord> history_{};
};

}  // namespace botocxx::client
