#pragma once

#include "events/handler_trie.h"
#include <botocxx/events/event.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::events {

/// Who is to be called for the events of one operation.
struct OperationHandlers {
  struct Listeners {
    std::string name{};  ///< of the event
    std::vector<EventHandler> handlers{};
  };
  std::array<Listeners, kEventKindCount> by_kind{};
};

using HandlerList = std::shared_ptr<const std::vector<EventHandler>>;

/// All handlers at one moment, immutable but for what it remembers of earlier searches.
/// Thread-safe.
class HandlerSnapshot {
 public:
  explicit HandlerSnapshot(std::shared_ptr<const HandlerTrie> trie);

  /// Found once for an operation. `number` stands for both names.
  std::shared_ptr<const OperationHandlers> of_operation(std::string_view service,
                                                        std::string_view operation,
                                                        std::uint32_t number) const;
  HandlerList of_name(std::string_view name) const;
  /// How many names were looked up so far; for tests.
  std::uint64_t searches() const { return searches_; }

 private:
  std::shared_ptr<const HandlerTrie> trie_;
  std::array<bool, kEventKindCount> heard_{};
  mutable std::mutex mutex_;
  mutable std::vector<std::shared_ptr<const OperationHandlers>> operations_;
  mutable std::map<std::string, HandlerList, std::less<>> names_;
  mutable std::atomic<std::uint64_t> searches_{0};
};

/// Calls them in order: up to the first failure, and to the first answer where that ends the event.
Result<void> call_handlers(const std::vector<EventHandler>& handlers, Event& event);

}  // namespace botocxx::events
