#pragma once

#include <botocxx/base/error.h>
#include <botocxx/base/export.h>
#include <botocxx/base/host.h>
#include <botocxx/base/timestamp.h>
#include <botocxx/message/headers.h>
#include <botocxx/model/service_model.h>

#include <chrono>
#include <optional>
#include <string_view>

namespace botocxx::inline v1 {

/// What one attempt of a call ended with: an answer, or a failure in its place. It refers to what
/// belongs to the call.
struct AttemptOutcome {
  const Operation* operation = nullptr;  ///< null: unknown
  int attempt = 1;                       ///< its number, from 1
  int status = 0;                        ///< of the answer; 0 when none came
  const Headers* headers = nullptr;      ///< of the answer
  std::string_view body{};               ///< as it came; empty where it is streamed
  std::string_view error_code{};         ///< the service's; empty: it reported no error
  const Error* failure = nullptr;        ///< why no answer came; null when one did
};

/// What a policy remembers of one call, from its first attempt to its end.
struct RetryMemory {
  /// Attempts at most, as `amz-sdk-request` tells the service; 0 as long as nobody said.
  int max_attempts = 0;
  /// What the last retry took from the client's quota.
  std::optional<int> quota_taken{};
};

using RetryDelay = std::chrono::duration<double>;  ///< in seconds

/// Whether to try again, and what the caller is told.
struct RetryVerdict {
  /// To wait before the next attempt, 0 for none; nothing: this attempt was the last.
  std::optional<RetryDelay> delay{};
  /// To wait before the result is handed out, when this attempt was the last.
  RetryDelay pause{0};
  /// What was found ("throttling", "status 503", …); empty: nothing worth another attempt.
  std::string_view reason{};
  bool max_attempts_reached = false;  ///< botocore's `ResponseMetadata.MaxAttemptsReached`
  bool quota_reached = false;         ///< botocore's `ResponseMetadata.RetryQuotaReached`
  std::optional<Error> failure{};     ///< the call ends with it, whatever the answer was
};

/// Decides after each attempt of a client's calls. The library has botocore's three (see
/// docs/retries.md); a program may have its own. Implementations are thread-safe; none sleeps or
/// reads a clock.
class BOTOCXX_EXPORT RetryPolicy {
 public:
  virtual ~RetryPolicy() = default;

  /// Called once per call, before its first attempt.
  virtual RetryMemory begin() const { return {}; }
  /// Called right before each attempt is sent: how long it has to wait, and then ask again. 0: it
  /// may be sent now.
  virtual RetryDelay before_send(Timestamp) { return RetryDelay(0); }
  virtual RetryVerdict decide(const AttemptOutcome& outcome, RetryMemory& memory, Timestamp now,
                              const Random& random) = 0;
  /// Called when a call ended with an answer of that status.
  virtual void end(int /*status*/, const RetryMemory&) {}
};

}  // namespace botocxx::inline v1
