#include "client/call_control.h"

#include "client/orchestrator.h"

#include <fmt/format.h>

namespace botocxx::client {

Result<CallAnswer> CallControl::call_other(std::string_view name, const Value& params) {
  if (!call_.may_connect) {
    return Error(ErrorKind::kUsage, "NeedsConnection",
                 fmt::format("{} has to call {} first, and nothing is to be sent",
                             call_.operation.name(), name));
  }
  auto operation = call_.client.parts.model->operation(name);
  if (!operation) return std::move(operation).error();
  CallOptions options;
  options.deadline = call_.options.deadline;
  options.stop = call_.options.stop;
  auto response = client::call(call_.client, *operation, params, options);
  if (!response) return std::move(response).error();
  CallAnswer answer;
  answer.response.status = response->status();
  answer.response.headers = response->headers();
  answer.parsed = Value(response->output());
  return answer;
}

// Path and query stay: they name the same resource at the new host.
Result<void> CallControl::resolve_endpoint() {
  auto endpoint = client::resolve_endpoint(call_, prepared_.params);
  if (!endpoint) return std::move(endpoint).error();
  auto plan = plan_signing(call_.client, call_.operation, *endpoint);
  if (!plan) return std::move(plan).error();
  // The body is as it is, and so is where its checksum goes.
  prepared_.signing.choice = std::move(plan->choice);
  call_.context.signing.region = prepared_.signing.choice.region;
  call_.context.signing.signing_name = prepared_.signing.choice.signing_name;
  prepared_.request.url.host = endpoint->url.host;
  prepared_.request.url.port = endpoint->url.port;
  return {};
}

}  // namespace botocxx::client
