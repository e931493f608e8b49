#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/client/config.h>
#include <botocxx/credentials/provider.h>
#include <botocxx/endpoint/rule_set.h>
#include <botocxx/message/url.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace botocxx::inline v1 {

/// Where a client's settings come from, for people: "use_fips_endpoint" → "the variable
/// AWS_USE_FIPS_ENDPOINT". What the program gave itself is not in it.
using SettingOrigins = std::map<std::string, std::string, std::less<>>;

/// What an endpoint is for.
enum class EndpointUse {
  kCall,
  kUrl  ///< a signed URL or form that others send later
};

/// What an endpoint is chosen by.
struct EndpointQuery {
  const Operation& operation;
  const Value& params;
  std::string_view region;
  std::string_view endpoint_url;  ///< the user's own; empty: the service's
  bool use_ssl;
  const Config& config;
  /// Asked for the account's id, where an endpoint may name it; null: there are none.
  CredentialsProvider* credentials = nullptr;
  CredentialsProvider::Deadline deadline{};
  EndpointUse use = EndpointUse::kCall;
  /// Changes the built-in parameters, by name, that the rules would get; null: nothing to change.
  std::function<Result<void>(Value& builtins)> adjust_builtins{};
  const SettingOrigins* origins = nullptr;  ///< only for explanations; null: not known
};

/// Why an endpoint was chosen.
struct EndpointExplanation {
  /// A parameter of the service's rules that has a value.
  struct Parameter {
    std::string name{};
    Value value{};
    std::string source{};  ///< a text for people
  };
  std::vector<Parameter> parameters{};
  /// The rules' own account; without a path when the service has no rules, or none decided.
  RuleSetExplanation rules{};
};

/// What an explanation is asked for.
struct ExplainOptions {
  /// Values of the rules' parameters, in place of those that the client would give.
  Value rule_params = Value::object();
  /// Nothing is taken from the query's operation: what is common to all calls.
  bool without_operation = false;
};

/// Where a request goes and how it is to be signed there.
struct Endpoint {
  Url url{};
  /// Sent with the request, in place of what the operation would send under these names.
  std::vector<std::pair<std::string, std::string>> headers{};
  /// Replaces the operation's request URI where the endpoint consumed a part of it (a bucket in
  /// the host).
  std::optional<std::string> request_uri{};
  /// The endpoint consumed the operation's host prefix, too.
  bool omit_host_prefix = false;
  /// What is signed for where `properties` and operation say nothing; empty: the client's own.
  /// In what `Client::resolve_endpoint` returns: what the call is really signed for, of
  /// Version 4a the region set.
  std::string signing_region{};
  std::string signing_name{};
  /// For `EndpointUse::kUrl`: the signature versions that endpoints.json states of the client's
  /// region; empty where it does not know the region.
  std::vector<std::string> known_signature_versions{};
  /// Only in what `Client::resolve_endpoint` returns: botocore's name of what signs the call
  /// ("v4", "s3v4", "v4a", "v4-s3express", "bearer", "none").
  std::string auth_type{};
  /// All that the rules state about the endpoint, "authSchemes" among them.
  Value properties = Value::object();
};

/// Chooses endpoints. Implementations are thread-safe, and pure but for the credentials.
class BOTOCXX_EXPORT EndpointResolver {
 public:
  virtual ~EndpointResolver() = default;
  virtual Result<Endpoint> resolve(const EndpointQuery& query) const = 0;
  /// The same, with the reasons as far as there are any: unless overridden, none.
  virtual Result<Endpoint> explain(const EndpointQuery& query, const ExplainOptions& options,
                                   EndpointExplanation& explanation) const;
  /// Before validation: completes parameters that follow from others that name an endpoint (the
  /// account of an ARN). Does nothing unless overridden.
  virtual Result<void> complete_params(const Operation& operation, const Config& config,
                                       Value& params) const;
};

}  // namespace botocxx::inline v1
