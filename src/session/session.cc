#include "customize/builtin_handlers.h"
#include "customize/endpoint_policies.h"
#include "customize/signing_rules.h"
#include "endpoint/host_names.h"
#include "session/endpoint_files.h"
#include "session/endpoint_settings.h"
#include "session/rule_set_cache.h"
#include "session/signing_settings.h"
#include <botocxx/config/shared_config.h>
#include <botocxx/credentials/default_chain.h>
#include <botocxx/events/payloads.h>
#include <botocxx/session/session.h>

#include <fmt/format.h>

namespace botocxx::inline v1 {

struct Session::State {
  SessionOptions options;
  Loader loader;
  std::shared_ptr<session::EndpointFiles> endpoint_files;
  std::string region_name;
  std::string profile_name;
  std::shared_ptr<CredentialsProvider> credentials;  ///< of the session, null when there is none
  std::shared_ptr<const SharedConfig> shared;        ///< null when no configuration is read
  mutable Events events;

  explicit State(SessionOptions given)
      : options(std::move(given)),
        loader({options.data_path, options.extras, true, true, options.on_model_issue},
               options.host),
        endpoint_files(std::make_shared<session::EndpointFiles>(loader)) {
    customize::register_builtin_handlers(events, options.host);
  }
};

namespace {

// Both keys or neither; only one of them is botocore's PartialCredentialsError.
Result<std::shared_ptr<CredentialsProvider>> explicit_credentials(const std::string& access_key,
                                                                  const std::string& secret_key,
                                                                  const std::string& token) {
  if (access_key.empty() && secret_key.empty()) return std::shared_ptr<CredentialsProvider>();
  if (access_key.empty() || secret_key.empty()) {
    return Error(ErrorKind::kCredentials, "PartialCredentials",
                 fmt::format("Partial credentials found in explicit, missing: {}",
                             access_key.empty() ? "aws_access_key_id" : "aws_secret_access_key"));
  }
  Credentials credentials;
  credentials.access_key = access_key;
  credentials.secret_key = secret_key;
  credentials.session_token = token;
  return make_static_credentials_provider(std::move(credentials));
}

// A profile that the program names itself is not overridden by keys of the environment.
Result<void> read_configuration(Session::State& state) {
  const Host& host = state.options.host;
  auto shared = SharedConfig::load(host, state.options.profile_name);
  if (!shared) return std::move(shared).error();
  state.shared = *shared;
  state.profile_name = (*shared)->profile();
  state.region_name = configured_region(**shared, host, state.options.region_name);
  auto environment =
      state.options.profile_name.empty() ? EnvironmentKeys::kUsed : EnvironmentKeys::kIgnored;
  if (!state.credentials) {
    state.credentials = make_default_credentials_chain(*std::move(shared), host, environment);
  }
  return {};
}

// As `configured_region` finds it.
std::string origin_of_region(const Session::State& state) {
  if (!state.options.region_name.empty()) return "the session's";
  for (const char* variable : {"AWS_DEFAULT_REGION", "AWS_REGION"}) {
    auto value = state.options.host.environment->get(variable);
    if (value && !value->empty()) return variable;
  }
  auto setting = state.shared ? state.shared->get("region") : std::nullopt;
  return setting ? fmt::format("region in {}", setting->origin) : std::string();
}

std::string chosen_region(const Session::State& state, const ClientOptions& options,
                          ClientParts& parts) {
  if (!options.region_name.empty()) return options.region_name;
  if (!parts.config.region_name.empty()) return parts.config.region_name;
  parts.origins["region_name"] = origin_of_region(state);
  return state.region_name;
}

// Region, endpoint URL and settings, of the client or else of the session.
Result<void> set_endpoint_parts(const Session::State& state, ClientOptions& options,
                                ClientParts& parts) {
  parts.config = std::move(options.config);
  std::string region = chosen_region(state, options, parts);
  if (state.options.read_configuration) {
    const Environment& environment = *state.options.host.environment;
    auto complete = session::complete_endpoint_settings(parts.config, environment,
                                                        state.shared.get(), parts.origins);
    if (!complete) return complete;
    if (parts.endpoint_url.empty()) {
      parts.endpoint_url =
          session::configured_endpoint_url(*parts.model, parts.config, environment, parts.origins);
    }
  }
  if (!parts.endpoint_url.empty()) {
    if (auto url = Url::parse(parts.endpoint_url); !url) return std::move(url).error();
  }
  parts.region = session::without_fips(std::move(region), parts.config, parts.origins);
  if (parts.region.empty() || endpoint::is_valid_region(parts.region)) return {};
  return Error(
      ErrorKind::kUsage, "InvalidRegion",
      fmt::format("Provided region_name '{}' doesn't match a supported format.", parts.region));
}

void set_program(const SessionOptions& options, ClientParts& parts) {
  parts.program = {options.user_agent_name, options.user_agent_version, options.user_agent_extra};
  if (!options.read_configuration) return;
  parts.program.execution_environment =
      options.host.environment->get("AWS_EXECUTION_ENV").value_or("");
}

// A token of the environment belongs to the services of one signing name. One service prefers it to
// whatever else it could be signed with.
void set_signing_parts(const Session::State& state, ClientOptions& options, ClientParts& parts) {
  parts.signing = customize::signing_rules_for(*parts.model);
  parts.bearer_token = std::move(options.bearer_token);
  if (!state.options.read_configuration) return;
  session::complete_signing_settings(*parts.model, *state.options.host.environment,
                                     state.shared.get(), parts);
}

Result<std::shared_ptr<const EndpointResolver>> endpoint_resolver(
    const Session& session, const std::shared_ptr<session::EndpointFiles>& files,
    const ServiceModel& model, std::string_view service, std::string_view api_version) {
  customize::EndpointSources sources;
  auto partitions = files->partitions();
  if (!partitions) return std::move(partitions).error();
  sources.partitions = *std::move(partitions);
  sources.endpoints_data = session::endpoints_data_source(files);
  auto rules = session.endpoint_rule_set(service, api_version);
  if (rules) {
    sources.rules = *std::move(rules);
  } else if (!rules.error().is("DataNotFound")) {
    return std::move(rules).error();
  }
  return customize::endpoint_resolver_for(model, std::move(sources));
}

Result<std::string> chosen_service_name(const Events& events, std::string_view asked) {
  ChooseServiceName event(asked);
  if (auto handled = events.emit("choose-service-name", event); !handled) {
    return std::move(handled).error();
  }
  return event.response.value_or(std::string(asked));
}

Result<void> emit_loaded(const Events& events, std::string_view service,
                         std::shared_ptr<const ServiceModel>& model) {
  ServiceDataLoaded event(service, model);
  return events.emit(fmt::format("service-data-loaded.{}", service), event);
}

}  // namespace

Result<Session> Session::create(SessionOptions options) {
  auto given = explicit_credentials(options.aws_access_key_id, options.aws_secret_access_key,
                                    options.aws_session_token);
  if (!given) return std::move(given).error();
  auto state = std::make_shared<State>(std::move(options));
  state->region_name = state->options.region_name;
  state->credentials = *std::move(given);
  if (state->options.read_configuration) {
    if (auto read = read_configuration(*state); !read) return std::move(read).error();
  }
  return Session(std::move(state));
}

Result<Client> Session::client(std::string_view asked, ClientOptions options) const {
  auto name = chosen_service_name(state_->events, asked);
  if (!name) return std::move(name).error();
  const std::string& service = *name;
  auto model = state_->loader.load_service_model(service, options.api_version);
  if (!model) return std::move(model).error();
  if (auto told = emit_loaded(state_->events, service, *model); !told) {
    return std::move(told).error();
  }
  auto given = explicit_credentials(options.aws_access_key_id, options.aws_secret_access_key,
                                    options.aws_session_token);
  if (!given) return std::move(given).error();
  ClientParts parts;
  parts.events = state_->events;
  parts.model = *std::move(model);
  parts.endpoint_url = std::move(options.endpoint_url);
  if (auto set = set_endpoint_parts(*state_, options, parts); !set) return std::move(set).error();
  auto endpoints =
      endpoint_resolver(*this, state_->endpoint_files, *parts.model, service, options.api_version);
  if (!endpoints) return std::move(endpoints).error();
  parts.endpoints = *std::move(endpoints);
  parts.use_ssl = options.use_ssl;
  set_signing_parts(*state_, options, parts);
  parts.credentials = *given ? *std::move(given) : state_->credentials;
  options.http.max_pool_connections = parts.config.max_pool_connections;
  parts.http = options.http_client ? std::move(options.http_client)
                                   : make_curl_http_client(std::move(options.http));
  parts.host = state_->options.host;
  set_program(state_->options, parts);
  return Client::create(std::move(parts));
}

Result<std::shared_ptr<const EndpointRuleSet>> Session::endpoint_rule_set(
    std::string_view service, std::string_view api_version) const {
  auto document = state_->loader.load_document(service, "endpoint-rule-set-1", api_version);
  if (!document) return std::move(document).error();
  // Without them, rule sets that need none still serve; damaged ones are better known.
  auto partitions = state_->endpoint_files->partitions();
  if (!partitions) return std::move(partitions).error();
  return session::compiled_rule_set(*document, *partitions);
}

Result<std::vector<std::string>> Session::get_available_partitions() const {
  auto data = state_->endpoint_files->endpoints();
  if (!data) return std::move(data).error();
  return (*data)->partitions();
}

Result<std::vector<std::string>> Session::get_available_regions(std::string_view service,
                                                                std::string_view partition,
                                                                bool allow_non_regional) const {
  auto model = state_->loader.load_service_model(service);
  if (!model && model.error().is("UnknownService")) return std::vector<std::string>();
  if (!model) return std::move(model).error();
  auto data = state_->endpoint_files->endpoints();
  if (!data) return std::move(data).error();
  return (*data)->endpoint_names((*model)->endpoint_prefix(), partition, allow_non_regional);
}

Result<std::string> Session::get_partition_for_region(std::string_view region) const {
  auto data = state_->endpoint_files->endpoints();
  if (!data) return std::move(data).error();
  return (*data)->partition_of(region);
}

Events& Session::events() const { return state_->events; }
const Loader& Session::loader() const { return state_->loader; }
std::vector<std::string> Session::get_available_services() const {
  return state_->loader.list_available_services();
}
const std::string& Session::region_name() const { return state_->region_name; }
const std::string& Session::profile_name() const { return state_->profile_name; }

}  // namespace botocxx::inline v1
