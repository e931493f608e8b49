#pragma once

#include <botocxx/client/endpoint_resolver.h>

#include <string>
#include <string_view>

namespace botocxx::client {

/// How a client's settings become parameters of endpoint rules, and what its service does with the
/// result. This one is botocore's for every service without habits of its own; `customize` has
/// those of the others. Stateless and thread-safe.
class EndpointPolicy {
 public:
  virtual ~EndpointPolicy() = default;

  /// The region that the rules get; empty: none.
  virtual std::string region(const EndpointQuery& query) const;
  /// The pseudo region that stands for the client's where a URL is made for others and the region
  /// is in the first partition; empty: none does.
  virtual std::string_view url_region(const EndpointQuery& query) const;
  /// The value of a built-in parameter ("AWS::UseFIPS"), null when it has none. `region` is what
  /// the function of that name gave, or the partition's endpoint in its place.
  virtual Value built_in(std::string_view name, const EndpointQuery& query,
                         const std::string& region) const;
  /// The value of a parameter that is a setting of the client's, by its name in snake_case.
  virtual Value client_context(std::string_view name, const EndpointQuery& query) const;
  /// A value for a parameter that has none from anywhere else.
  virtual Value missing(std::string_view name, const EndpointQuery& query) const;
  /// `params` are those of the rules.
  virtual void finish(const EndpointQuery& query, const Value& params, Endpoint& endpoint) const;
  /// botocore's error in place of a rule's.
  virtual Error translate(Error error, const Value& params) const;
  /// As `EndpointResolver::complete_params`.
  virtual Result<void> complete_params(const Operation& operation, const Config& config,
                                       Value& params) const;
};

/// Whether a built-in of this name is known.
bool is_built_in(std::string_view name);

}  // namespace botocxx::client
