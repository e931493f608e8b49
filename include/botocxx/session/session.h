#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/host.h>
#include <botocxx/base/result.h>
#include <botocxx/client/client.h>
#include <botocxx/config/settings.h>
#include <botocxx/credentials/context.h>
#include <botocxx/credentials/provider.h>
#include <botocxx/endpoint/rule_set.h>
#include <botocxx/events/events.h>
#include <botocxx/model/loader.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::inline v1 {

/// What a session is made with; names and meaning are boto3's.
struct SessionOptions {
  std::string profile_name{};       ///< empty: AWS_DEFAULT_PROFILE, AWS_PROFILE, else "default"
  std::string region_name{};        ///< empty: environment, then the profile's
  std::string aws_access_key_id{};  ///< with the secret: used instead of any other source
  std::string aws_secret_access_key{};
  std::string aws_session_token{};
  std::string aws_account_id{};  ///< of those keys; without them an error ("NoCredentials")
  /// Settings by their names (docs/configuration.md), before environment and files: botocore's
  /// `set_config_variable`. Values are texts, numbers or booleans.
  Value config_variables = Value::object();
  /// What clients start with: botocore's `set_default_client_config`.
  Config default_client_config{};
  /// Asked for the machine's region where the defaults mode is "auto" and nothing else tells; null:
  /// nobody is asked.
  std::function<std::optional<std::string>()> instance_region{};
  /// Name and version of a program that is built on this library, for the User-Agent header; both
  /// or none. The extra is appended to it as it is.
  std::string user_agent_name{};
  std::string user_agent_version{};
  std::string user_agent_extra{};
  /// Model roots before all others, and named extras to apply (see `LoaderOptions`).
  std::vector<std::string> data_path{};
  std::vector<std::string> extras{};
  /// Gets warnings about model files; null: they are kept silent.
  std::function<void(const ModelIssue&)> on_model_issue{};
  /// Whether environment variables and the user's configuration files are read (model files on the
  /// data path always are).
  bool read_configuration = true;
  /// How credentials are found and kept.
  CredentialsOptions credentials{};
  /// Sends the requests of clients that have no own one, and of providers of credentials; null: one
  /// over libcurl for each client.
  std::shared_ptr<HttpClient> http_client{};
  Host host = system_host();
};

/// What a client is made with; names and meaning are boto3's.
struct ClientOptions {
  std::string region_name{};  ///< empty: the session's
  std::string api_version{};  ///< empty: the latest
  std::string endpoint_url{};
  bool use_ssl = true;
  /// boto3's `verify` is `http.verify`, or `http.ca_bundle`; of what is empty the settings count.
  HttpClientOptions http = HttpClientOptions();
  std::string aws_access_key_id{};
  std::string aws_secret_access_key{};
  std::string aws_session_token{};
  std::string aws_account_id{};  ///< of those keys; without them it is ignored
  /// For operations that are signed with a token; empty: AWS_BEARER_TOKEN_<SIGNING NAME>.
  std::string bearer_token{};
  /// For stores with operations of their own that are called with `signature_version` "s3".
  StoreSigning store_signing{};
  Config config{};
  /// Instead of the one over libcurl.
  std::shared_ptr<HttpClient> http_client{};
  /// Waits between the attempts of a call; outlives the client.
  const Sleeper* sleeper = &system_sleeper();
};

/// Finds models, settings and credentials, and makes clients from them. A cheap handle over shared
/// immutable state, usable from any number of threads; creating one opens no connection.
class BOTOCXX_EXPORT Session {
 public:
  static Result<Session> create(SessionOptions options = {});

  /// A client of `service` ("s3"). Errors: "UnknownService", "PartialCredentials", "InvalidRegion",
  /// a model's own errors.
  Result<Client> client(std::string_view service, ClientOptions options = {}) const;

  /// What `credentials()` gives now; "NoCredentials" with a hint a provider when there is nothing.
  Result<std::shared_ptr<const Credentials>> get_credentials() const;

  /// Names of all profiles, those of the config file first.
  std::vector<std::string> available_profiles() const;
  /// Every setting with its value and where that came from.
  const Settings& settings() const;
  /// A setting's value by its type, null when it has none or nobody knows it; "s3" and
  /// "proxies_config" give their groups as objects. "InvalidConfig" for what is no integer.
  Result<Value> get_config_variable(std::string_view name) const;
  /// botocore's `set_config_variable` and `set_default_client_config` on a copy: a session never
  /// changes. Files and environment are read anew.
  Result<Session> with_config_variable(std::string_view name, Value value) const;
  Session with_default_client_config(Config config) const;

  /// The rules that choose a service's endpoints; empty version: the latest. Errors:
  /// "DataNotFound" for a service that has none, "InvalidRuleSet".
  Result<std::shared_ptr<const EndpointRuleSet>> endpoint_rule_set(
      std::string_view service, std::string_view api_version = {}) const;

  /// Names of partitions ("aws", "aws-cn", …) and, for a service, of its regions in one; with
  /// `allow_non_regional` also of endpoints that are no region ("aws-global"). Sources and order
  /// are those of endpoints.json, which is read once; an unknown service or partition has none.
  /// Errors: "DataNotFound" without that file, "InvalidModel" or "InvalidEndpoints" with the place
  /// in it that is damaged, a model's own errors.
  Result<std::vector<std::string>> get_available_partitions() const;
  Result<std::vector<std::string>> get_available_regions(std::string_view service,
                                                         std::string_view partition = "aws",
                                                         bool allow_non_regional = false) const;
  /// "UnknownRegion" when no partition claims it.
  Result<std::string> get_partition_for_region(std::string_view region) const;

  /// Handlers that every client made from now on starts with: botocore's own, and what is
  /// registered here.
  Events& events() const;
  /// Who signs the calls of this session's clients; null when there is nobody (nothing was given
  /// and no configuration is read). Nothing is looked for before it is asked.
  std::shared_ptr<CredentialsProvider> credentials() const;
  /// What more providers can be made of: `make_role_provider(session.credentials_context(), …)`.
  /// Errors: those of reading the user's files.
  Result<CredentialsContext> credentials_context() const;

  const Loader& loader() const;
  std::vector<std::string> get_available_services() const;
  /// Empty when none is configured.
  const std::string& region_name() const;
  const std::string& profile_name() const;
  /// The user's files; null when no configuration is read.
  const std::shared_ptr<const SharedConfig>& shared_config() const;

  struct State;

 private:
  explicit Session(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_{};
};

}  // namespace botocxx::inline v1
