#pragma once

#include <botocxx/endpoint/rule_set.h>

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace botocxx::endpoint {

/// The results that were asked for last, by their parameters. Thread-safe.
class ResolutionCache {
 public:
  explicit ResolutionCache(std::size_t capacity = 100) : capacity_(capacity) {}

  /// Null when it is not there.
  std::shared_ptr<const RuleSetEndpoint> find(const std::string& key);
  void keep(const std::string& key, std::shared_ptr<const RuleSetEndpoint> endpoint);

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const RuleSetEndpoint> endpoint;
  };

  std::size_t capacity_;
  std::mutex mutex_;
  std::list<Entry> entries_;  ///< latest first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;
};

/// `rule_set.resolve(params)`, remembered in `cache`: parameters that no rule refers to make no
/// difference. Errors are not remembered.
Result<std::shared_ptr<const RuleSetEndpoint>> resolve_memoised(const EndpointRuleSet& rule_set,
                                                                const Value& params,
                                                                ResolutionCache& cache);

}  // namespace botocxx::endpoint
