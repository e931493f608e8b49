#include "client/clock_offsets.h"

namespace botocxx::client {
namespace {

// Buckets can be in the host's name; what is forgotten is found out again.
constexpr std::size_t kMostHosts = 256;

}  // namespace

std::chrono::seconds ClockOffsets::get(const std::string& host) const {
  std::lock_guard lock(mutex_);
  auto found = offsets_.find(host);
  return found == offsets_.end() ? std::chrono::seconds(0) : found->second;
}

void ClockOffsets::set(const std::string& host, std::chrono::seconds offset) {
  std::lock_guard lock(mutex_);
  if (offsets_.size() >= kMostHosts && !offsets_.contains(host)) offsets_.erase(offsets_.begin());
  offsets_[host] = offset;
}

}  // namespace botocxx::client
