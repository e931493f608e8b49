#pragma once

#include <botocxx/base/result.h>
#include <botocxx/jmespath/expression.h>
#include <botocxx/value/value.h>

#include <optional>
#include <string>

namespace botocxx::waiting {

enum class Matcher { kPath, kPathAll, kPathAny, kStatus, kError, kTruth };

/// One test of a waiter: what an answer must show, and the state that this means.
class Acceptor {
 public:
  /// From an entry of a waiters-2 document. Error: "WaiterConfig".
  static Result<Acceptor> compile(const Value& entry);
  /// Matches where the expression holds, by JMESPath's own notion of truth.
  static Result<Acceptor> for_truth(std::string_view expression, std::string state);

  const std::string& state() const { return state_; }
  /// `answer` as botocore's waiters see it: output or error document, with "ResponseMetadata".
  Result<bool> matches(const Value& answer) const;
  /// botocore's words for what this one accepts.
  std::string explanation() const;

 private:
  Acceptor(Matcher matcher, std::string state) : matcher_(matcher), state_(std::move(state)) {}
  Result<bool> matches_path(const Value& answer) const;

  Matcher matcher_;
  std::string state_;
  Value expected_{};
  std::optional<JmespathExpression> argument_{};
};

/// Whether the answer is an error that the service sent.
bool is_service_error(const Value& answer);

/// Kind kModel, code "WaiterConfig", botocore's wording around `message`.
Error waiter_config_error(const std::string& message);

}  // namespace botocxx::waiting
