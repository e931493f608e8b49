#include <botocxx/credentials/json_cache.h>

#include <map>
#include <mutex>

namespace botocxx::inline v1 {
namespace {

class MemoryJsonCache : public JsonCache {
 public:
  std::optional<Value> get(std::string_view key) override {
    std::lock_guard lock(mutex_);
    auto found = documents_.find(key);
    if (found == documents_.end()) return std::nullopt;
    return found->second;
  }
  Result<void> put(std::string_view key, const Value& value) override {
    std::lock_guard lock(mutex_);
    documents_.insert_or_assign(std::string(key), value);
    return {};
  }
  Result<void> remove(std::string_view key) override {
    std::lock_guard lock(mutex_);
    if (auto found = documents_.find(key); found != documents_.end()) documents_.erase(found);
    return {};
  }

 private:
  std::mutex mutex_;
  std::map<std::string, Value, std::less<>> documents_;
};

}  // namespace

std::shared_ptr<JsonCache> make_memory_json_cache() { return std::make_shared<MemoryJsonCache>(); }

}  // namespace botocxx::inline v1
