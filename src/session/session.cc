#include "customize/bucket_endpoint_resolver.h"
#include "endpoint/host_names.h"
#include "session/rule_set_cache.h"
#include <botocxx/config/shared_config.h>
#include <botocxx/credentials/default_chain.h>
#include <botocxx/session/session.h>

#include <fmt/format.h>

namespace botocxx::inline v1 {

struct Session::State {
  SessionOptions options;
  Loader loader;
  std::string region_name;
  std::string profile_name;
  std::shared_ptr<CredentialsProvider> credentials;  ///< of the session, null when there is none

  explicit State(SessionOptions given)
      : options(std::move(given)),
        loader({options.data_path, options.extras, true, true, options.on_model_issue},
               options.host) {}
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
  state.profile_name = (*shared)->profile();
  state.region_name = configured_region(**shared, host, state.options.region_name);
  auto environment =
      state.options.profile_name.empty() ? EnvironmentKeys::kUsed : EnvironmentKeys::kIgnored;
  if (!state.credentials) {
    state.credentials = make_default_credentials_chain(*std::move(shared), host, environment);
  }
  return {};
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

Result<Client> Session::client(std::string_view service, ClientOptions options) const {
  auto model = state_->loader.load_service_model(service, options.api_version);
  if (!model) return std::move(model).error();
  auto given = explicit_credentials(options.aws_access_key_id, options.aws_secret_access_key,
                                    options.aws_session_token);
  if (!given) return std::move(given).error();
  ClientParts parts;
  parts.model = *std::move(model);
  parts.region = !options.region_name.empty()          ? options.region_name
                 : !options.config.region_name.empty() ? options.config.region_name
                                                       : state_->region_name;
  if (!parts.region.empty() && !endpoint::is_valid_region(parts.region)) {
    return Error(
        ErrorKind::kUsage, "InvalidRegion",
        fmt::format("Provided region_name '{}' doesn't match a supported format.", parts.region));
  }
  auto partitions = state_->loader.load_data("partitions");
  parts.endpoints =
      customize::endpoint_resolver_for(*parts.model, partitions ? *std::move(partitions) : nullptr);
  parts.endpoint_url = std::move(options.endpoint_url);
  parts.use_ssl = options.use_ssl;
  parts.credentials = *given ? *std::move(given) : state_->credentials;
  options.http.max_pool_connections = options.config.max_pool_connections;
  parts.http = options.http_client ? std::move(options.http_client)
                                   : make_curl_http_client(std::move(options.http));
  parts.config = std::move(options.config);
  parts.host = state_->options.host;
  return Client::create(std::move(parts));
}

Result<std::shared_ptr<const EndpointRuleSet>> Session::endpoint_rule_set(
    std::string_view service, std::string_view api_version) const {
  auto document = state_->loader.load_document(service, "endpoint-rule-set-1", api_version);
  if (!document) return std::move(document).error();
  auto partitions = state_->loader.load_data("partitions");
  return session::compiled_rule_set(*document, partitions ? *partitions : nullptr);
}

const Loader& Session::loader() const { return state_->loader; }
std::vector<std::string> Session::get_available_services() const {
  return state_->loader.list_available_services();
}
const std::string& Session::region_name() const { return state_->region_name; }
const std::string& Session::profile_name() const { return state_->profile_name; }

}  // namespace botocxx::inline v1
