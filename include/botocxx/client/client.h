#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/host.h>
#include <botocxx/base/result.h>
#include <botocxx/base/sleeper.h>
#include <botocxx/client/call_future.h>
#include <botocxx/client/client_methods.h>
#include <botocxx/client/config.h>
#include <botocxx/client/endpoint_resolver.h>
#include <botocxx/client/response.h>
#include <botocxx/credentials/provider.h>
#include <botocxx/credentials/token_provider.h>
#include <botocxx/events/events.h>
#include <botocxx/model/service_model.h>
#include <botocxx/retry/retry_policy.h>
#include <botocxx/transport/http_client.h>
#include <botocxx/value/value.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace botocxx::inline v1 {

/// What a store signs beyond S3 where Version 4 is not used (signature version "s3"). Version 4
/// signs every parameter and header.
struct StoreSigning {
  struct SubResource {
    std::string name{};    ///< of a query parameter that is signed
    std::string unless{};  ///< but not beside this parameter; empty: always
  };
  std::vector<SubResource> sub_resources{};
  /// Prefixes of headers, in lower case, besides `x-amz-`: "x-emc-".
  std::vector<std::string> header_prefixes{};
};

/// How a service's habits and the user's files change what signs a call.
struct SigningRules {
  /// The client's signature version where nobody configured one; empty: the model's.
  std::string default_version{};
  /// Signs every operation where nobody configured a version, whatever model and endpoint say.
  std::string version_unless_configured{};
  /// In URLs and forms for others: signs where nobody configured a version and endpoints.json
  /// states it of the region. Empty: nothing does.
  std::string version_of_known_urls{};
  /// Operations whose URLs are signed without Content-Type, which senders of URLs rarely set.
  std::vector<std::string> urls_without_content_type{};
  /// Operations and the version that always signs them; "none": nothing does.
  std::vector<std::pair<std::string, std::string>> forced{};
  /// The operation that gives credentials for a bucket to whom its endpoint wants to see sessions;
  /// empty: there are none.
  std::string session_operation{};
  StoreSigning store{};
  /// Of environment or profile: the option of that name is stronger.
  std::string auth_scheme_preference{};
  /// The token is meant for this very service: it goes before other schemes.
  bool prefer_bearer = false;
};

/// What the User-Agent header tells of the program, beside a client's own settings.
struct ProgramName {
  std::string name{}, version{};  ///< of what is built on this library; both or none
  std::string extra{};            ///< appended as it is
  std::string execution_environment{};
};

/// What a store knows of checksums beside what the models say.
struct IntegrityRules {
  /// False: checksums always go into headers, so that bodies are read before they are sent.
  bool takes_trailers = true;
  /// Where the model requires a checksum and the call names no algorithm: Content-MD5, not CRC32.
  bool content_md5 = false;
};

/// Gives the document of that type ("paginators-1", "waiters-2") of a client's service and version.
using DocumentSource = std::function<Result<std::shared_ptr<const Value>>(std::string_view type)>;

/// What a client is made of; a `Session` fills it in.
struct ClientParts {
  std::shared_ptr<const ServiceModel> model{};
  DocumentSource documents{};  ///< null: there are none
  std::string region{};
  std::string endpoint_url{};
  bool use_ssl = true;
  Config config{};
  std::shared_ptr<CredentialsProvider> credentials{};  ///< null: calls fail with "NoCredentials"
  std::string bearer_token{};  ///< for operations that are signed with a token; empty: `tokens`'
  std::shared_ptr<TokenProvider> tokens{};  ///< null: none
  SigningRules signing{};
  IntegrityRules integrity{};
  ProgramName program{};
  std::shared_ptr<const EndpointResolver> endpoints{};
  std::shared_ptr<HttpClient> http{};  ///< null: only `prepare` and `parse` work
  Host host = system_host();
  std::shared_ptr<RetryPolicy> retries{};      ///< null: one attempt, unless handlers want another
  Events events{};                             ///< the client starts with a copy of these handlers
  const Sleeper* sleeper = &system_sleeper();  ///< waits between attempts; outlives the client
  SettingOrigins origins{};                    ///< for explanations
};

/// Options of one call.
struct CallOptions {
  /// End of the whole call: credentials, connection, transfer of a body that is read whole.
  std::optional<std::chrono::steady_clock::time_point> deadline{};
  std::stop_token stop{};
  /// Used for members that ask for an idempotency token, instead of a random UUID.
  std::optional<std::string> idempotency_token{};
};

/// Calls any operation of one service by its name. A cheap handle over shared immutable state:
/// copy it freely, use it from any number of threads.
class BOTOCXX_EXPORT Client {
 public:
  static Result<Client> create(ClientParts parts);

  /// Validates `params`, builds, signs and sends the request, and parses the answer.
  /// `operation` is the model's name or its snake_case form ("list_objects_v2").
  /// For an operation with streaming output, the payload member is a stream that reads from the
  /// connection; read or drop it before the response.
  /// Names that the model has not may be methods or aliases, which handlers of the events
  /// "creating-client-class" and "getattr" give (docs/events.md).
  Result<Response> call(std::string_view operation, const Value& params = Value::object(),
                        const CallOptions& options = {}) const;

  /// The same without waiting: `loop` sends, receives and waits between attempts, for any number of
  /// calls at once. Null: a loop of the process, which starts with the first call that needs it.
  /// Parameters are checked, credentials found and the first attempt signed before it returns.
  /// Handlers of later events run on the loop's thread.
  CallFuture call_async(std::string_view operation, const Value& params = Value::object(),
                        CallOptions options = {}, std::shared_ptr<EventLoop> loop = {}) const;

  /// The request that the first attempt would send, signed; nothing is sent.
  Result<HttpRequest> prepare(std::string_view operation, const Value& params = Value::object(),
                              const CallOptions& options = {}) const;

  /// Where `call` would send this, and what it would sign for; `params` are not validated.
  Result<Endpoint> resolve_endpoint(std::string_view operation,
                                    const Value& params = Value::object(),
                                    const CallOptions& options = {}) const;

  /// The same, and why. The operation may be empty: then it is what all operations have in common,
  /// and what is signed for is left empty.
  Result<Endpoint> explain_endpoint(std::string_view operation, const Value& params,
                                    const ExplainOptions& options,
                                    EndpointExplanation& explanation) const;

  /// What `call` would return for this answer.
  Result<Response> parse(std::string_view operation, HttpResponse response) const;

  const ServiceModel& model() const;
  /// What comes with the model, extras merged: "paginators-1", "waiters-2". "DataNotFound" where
  /// the service has none.
  Result<std::shared_ptr<const Value>> load_document(std::string_view type) const;
  const std::string& region_name() const;
  const Config& config() const;
  /// The handlers of this client's events; to be changed at any time.
  Events& events() const;

  struct State;
  /// For the library's own modules.
  const State& state() const { return *state_; }

 private:
  explicit Client(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  struct Callable {
    const ClientMethod* method;  ///< null where it is an operation
    std::optional<Operation> operation;
  };
  Result<Callable> find(std::string_view name) const;
  Result<Operation> find_operation(std::string_view name) const;

  std::shared_ptr<const State> state_{};
};

}  // namespace botocxx::inline v1
