#include "endpoint/resolution_cache.h"

namespace botocxx::endpoint {

std::shared_ptr<const RuleSetEndpoint> ResolutionCache::find(const std::string& key) {
  std::lock_guard lock(mutex_);
  auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->endpoint;
}

void ResolutionCache::keep(const std::string& key,
                           std::shared_ptr<const RuleSetEndpoint> endpoint) {
  std::lock_guard lock(mutex_);
  if (by_key_.contains(key)) return;
  entries_.push_front({key, std::move(endpoint)});
  by_key_.emplace(entries_.front().key, entries_.begin());
  if (entries_.size() <= capacity_) return;
  by_key_.erase(entries_.back().key);
  entries_.pop_back();
}

}  // namespace botocxx::endpoint
