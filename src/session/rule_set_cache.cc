#include "session/rule_set_cache.h"

#include <algorithm>
#include <mutex>
#include <vector>

namespace botocxx::session {
namespace {

struct Entry {
  std::weak_ptr<const Value> document;
  std::weak_ptr<const Value> partitions;
  bool has_partitions = false;  ///< those that are gone are not the same as none
  std::shared_ptr<const EndpointRuleSet> rule_set;

  bool is_gone() const { return document.expired() || (has_partitions && partitions.expired()); }
};

struct Cache {
  std::mutex mutex;
  std::vector<Entry> entries;
};

Cache& process_cache() {
  static Cache cache;
  return cache;
}

}  // namespace

Result<std::shared_ptr<const EndpointRuleSet>> compiled_rule_set(
    const std::shared_ptr<const Value>& document, const std::shared_ptr<const Value>& partitions) {
  Cache& cache = process_cache();
  {
    std::lock_guard lock(cache.mutex);
    for (const Entry& entry : cache.entries) {
      if (!entry.is_gone() && entry.document.lock() == document &&
          entry.partitions.lock() == partitions) {
        return entry.rule_set;
      }
    }
  }
  auto compiled = EndpointRuleSet::compile(*document, partitions ? *partitions : Value());
  if (!compiled) return std::move(compiled).error();
  std::lock_guard lock(cache.mutex);
  std::erase_if(cache.entries, [](const Entry& entry) { return entry.is_gone(); });
  cache.entries.push_back({document, partitions, partitions != nullptr, *compiled});
  return compiled;
}

}  // namespace botocxx::session
