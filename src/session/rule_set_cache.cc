#include "session/rule_set_cache.h"

#include "endpoint/rule_compiler.h"

#include <algorithm>
#include <mutex>
#include <vector>

namespace botocxx::session {
namespace {

struct RuleSetEntry {
  std::weak_ptr<const Value> document;
  std::weak_ptr<const endpoint::Partitions> partitions;
  bool has_partitions = false;  ///< those that are gone are not the same as none
  std::shared_ptr<const EndpointRuleSet> rule_set;

  bool is_gone() const { return document.expired() || (has_partitions && partitions.expired()); }
};

struct PartitionsEntry {
  std::weak_ptr<const Value> document;
  std::shared_ptr<const endpoint::Partitions> partitions;

  bool is_gone() const { return document.expired(); }
};

struct Cache {
  std::mutex mutex;
  std::vector<RuleSetEntry> rule_sets;
  std::vector<PartitionsEntry> partitions;
};

Cache& process_cache() {
  static Cache cache;
  return cache;
}

}  // namespace

Result<std::shared_ptr<const endpoint::Partitions>> compiled_partitions(
    const std::shared_ptr<const Value>& document) {
  Cache& cache = process_cache();
  std::lock_guard lock(cache.mutex);
  std::erase_if(cache.partitions, [](const PartitionsEntry& entry) { return entry.is_gone(); });
  for (const PartitionsEntry& entry : cache.partitions) {
    if (entry.document.lock() == document) return entry.partitions;
  }
  auto compiled = endpoint::Partitions::compile(*document);
  if (compiled) cache.partitions.push_back({document, *compiled});
  return compiled;
}

Result<std::shared_ptr<const EndpointRuleSet>> compiled_rule_set(
    const std::shared_ptr<const Value>& document,
    const std::shared_ptr<const endpoint::Partitions>& partitions) {
  Cache& cache = process_cache();
  {
    std::lock_guard lock(cache.mutex);
    for (const RuleSetEntry& entry : cache.rule_sets) {
      if (!entry.is_gone() && entry.document.lock() == document &&
          entry.partitions.lock() == partitions) {
        return entry.rule_set;
      }
    }
  }
  auto program = endpoint::compile_rule_set(*document, partitions);
  if (!program) return std::move(program).error();
  auto compiled = endpoint::make_rule_set(*std::move(program));
  std::lock_guard lock(cache.mutex);
  std::erase_if(cache.rule_sets, [](const RuleSetEntry& entry) { return entry.is_gone(); });
  cache.rule_sets.push_back({document, partitions, partitions != nullptr, compiled});
  return compiled;
}

}  // namespace botocxx::session
