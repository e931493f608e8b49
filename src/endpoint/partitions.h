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

/// A group of regions under one DNS suffix.
struct Partition {
  std::string id;
  std::string dns_suffix;
  std::string dual_stack_dns_suffix;
  std::string implicit_global_region;
  bool supports_fips = false;
  bool supports_dual_stack = false;
  std::vector<std::string> regions;      ///< named one by one; sorted
  std::optional<RegionPattern> pattern;  ///< of regions that are not named
};

/// The partitions.json document, its patterns compiled. Immutable.
class Partitions {
 public:
  /// Refuses a document without partitions and one with damaged ones; the error's pointer says
  /// where.
  static Result<std::shared_ptr<const Partitions>> compile(const Value& document);

  /// The first partition that names `region` or whose pattern fits it, else the first of all.
  const Partition& find(std::string_view region) const;
  /// What partition has no region in it.
  const Partition& first() const { return partitions_.front(); }
  const std::vector<Partition>& all() const { return partitions_; }

 private:
  std::vector<Partition> partitions_;
};

}  // namespace botocxx::endpoint
