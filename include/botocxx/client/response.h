#pragma once

#include <botocxx/base/attempt_record.h>
#include <botocxx/base/export.h>
#include <botocxx/client/event_stream.h>
#include <botocxx/message/http.h>
#include <botocxx/value/value.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::inline v1 {

class ServiceModel;

/// The result of a call: its output value and what came with it. Move-only; the output lives in the
/// response's own memory and is read-only: copying a part of it gives an independent value.
class BOTOCXX_EXPORT Response {
 public:
  Response(Response&&) noexcept;
  Response& operator=(Response&&) noexcept;
  ~Response();

  const Value& output() const;
  /// Member of the output, a null value when there is none.
  const Value& operator[](std::string_view name) const { return output()[name]; }

  /// The events of an operation that answers with a stream of them; `output()` holds what came
  /// before. Lives as long as the response, unless it is moved out of it:
  /// `EventStream events = std::move(response.events());`. For other operations its `next()` is the
  /// error "NoEventStream".
  EventStream& events();

  int status() const;
  const Headers& headers() const;
  std::string_view request_id() const;
  int attempts() const;
  /// The attempts in order, the one that succeeded included.
  const std::vector<AttemptRecord>& attempt_history() const;
  /// botocore's "ResponseMetadata": RequestId, HostId, HTTPStatusCode, HTTPHeaders, RetryAttempts,
  /// of retries MaxAttemptsReached and RetryQuotaReached, and ChecksumAlgorithm where the body is
  /// compared with its checksum.
  Value metadata() const;

  /// The result of a method that is no operation: this output, and status 200.
  static Response of(Value output);

  struct State;
  explicit Response(std::unique_ptr<State> state);

 private:
  std::unique_ptr<State> state_;
};

}  // namespace botocxx::inline v1
