#pragma once

#include "client/call.h"
#include "client/response_state.h"
#include <botocxx/client/response.h>
#include <botocxx/events/payloads.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::client {

/// What an attempt ended with: an output, or an error with what came of a response.
struct Outcome {
  std::unique_ptr<Response::State> state{};  ///< null when it failed
  std::optional<Error> error{};
  HttpResponse head{};        ///< of a response that is an error
  std::string error_body{};   ///< of the same, as it came
  bool has_response = false;  ///< whether one came
  bool may_retry = true;      ///< false: nothing can be gained by another attempt

  /// Null where there is none.
  HttpResponse* response();
  const Value* parsed() const;
  /// As it came; empty where it is streamed.
  std::string_view body() const { return state ? state->body : error_body; }
};

/// No response came.
Outcome failed(Error error);
/// Reads a response, after "before-parse".
Outcome read_response(Call& call, HttpResponse response);
/// What a handler answered in place of the network.
Outcome answered(Call& call, CallAnswer answer);
/// The call's result, after "after-call" or "after-call-error".
Result<Response> finish(Call& call, Outcome outcome, std::vector<AttemptRecord> history);

}  // namespace botocxx::client
