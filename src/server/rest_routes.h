#pragma once

#include "server/uri_template.h"
#include <botocxx/server/router.h>

#include <string>
#include <vector>

namespace botocxx::server {

/// An operation as its requests look.
struct RestCandidate {
  Operation operation;
  UriTemplate uri;
  std::vector<std::string> required_query;
  std::vector<std::string> required_headers;
  std::vector<std::string> known_query;
};

/// Routes of the REST protocols: by path templates.
class RestRoutes {
 public:
  RestRoutes(const ServiceModel& model, std::vector<std::string> virtual_host_domains);

  Result<Route> find(const HttpRequest& request) const;

 private:
  std::vector<std::string> domains_;  ///< lower-case
  std::vector<RestCandidate> candidates_;
};

}  // namespace botocxx::server
