#include "customize/bucket_redirect.h"
#include "customize/builtin_handlers.h"
#include "customize/endpoint_policies.h"
#include "customize/retry_policies.h"
#include "customize/signing_rules.h"
#include "endpoint/host_names.h"
#include "session/client_settings.h"
#include "session/defaults_modes.h"
#include "session/endpoint_files.h"
#include "session/retry_settings.h"
#include "session/rule_set_cache.h"
#include "session/session_credentials.h"
#include "session/signing_settings.h"
#include <botocxx/config/shared_config.h>
#include <botocxx/events/payloads.h>
#include <botocxx/session/session.h>

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::inline v1 {

struct Session::State {
  SessionOptions options;
  Loader loader;
  std::shared_ptr<session::EndpointFiles> endpoint_files;
  std::string region_name;
  std::string profile_name;
  std::shared_ptr<CredentialsProvider> credentials;    ///< given to the session, null without
  std::shared_ptr<session::SessionCredentials> found;  ///< null when no configuration is read
  std::shared_ptr<const SharedConfig> shared;          ///< null when no configuration is read
  Settings settings;
  std::shared_ptr<session::DefaultsModes> defaults_modes;
  mutable Events events;

  State(SessionOptions given, std::vector<std::string> data_path)
      : options(std::move(given)),
        loader({std::move(data_path), options.extras, true, true, options.on_model_issue},
               options.host),
        endpoint_files(std::make_shared<session::EndpointFiles>(loader)) {
    customize::register_builtin_handlers(events, options.host);
  }
};

namespace {

// Of a session that does not read the user's.
class NoEnvironment : public Environment {
 public:
  std::optional<std::string> get(std::string_view) const override { return std::nullopt; }
};

struct ExplicitKeys {
  const std::string& access_key;
  const std::string& secret_key;
  const std::string& token;
  const std::string& account_id;
};

// Both keys or neither; only one of them is botocore's PartialCredentialsError.
Result<std::shared_ptr<CredentialsProvider>> explicit_credentials(const ExplicitKeys& keys) {
  if (keys.access_key.empty() && keys.secret_key.empty()) {
    return std::shared_ptr<CredentialsProvider>();
  }
  if (keys.access_key.empty() || keys.secret_key.empty()) {
    return Error(
        ErrorKind::kCredentials, "PartialCredentials",
        fmt::format("Partial credentials found in explicit, missing: {}",
                    keys.access_key.empty() ? "aws_access_key_id" : "aws_secret_access_key"));
  }
  Credentials credentials;
  credentials.access_key = keys.access_key;
  credentials.secret_key = keys.secret_key;
  credentials.session_token = keys.token;
  credentials.account_id = keys.account_id;
  return make_static_credentials_provider(std::move(credentials));
}

// What the session's own parameters are as settings: boto3 sets the same variables.
Settings resolve_settings(const SessionOptions& options, const SharedConfig* shared) {
  SettingSources sources;
  if (options.read_configuration) sources.environment = options.host.environment;
  sources.shared = shared;
  sources.variables = options.config_variables;
  if (!options.profile_name.empty()) sources.variables.set("profile", options.profile_name);
  if (!options.region_name.empty()) sources.variables.set("region", options.region_name);
  return Settings::resolve(sources);
}

// The program's own, then what settings name; the loader itself reads the environment.
std::vector<std::string> data_path_of(const SessionOptions& options, const Settings& settings) {
  std::vector<std::string> path = options.data_path;
  const Setting* setting = settings.find("data_path");
  if (!setting->is_configured()) return path;
  const Setting::Candidate& best = setting->candidates.front();
  if (best.layer == SettingLayer::kEnvironment) return path;
  for (std::string_view rest = best.text; !rest.empty();) {
    std::size_t end = std::min(rest.find(':'), rest.size());
    if (end > 0) path.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return path;
}

std::string chosen_region(const Session::State& state, const ClientOptions& options,
                          ClientParts& parts) {
  if (!options.region_name.empty()) return options.region_name;
  if (!parts.config.region_name.empty()) return parts.config.region_name;
  parts.origins["region_name"] = session::origin_text(*state.settings.find("region"));
  return state.region_name;
}

// Who signs: nobody, the client's own keys, the session's, or what the machine has.
std::shared_ptr<CredentialsProvider> signing_credentials(const Session::State& state,
                                                         std::shared_ptr<CredentialsProvider> given,
                                                         const ClientParts& parts) {
  if (parts.config.unsigned_requests) return nullptr;
  if (given) return given;
  if (state.credentials || !state.found) return state.credentials;
  return state.found->provider(parts.region);
}

// Region, endpoint URL and settings, of the client or else of the session.
Result<void> set_endpoint_parts(const Session::State& state, ClientOptions& options,
                                ClientParts& parts) {
  parts.config = state.options.default_client_config.merge(options.config);
  std::string region = chosen_region(state, options, parts);
  parts.region = session::without_fips(std::move(region), parts.config, parts.origins);
  if (!parts.region.empty() && !endpoint::is_valid_region(parts.region)) {
    return Error(
        ErrorKind::kUsage, "InvalidRegion",
        fmt::format("Provided region_name '{}' doesn't match a supported format.", parts.region));
  }
  auto moded =
      state.defaults_modes->apply(state.settings, parts.config.defaults_mode, parts.region);
  if (!moded) return std::move(moded).error();
  bool ignored = parts.config.ignore_configured_endpoint_urls.value_or(
      state.settings.flag("ignore_configured_endpoint_urls").value_or(false));
  if (parts.endpoint_url.empty() && !ignored) {
    auto url = state.settings.endpoint_url_setting(parts.model->hyphenized_service_id());
    if (!url) return std::move(url).error();
    if (url->is_set()) {
      parts.endpoint_url = url->candidates.front().text;
      parts.origins["endpoint_url"] = session::origin_text(*url);
    }
  }
  if (!parts.endpoint_url.empty()) {
    if (auto url = Url::parse(parts.endpoint_url); !url) return std::move(url).error();
  }
  return session::complete_config(parts.config, *moded, parts.origins);
}

void set_program(const SessionOptions& options, ClientParts& parts) {
  parts.program = {options.user_agent_name, options.user_agent_version, options.user_agent_extra};
  if (!options.read_configuration) return;
  parts.program.execution_environment =
      options.host.environment->get("AWS_EXECUTION_ENV").value_or("");
}

// The file of certificates that the settings name; a blank one is botocore's error.
Result<std::string> configured_ca_bundle(const Settings& settings) {
  for (std::string_view name : {"ca_bundle", "requests_ca_bundle"}) {
    const Setting& setting = *settings.find(name);
    if (!setting.is_set()) continue;
    const Setting::Candidate& best = setting.candidates.front();
    if (best.text.find_first_not_of(" \t\r\n\v\f") != std::string::npos) return best.text;
    return Error(ErrorKind::kCredentials, "InvalidConfig",
                 fmt::format("Invalid CA bundle: {} is empty, where a file or folder is expected",
                             best.origin));
  }
  return std::string();
}

// Of the connection: certificates, pool, proxies.
Result<void> set_http_options(const Session::State& state, const Config& config,
                              HttpClientOptions& options) {
  options.max_pool_connections =
      config.max_pool_connections.value_or(Config::kDefaultPoolConnections);
  if (options.ca_bundle.empty() && options.verify) {
    auto bundle = configured_ca_bundle(state.settings);
    if (!bundle) return std::move(bundle).error();
    options.ca_bundle = *std::move(bundle);
  }
  if (!options.proxies) options.proxies = config.proxies;
  options.tcp_keepalive = options.tcp_keepalive || config.tcp_keepalive.value_or(false);
  const Config::ProxiesConfig& proxy = config.proxies_config;
  if (options.proxy_tls.ca_bundle.empty()) options.proxy_tls.ca_bundle = proxy.ca_bundle;
  if (options.proxy_tls.client_cert.empty()) {
    options.proxy_tls.client_cert = proxy.client_cert;
    options.proxy_tls.client_key = proxy.client_key;
  }
  if (!options.client_cert.empty()) return {};
  options.client_cert = config.client_cert;
  options.client_key = config.client_key;
  return {};
}

// The version of a service's model that the profile's `api_versions` block asks for.
std::string configured_api_version(const Session::State& state, std::string_view service) {
  auto versions = state.settings.value("api_versions");
  if (!versions) return {};
  return std::string((*versions)[service].get_if_string().value_or(""));
}

// A token of the environment belongs to the services of one signing name. One service prefers it to
// whatever else it could be signed with.
void set_signing_parts(const Session::State& state, ClientOptions& options, ClientParts& parts) {
  parts.signing = customize::signing_rules_for(*parts.model);
  parts.signing.store = std::move(options.store_signing);
  parts.bearer_token = std::move(options.bearer_token);
  if (!state.options.read_configuration) return;
  session::complete_signing_settings(*parts.model, *state.options.host.environment, state.settings,
                                     parts);
}

// Nothing but the mode "legacy" needs the file; without it a call is tried once.
Result<void> set_retries(const Session::State& state, ClientParts& parts) {
  static const NoEnvironment none;
  bool reads = state.options.read_configuration;
  const Environment& environment = reads ? *state.options.host.environment : none;
  auto settings = session::retry_settings(parts.config.retries, environment,
                                          reads ? state.shared.get() : nullptr);
  if (!settings) return std::move(settings).error();
  auto document = state.loader.load_data("_retry");
  if (!document && !document.error().is("DataNotFound")) return std::move(document).error();
  auto policy =
      customize::retry_policy_for(*parts.model, *settings, document ? document->get() : nullptr,
                                  state.options.host.clock->now());
  if (!policy) return std::move(policy).error();
  parts.retries = *std::move(policy);
  parts.config.retries.mode = settings->mode;
  parts.config.retries.total_max_attempts = settings->total_max_attempts;
  return {};
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

// Of the version that the client's model has, whatever the latest one is.
DocumentSource document_source(const Loader& loader, const ServiceModel& model) {
  return [loader, service = std::string(model.service_name()),
          version = std::string(model.api_version())](std::string_view type) {
    return loader.load_document(service, type, version);
  };
}

}  // namespace

Result<Session> Session::create(SessionOptions options) {
  auto given = explicit_credentials({options.aws_access_key_id, options.aws_secret_access_key,
                                     options.aws_session_token, options.aws_account_id});
  if (!given) return std::move(given).error();
  if (!*given && !options.aws_account_id.empty()) {
    return Error(ErrorKind::kCredentials, "NoCredentials", "Unable to locate credentials")
        .with_hint("an account's id is of use with keys only");
  }
  std::shared_ptr<const SharedConfig> shared;
  if (options.read_configuration) {
    auto loaded = SharedConfig::load(options.host, options.profile_name);
    if (!loaded) return std::move(loaded).error();
    shared = *std::move(loaded);
  }
  Settings settings = resolve_settings(options, shared.get());
  std::vector<std::string> data_path = data_path_of(options, settings);
  auto state = std::make_shared<State>(std::move(options), std::move(data_path));
  state->settings = std::move(settings);
  state->shared = std::move(shared);
  state->region_name = state->settings.text("region").value_or("");
  state->profile_name = state->shared ? state->shared->profile() : state->options.profile_name;
  state->credentials = *std::move(given);
  state->defaults_modes = std::make_shared<session::DefaultsModes>(
      state->loader, *state->options.host.environment, state->options.instance_region);
  if (state->shared) {
    state->found = std::make_shared<session::SessionCredentials>(state->options, state->shared);
  }
  return Session(std::move(state));
}

Result<Client> Session::client(std::string_view asked, ClientOptions options) const {
  auto name = chosen_service_name(state_->events, asked);
  if (!name) return std::move(name).error();
  const std::string& service = *name;
  if (options.api_version.empty()) options.api_version = configured_api_version(*state_, service);
  auto model = state_->loader.load_service_model(service, options.api_version);
  if (!model) return std::move(model).error();
  if (auto told = emit_loaded(state_->events, service, *model); !told) {
    return std::move(told).error();
  }
  auto given = explicit_credentials({options.aws_access_key_id, options.aws_secret_access_key,
                                     options.aws_session_token, options.aws_account_id});
  if (!given) return std::move(given).error();
  ClientParts parts;
  parts.events = state_->events;
  parts.model = *std::move(model);
  parts.documents = document_source(state_->loader, *parts.model);
  parts.endpoint_url = std::move(options.endpoint_url);
  if (auto set = set_endpoint_parts(*state_, options, parts); !set) return std::move(set).error();
  auto endpoints =
      endpoint_resolver(*this, state_->endpoint_files, *parts.model, service, options.api_version);
  if (!endpoints) return std::move(endpoints).error();
  parts.endpoints = *std::move(endpoints);
  parts.use_ssl = options.use_ssl;
  set_signing_parts(*state_, options, parts);
  parts.credentials = signing_credentials(*state_, *std::move(given), parts);
  if (state_->found) {
    parts.tokens = state_->found->tokens(parts.model->signing_name(), parts.region);
  }
  if (!options.http_client) options.http_client = state_->options.http_client;
  if (auto set = set_http_options(*state_, parts.config, options.http); !set) {
    return std::move(set).error();
  }
  if (auto set = set_retries(*state_, parts); !set) return std::move(set).error();
  parts.http = options.http_client ? std::move(options.http_client)
                                   : make_curl_http_client(std::move(options.http));
  parts.host = state_->options.host;
  set_program(state_->options, parts);
  parts.sleeper = options.sleeper;
  auto client = Client::create(std::move(parts));
  if (client) customize::register_bucket_redirect(client->model(), client->events());
  return client;
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
std::shared_ptr<CredentialsProvider> Session::credentials() const {
  if (state_->credentials || !state_->found) return state_->credentials;
  return state_->found->provider(state_->region_name);
}

Result<std::shared_ptr<const Credentials>> Session::get_credentials() const {
  if (auto provider = credentials()) return provider->resolve(std::nullopt);
  return Error(ErrorKind::kCredentials, "NoCredentials", "Unable to locate credentials");
}

Result<CredentialsContext> Session::credentials_context() const {
  auto shared = state_->shared;
  if (!shared) {
    auto loaded = SharedConfig::load(state_->options.host, state_->options.profile_name);
    if (!loaded) return std::move(loaded).error();
    shared = *std::move(loaded);
  }
  return session::credentials_context(state_->options, std::move(shared), state_->region_name);
}

std::vector<std::string> Session::available_profiles() const {
  return state_->shared ? state_->shared->profile_names() : std::vector<std::string>();
}
const Settings& Session::settings() const { return state_->settings; }
const std::shared_ptr<const SharedConfig>& Session::shared_config() const { return state_->shared; }

Result<Value> Session::get_config_variable(std::string_view name) const {
  if (state_->settings.find(name) != nullptr) return state_->settings.value(name);
  std::string prefix = fmt::format("{}.", name);
  Value group;
  for (const Setting& setting : state_->settings.all()) {
    if (!setting.spec->name.starts_with(prefix) || !setting.is_set()) continue;
    if (group.is_null()) group = Value::object();
    auto value = state_->settings.value(setting.spec->name);
    if (!value) return value;
    group.set(setting.spec->name.substr(prefix.size()), *std::move(value));
  }
  return group;
}

Result<Session> Session::with_config_variable(std::string_view name, Value value) const {
  SessionOptions options = state_->options;
  if (name == "profile") {
    options.profile_name = value.get_if_string().value_or("");
  } else if (name == "region") {
    options.region_name = value.get_if_string().value_or("");
  } else {
    options.config_variables.set(name, std::move(value));
  }
  return create(std::move(options));
}

Session Session::with_default_client_config(Config config) const {
  auto state = std::make_shared<State>(*state_);
  state->options.default_client_config = std::move(config);
  return Session(std::move(state));
}

const std::string& Session::region_name() const { return state_->region_name; }
const std::string& Session::profile_name() const { return state_->profile_name; }

}  // namespace botocxx::inline v1
