#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/base/sleeper.h>
#include <botocxx/client/client.h>
#include <botocxx/value/value.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::inline v1 {

/// How to wait: botocore's `WaiterConfig`, and what C++ adds.
struct WaitOptions {
  /// Between two calls, always the same; unset: as the waiter says.
  std::optional<std::chrono::milliseconds> delay{};
  /// Calls at most; unset: as the waiter says.
  std::optional<int> max_attempts{};
  /// Of every call; its deadline is the end of the whole wait, its stop token ends pauses, too.
  CallOptions call{};
  const Sleeper* sleeper = &system_sleeper();
};

/// Calls an operation until its answer shows what is waited for. Immutable; use one from any number
/// of threads.
///
/// What is awaited is stated in the service's `waiters-2` (with extras): botocore's rules, texts
/// and order of tests. Comparisons are Python's: "1" is no 1, but true is 1.
class BOTOCXX_EXPORT Waiter {
 public:
  /// As the model has it: "BucketExists".
  const std::string& name() const;
  const std::string& operation() const;
  std::chrono::milliseconds delay() const;
  int max_attempts() const;

  /// Waits. Gives the answer that ended it: the output with "ResponseMetadata", of an error that
  /// was waited for (no bucket of that name) "Error" with "Code" and "Message", too.
  ///
  /// Errors have the code "Waiter", botocore's message, the last answer as `Error::fields()`, and
  /// the service's own error as their cause. Their kind is kService where an answer leads to
  /// failure and where the service answers with an error that the waiter does not know; it is
  /// kTimeout after the last attempt, and where the next call would come after the deadline. What
  /// is no answer of the service (validation, connections) ends the wait as it is, a stop with kind
  /// kCancelled.
  Result<Value> wait(const Value& params = Value::object(), const WaitOptions& options = {}) const;

  struct State;
  explicit Waiter(std::shared_ptr<const State> state) : state_(std::move(state)) {}

 private:
  std::shared_ptr<const State> state_;
};

/// Names of a service's waiters as the model has them, sorted; none where it has no waiters.
BOTOCXX_EXPORT Result<std::vector<std::string>> waiter_names(const Client& client);

/// `name` as the model has it or in snake_case or kebab-case. Errors: "Value" ("Waiter does not
/// exist: …", with the nearest name), "WaiterConfig".
BOTOCXX_EXPORT Result<Waiter> get_waiter(const Client& client, std::string_view name);

/// `get_waiter(client, name)` and `wait(params, options)` at once.
BOTOCXX_EXPORT Result<Value> wait(const Client& client, std::string_view name,
                                  const Value& params = Value::object(),
                                  const WaitOptions& options = {});

/// How `wait_until` waits: 2 seconds between calls and 150 of them, unless `wait` says otherwise.
struct WaitUntilOptions {
  WaitOptions wait{};
  /// Codes of service errors that are not the end, but call for another attempt.
  std::vector<std::string> retried_errors{};
  /// When this JMESPath expression holds, waiting is in vain; empty: never.
  std::string failure_expression{};
};

/// Calls `operation` until a JMESPath expression on its answer holds (is neither null, false nor
/// empty):
///
///     wait_until(dynamodb, "DescribeTable", {{"TableName", "t"}}, "Table.TableStatus=='ACTIVE'");
///
/// Results and errors as of `Waiter::wait`; "UnknownOperation", and "syntax" of the expression.
BOTOCXX_EXPORT Result<Value> wait_until(const Client& client, std::string_view operation,
                                        const Value& params, std::string_view expression,
                                        const WaitUntilOptions& options = {});

}  // namespace botocxx::inline v1
