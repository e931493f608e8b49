#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/client/config.h>
#include <botocxx/message/url.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <optional>
#include <string>
#include <string_view>

namespace botocxx::inline v1 {

/// What an endpoint is chosen by.
struct EndpointQuery {
  const Operation& operation;
  const Value& params;
  std::string_view region;
  std::string_view endpoint_url;  ///< the user's own; empty: the service's
  bool use_ssl;
  const Config& config;
};

/// Where a request goes and how it is to be signed there.
struct Endpoint {
  Url url{};
  /// Replaces the operation's request URI where the endpoint consumed a part of it (a bucket in
  /// the host).
  std::optional<std::string> request_uri{};
  std::string signing_region{};  ///< empty: the client's
  std::string signing_name{};    ///< empty: the service's
};

/// Chooses endpoints. Implementations are pure and thread-safe.
class BOTOCXX_EXPORT EndpointResolver {
 public:
  virtual ~EndpointResolver() = default;
  virtual Result<Endpoint> resolve(const EndpointQuery& query) const = 0;
};

}  // namespace botocxx::inline v1
