#pragma once

#include <botocxx/auth/credentials.h>
#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/message/headers.h>
#include <botocxx/value/value.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace botocxx::inline v1 {

/// One call of a service that gives credentials or tokens.
struct ServiceCall {
  std::string service;    ///< "sts"
  std::string operation;  ///< the model's name, "AssumeRole"
  Value params = Value::object();
  std::string region{};                              ///< empty: the session's
  std::shared_ptr<const Credentials> credentials{};  ///< null: the call is not signed
  /// Headers that depend on the URL, added to the unsigned request; null: none.
  std::function<Result<Headers>(const std::string& url)> headers_for{};
  std::optional<std::chrono::steady_clock::time_point> deadline{};
};

/// How providers of credentials call services, though clients stand on credentials: they get this.
/// Implementations are thread-safe and make no client before the first call.
class BOTOCXX_EXPORT OperationCaller {
 public:
  virtual ~OperationCaller() = default;
  /// The operation's output with "ResponseMetadata", as botocore returns it; an error of the
  /// service has its code.
  virtual Result<Value> call(const ServiceCall& call) = 0;
  /// URL of the endpoint that the call would go to, without the operation's path.
  virtual Result<std::string> endpoint_of(const ServiceCall& call) = 0;
};

}  // namespace botocxx::inline v1
