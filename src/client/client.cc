#include "client/async_call.h"
#include "client/call_future_state.h"
#include "client/client_state.h"
#include "client/endpoint_discovery.h"
#include "client/orchestrator.h"
#include "client/retry_handlers.h"
#include "client/user_agent.h"
#include <botocxx/client/client.h>
#include <botocxx/events/payloads.h>

#include <fmt/format.h>

namespace botocxx::inline v1 {
namespace {

Result<void> emit_creation(const ServiceModel& model, Client::State& state) {
  CreatingClientClass made(model, state.methods);
  auto handled = state.events.emit("creating-client-class." + state.service_id, made);
  if (!handled) return handled;
  CreatingSerializer serializer(model, state.protocol, state.millisecond_timestamps);
  return state.events.emit("creating-serializer." + state.service_id, serializer);
}

// A name that the model has not, or has no more, may be another's; null: it is no one's.
Result<std::optional<std::string>> alias_of(const Client& client, const Events& events,
                                            const std::string& service_id, std::string_view name) {
  GetAttribute event(client, name);
  auto handled = events.emit(fmt::format("getattr.{}.{}", service_id, name), event);
  if (!handled) return std::move(handled).error();
  return std::move(event.response);
}

Error removed_operation(const ServiceModel& model, std::string_view name) {
  return Error(ErrorKind::kUsage, "UnknownOperation",
               fmt::format("a client of {} cannot call {}", model.service_name(), name));
}

// With what the call is really signed for.
Result<Endpoint> with_signing(const Client::State& state, const Operation& operation,
                              Endpoint endpoint) {
  auto plan = client::plan_signing(state, operation, endpoint);
  if (!plan) return std::move(plan).error();
  endpoint.signing_region = plan->choice.region;
  endpoint.signing_name = plan->choice.signing_name;
  endpoint.auth_type = auth::to_string(plan->choice.scheme);
  return endpoint;
}

}  // namespace

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
  state->service_id = parts.model->hyphenized_service_id();
  state->events = parts.events.copy();
  if (auto made = emit_creation(*parts.model, *state); !made) return std::move(made).error();
  client::register_signer(state->events, state->service_id);
  state->clock_offsets = std::make_shared<client::ClockOffsets>();
  client::register_retries(state->events, state->service_id, parts, state->clock_offsets);
  client::register_endpoint_discovery(state->events, state->service_id, parts);
  state->parts = std::move(parts);
  return Client(std::move(state));
}

Result<Client::Callable> Client::find(std::string_view name) const {
  if (const ClientMethod* method = state_->methods.find(name)) return Callable{method, {}};
  auto operation = find_operation(name);
  if (operation) return Callable{nullptr, *operation};
  auto other = alias_of(*this, state_->events, state_->service_id, name);
  if (!other) return std::move(other).error();
  if (!*other || **other == name) return std::move(operation).error();
  if (const ClientMethod* method = state_->methods.find(**other)) return Callable{method, {}};
  operation = find_operation(**other);
  if (!operation) return std::move(operation).error();
  return Callable{nullptr, *operation};
}

Result<Response> Client::call(std::string_view name, const Value& params,
                              const CallOptions& options) const {
  auto found = find(name);
  if (!found) return std::move(found).error();
  if (found->method != nullptr) return (*found->method)(*this, params, options);
  return client::call(*state_, *found->operation, params, options);
}

CallFuture Client::call_async(std::string_view name, const Value& params, CallOptions options,
                              std::shared_ptr<EventLoop> loop) const {
  if (!loop) loop = client::default_event_loop();
  auto found = find(name);
  if (found && found->method == nullptr) {
    return client::begin_call(state_, *found->operation, params, std::move(options),
                              std::move(loop));
  }
  auto future = std::make_shared<CallFuture::State>(loop);
  future->set(found ? (*found->method)(*this, params, options)
                    : Result<Response>(std::move(found).error()));
  return CallFuture(std::move(future));
}

Result<Operation> Client::find_operation(std::string_view name) const {
  const ServiceModel& model = *state_->parts.model;
  if (state_->methods.removed(name)) return removed_operation(model, name);
  return model.operation(name);
}

Result<HttpRequest> Client::prepare(std::string_view name, const Value& params,
                                    const CallOptions& options) const {
  auto operation = state_->parts.model->operation(name);
  if (!operation) return std::move(operation).error();
  client::Call call(*state_, *operation, options);
  auto prepared = client::prepare(call, params);
  if (!prepared) return std::move(prepared).error();
  auto attempt = client::create_attempt(call, *prepared);
  if (!attempt) return std::move(attempt).error();
  return std::move(attempt->request);
}

Result<Endpoint> Client::resolve_endpoint(std::string_view name, const Value& params,
                                          const CallOptions& options) const {
  auto operation = state_->parts.model->operation(name);
  if (!operation) return std::move(operation).error();
  client::Call call(*state_, *operation, options);
  auto built = client::build_params(call, params);
  if (!built) return std::move(built).error();
  auto endpoint = client::resolve_endpoint(call, *built);
  if (!endpoint) return endpoint;
  return with_signing(*state_, *operation, *std::move(endpoint));
}

Result<Endpoint> Client::explain_endpoint(std::string_view name, const Value& params,
                                          const ExplainOptions& options,
                                          EndpointExplanation& explanation) const {
  const ClientParts& parts = state_->parts;
  ExplainOptions how = options;
  how.without_operation = how.without_operation || name.empty();
  auto operation = name.empty() && !parts.model->operations().empty()
                       ? Result<Operation>(*parts.model->operations().begin())
                       : parts.model->operation(name);
  if (!operation) return std::move(operation).error();
  const CallOptions no_options;
  client::Call call(*state_, *operation, no_options);
  auto built =
      how.without_operation ? Result<Value>(Value::object()) : client::build_params(call, params);
  if (!built) return std::move(built).error();
  EndpointQuery query = client::endpoint_query(call, *built);
  query.origins = &parts.origins;
  auto endpoint = parts.endpoints->explain(query, how, explanation);
  if (!endpoint || how.without_operation) return endpoint;
  return with_signing(*state_, *operation, *std::move(endpoint));
}

Result<Response> Client::parse(std::string_view name, HttpResponse response) const {
  auto operation = state_->parts.model->operation(name);
  if (!operation) return std::move(operation).error();
  CallOptions options;
  client::Call call(*state_, *operation, options);
  call.context.is_answer_only = true;
  return client::finish(call, client::read_response(call, std::move(response)), {});
}

Events& Client::events() const { return state_->events; }

Result<std::shared_ptr<const Value>> Client::load_document(std::string_view type) const {
  if (state_->parts.documents) return state_->parts.documents(type);
  return Error(ErrorKind::kModel, "DataNotFound",
               "Unable to load data for: " + std::string(type) + " (this client has only a model)");
}

const ServiceModel& Client::model() const { return *state_->parts.model; }
const std::string& Client::region_name() const { return state_->parts.region; }
const Config& Client::config() const { return state_->parts.config; }

}  // namespace botocxx::inline v1
