#include "client/client_state.h"
#include "client/orchestrator.h"
#include "client/user_agent.h"
#include <botocxx/client/client.h>

namespace botocxx::inline v1 {
Result<Client> Client::create(ClientParts parts) {
  auto protocol = parts.model->resolved_protocol();
  if (!protocol) return std::move(protocol).error();
  auto version = client::client_signature_version(parts);
  if (!version) return std::move(version).error();
  auto state = std::make_shared<State>();
  state->protocol = *std::move(protocol);
  state->signature_version = *std::move(version);
  state->signing_name = parts.model->signing_name();
  state->user_agent =
      client::user_agent({.program = parts.program, .platform = current_platform()}, parts.config,
                         client::client_features(parts, state->protocol));
  state->parts = std::move(parts);
  return Client(std::move(state));
}

Result<Response> Client::call(std::string_view name, const Value& params,
                              const CallOptions& options) const {
  auto operation = state_->parts.model->operation(name);
  if (!operation) return std::move(operation).error();
  return client::call(*state_, *operation, params, options);
}

Result<HttpRequest> Client::prepare(std::string_view name, const Value& params,
                                    const CallOptions& options) const {
  auto operation = state_->parts.model->operation(name);
  if (!operation) return std::move(operation).error();
  auto prepared = client::prepare(*state_, *operation, params, options);
  if (!prepared) return std::move(prepared).error();
  auto attempt = client::sign_attempt(*state_, *prepared, options);
  if (!attempt) return std::move(attempt).error();
  return std::move(attempt->request);
}

Result<Endpoint> Client::resolve_endpoint(std::string_view name, const Value& params,
                                          const CallOptions& options) const {
  auto operation = state_->parts.model->operation(name);
  if (!operation) return std::move(operation).error();
  Value completed = params.is_null() ? Value::object() : params;
  auto done = state_->parts.endpoints->complete_params(*operation, state_->parts.config, completed);
  if (!done) return std::move(done).error();
  auto endpoint = client::resolve_endpoint(*state_, *operation, completed, options);
  if (!endpoint) return endpoint;
  auto plan = client::plan_signing(*state_, *operation, *endpoint);
  if (!plan) return std::move(plan).error();
  endpoint->signing_region = plan->choice.region;
  endpoint->signing_name = plan->choice.signing_name;
  endpoint->auth_type = auth::to_string(plan->choice.scheme);
  return endpoint;
}

Result<Response> Client::parse(std::string_view name, HttpResponse response) const {
  auto operation = state_->parts.model->operation(name);
  if (!operation) return std::move(operation).error();
  return client::parse_response(*state_, *operation, std::move(response), 1);
}

const ServiceModel& Client::model() const { return *state_->parts.model; }
const std::string& Client::region_name() const { return state_->parts.region; }
const Config& Client::config() const { return state_->parts.config; }

}  // namespace botocxx::inline v1
