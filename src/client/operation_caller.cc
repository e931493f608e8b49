#include "client/operation_caller.h"

#include <utility>

namespace botocxx::client {
namespace {

// The documents that these services answer with are short.
constexpr std::uint64_t kBodyLimit = 1024 * 1024;

class ModelledCaller : public OperationCaller {
 public:
  explicit ModelledCaller(CallerParts parts) : parts_(std::move(parts)) {}

  Result<Value> call(const ServiceCall& call) override {
    auto client = parts_.make_client(call);
    if (!client) return std::move(client).error();
    CallOptions options;
    options.deadline = call.deadline;
    auto response = call.headers_for ? call_with_headers(*client, call, options)
                                     : client->call(call.operation, call.params, options);
    if (!response) return std::move(response).error();
    Value output = response->output();
    output.set("ResponseMetadata", response->metadata());
    return output;
  }

  Result<std::string> endpoint_of(const ServiceCall& call) override {
    auto client = parts_.make_client(call);
    if (!client) return std::move(client).error();
    auto endpoint = client->resolve_endpoint(call.operation, call.params);
    if (!endpoint) return std::move(endpoint).error();
    return endpoint->url.to_string();
  }

 private:
  Result<Response> call_with_headers(const Client& client, const ServiceCall& call,
                                     const CallOptions& options) const {
    auto request = client.prepare(call.operation, call.params, options);
    if (!request) return std::move(request).error();
    auto headers = call.headers_for(request->url.to_string());
    if (!headers) return std::move(headers).error();
    for (const auto& [name, value] : *headers) request->headers.set(name, value);
    SendOptions send;
    send.connect_timeout = client.config().connect_timeout.value_or(Config::kDefaultTimeout);
    send.read_timeout = client.config().read_timeout.value_or(Config::kDefaultTimeout);
    send.deadline = call.deadline;
    send.body_limit = kBodyLimit;
    auto response = parts_.make_http()->send(*request, send);
    if (!response) return std::move(response).error();
    return client.parse(call.operation, *std::move(response));
  }

  const CallerParts parts_;
};

}  // namespace

std::shared_ptr<OperationCaller> make_operation_caller(CallerParts parts) {
  return std::make_shared<ModelledCaller>(std::move(parts));
}

}  // namespace botocxx::client
