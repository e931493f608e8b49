#pragma once

#include "client/rule_set_endpoint_resolver.h"
#include "endpoint/endpoints_data.h"
#include "endpoint/partitions.h"
#include <botocxx/endpoint/rule_set.h>
#include <botocxx/model/loader.h>

#include <memory>
#include <mutex>
#include <string_view>

namespace botocxx::session {

/// What a session's data path says about endpoints, each read when it is first wanted and then
/// kept. Errors name the file and the place in it, and are not kept. Thread-safe.
class EndpointFiles {
 public:
  explicit EndpointFiles(Loader loader) : loader_(std::move(loader)) {}

  /// endpoints.json; "DataNotFound" when there is none, "InvalidEndpoints" when it is damaged.
  Result<std::shared_ptr<const endpoint::EndpointsData>> endpoints();
  /// partitions.json; null when there is none, "InvalidPartitions" when it is damaged.
  Result<std::shared_ptr<const endpoint::Partitions>> partitions();

 private:
  Loader loader_;
  std::mutex mutex_;
  std::shared_ptr<const endpoint::EndpointsData> endpoints_;
  std::shared_ptr<const endpoint::Partitions> partitions_;
};

/// For resolvers: a missing endpoints.json is no error.
client::EndpointsDataSource endpoints_data_source(std::shared_ptr<EndpointFiles> files);

}  // namespace botocxx::session
