#pragma once

#include "endpoint/region_pattern.h"
#include <botocxx/base/result.h>
#include <botocxx/value/value.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::endpoint {

struct EndpointVariant {
  bool dual_stack = false;
  bool fips = false;
};

/// An entry of endpoints.json, defaults merged in.
struct KnownEndpoint {
  std::string partition;
  std::string name;  ///< the region, or a name such as "aws-global"
  std::string hostname;
  std::string signing_region;  ///< of its credential scope, else the name
  std::string signing_name;    ///< of its credential scope, empty when it has none
  bool https = true;           ///< is spoken there
};

/// The endpoints.json document: regions, partitions, and the hosts of services that have no rule
/// set (botocore's `EndpointResolver`). Services are named by their endpoint prefix. Immutable.
class EndpointsData {
 public:
  /// Refuses a document without partitions, and one in which a partition, a service's entries or
  /// a pattern is none ("InvalidEndpoints"; the context names the place as a JSON "pointer").
  static Result<std::shared_ptr<const EndpointsData>> read(std::shared_ptr<const Value> document);

  /// The endpoint of a service; without a region that of the partition, where the service has one
  /// for all. Errors: "NoRegion", "EndpointVariant".
  Result<KnownEndpoint> find(std::string_view service, std::string_view region,
                             EndpointVariant variant = {}) const;

  /// What signs at a region that the document lists, or at the endpoint of a whole partition; none
  /// where it lists neither.
  std::vector<std::string> signature_versions(std::string_view service,
                                              std::string_view region) const;

  std::vector<std::string> partitions() const;
  /// Names in the order of the document; without `non_regional` only those that are regions.
  std::vector<std::string> endpoint_names(std::string_view service, std::string_view partition,
                                          bool non_regional) const;
  /// "UnknownRegion" when no partition claims it.
  Result<std::string> partition_of(std::string_view region) const;

 private:
  struct Partition {
    const Value* content;
    std::optional<RegionPattern> pattern;

    bool claims(std::string_view region) const;
  };

  static Result<Partition> read_partition(const Value& content, const std::string& pointer);
  /// Nothing when the partition does not know the region, unless `force`.
  Result<std::optional<KnownEndpoint>> find_in(const Partition& partition, std::string_view service,
                                               std::string_view region, EndpointVariant variant,
                                               bool force) const;

  std::shared_ptr<const Value> document_;
  std::vector<Partition> partitions_;
};

}  // namespace botocxx::endpoint
