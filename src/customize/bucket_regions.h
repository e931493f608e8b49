#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace botocxx::customize {

/// Which region buckets were found in, as far as it was not the client's. Thread-safe; holds a
/// thousand.
class BucketRegions {
 public:
  std::optional<std::string> find(std::string_view bucket) const;
  void set(std::string_view bucket, std::string region);

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string, std::less<>> regions_;
};

}  // namespace botocxx::customize
