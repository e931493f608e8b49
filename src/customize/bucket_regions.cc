#include "customize/bucket_regions.h"

namespace botocxx::customize {
namespace {

// What is forgotten is found out again.
constexpr std::size_t kMostBuckets = 1000;

}  // namespace

std::optional<std::string> BucketRegions::find(std::string_view bucket) const {
  std::lock_guard lock(mutex_);
  auto found = regions_.find(bucket);
  return found == regions_.end() ? std::nullopt : std::optional(found->second);
}

void BucketRegions::set(std::string_view bucket, std::string region) {
  std::lock_guard lock(mutex_);
  auto found = regions_.find(bucket);
  if (found != regions_.end()) {
    found->second = std::move(region);
    return;
  }
  if (regions_.size() >= kMostBuckets) regions_.erase(regions_.begin());
  regions_.emplace(bucket, std::move(region));
}

}  // namespace botocxx::customize
