#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/client/client.h>
#include <botocxx/value/value.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace botocxx::inline v1 {

/// Which of a stub's answers a call gets.
enum class StubOrder {
  kQueue,     ///< the next one, which must be one for this operation and these parameters
  kMatching,  ///< the first that is for this operation and these parameters, whatever stands before
};

/// What a service answers when it refuses a call.
struct StubError {
  std::string code{};
  std::string message{};
  int status = 400;
  Value error_fields = Value::object();    ///< beside code and message
  Value modeled_fields = Value::object();  ///< members of the modelled error of that code
};

/// Answers a client's calls from a list, for tests of code that uses the client: nothing is signed
/// or sent, and no credentials are needed. Answers are checked against the model when they are
/// added, parameters when a call is made. The client it is made for answers so while the stub lives
/// and is active; copies of that client do, too. Thread-safe. Copied behaviour: botocore's
/// `stub.Stubber`, but for `StubOrder`.
///
/// Errors of calls (kind kUsage): "UnStubbedResponse" when there is no answer, "StubResponse" when
/// the next one is another operation's, "StubAssertion" when parameters differ.
class BOTOCXX_EXPORT Stub {
 public:
  /// Active at once.
  explicit Stub(const Client& client, StubOrder order = StubOrder::kQueue);
  ~Stub();
  Stub(const Stub&) = delete;
  Stub& operator=(const Stub&) = delete;

  /// `response` must fit the operation's output; `expected`, where it is given, must be what the
  /// call is made with. Errors: "UnknownOperation", "ParamValidation".
  Result<void> add_response(std::string_view operation, Value response,
                            std::optional<Value> expected = std::nullopt);
  /// Errors: "UnknownOperation", "ParamValidation" for modelled fields that do not fit, or of a
  /// code that the service has no error for.
  Result<void> add_client_error(std::string_view operation, StubError error,
                                std::optional<Value> expected = std::nullopt);

  /// Whether calls are answered from the list or go to the service.
  void activate();
  void deactivate();

  /// The error "PendingResponses" when answers are left that nobody asked for.
  Result<void> assert_no_pending_responses() const;
  std::size_t pending() const;

  /// In place of a value anywhere in expected parameters: any will do.
  static Value any();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace botocxx::inline v1
