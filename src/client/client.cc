#include "client/client_state.h"
#include "client/orchestrator.h"
#include <botocxx/client/client.h>

#include <fmt/format.h>

namespace botocxx::inline v1 {
namespace {

constexpr std::string_view kUserAgent = "Botocxx/0.1.0";

// The default of `botocore.client.ClientCreator._resolve_signature_version`, for the signers that
// there are. "s3" in a model means S3's flavour of version 4 unless a user asks for the old one.
Result<std::string> resolve_signature_version(const ClientParts& parts) {
  if (parts.config.unsigned_requests) return std::string("none");
  std::string wanted = parts.config.signature_version;
  if (wanted.empty()) {
    std::string version = parts.model->signature_version();
    // check_layers: allow service-name: here it is the name of a signature version
    return std::string(version == "s3" || version == "s3v4" ? "s3v4" : "v4");
  }
  if (wanted == "v4" || wanted == "s3v4") return wanted;
  return Error(ErrorKind::kUsage, "UnsupportedSignatureVersion",
               fmt::format("Signature version(s) are not supported: {}", wanted))
      .with_hint("supported are v4 and s3v4");
}

}  // namespace

Result<Client> Client::create(ClientParts parts) {
  auto protocol = parts.model->resolved_protocol();
  if (!protocol) return std::move(protocol).error();
  auto version = resolve_signature_version(parts);
  if (!version) return std::move(version).error();
  auto state = std::make_shared<State>();
  state->protocol = *std::move(protocol);
  state->signature_version = *std::move(version);
  state->signing_name = parts.model->signing_name();
  state->user_agent = kUserAgent;
  if (!parts.config.user_agent_extra.empty()) {
    state->user_agent += ' ' + parts.config.user_agent_extra;
  }
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
  return client::sign_attempt(*state_, *operation, *prepared, options);
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
  if (endpoint->signing_region.empty()) endpoint->signing_region = state_->parts.region;
  if (endpoint->signing_name.empty()) endpoint->signing_name = state_->signing_name;
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
