#pragma once

#include <botocxx/client/client.h>
#include <botocxx/credentials/operation_caller.h>
#include <botocxx/transport/http_client.h>

#include <functional>
#include <memory>

namespace botocxx::client {

/// Where the clients of nested calls come from.
struct CallerParts {
  /// A client of the call's service and region with its credentials; unsigned where it has none.
  std::function<Result<Client>(const ServiceCall& call)> make_client{};
  /// Sends what got headers of its own.
  std::function<std::shared_ptr<HttpClient>()> make_http{};
};

/// Calls services by their models, for providers of credentials. Makes nothing before it is asked.
std::shared_ptr<OperationCaller> make_operation_caller(CallerParts parts);

}  // namespace botocxx::client
