#include "events/handler_snapshot.h"

#include "events/event_aliases.h"
#include "events/event_list.h"

#include <fmt/format.h>

namespace botocxx::events {
namespace {

// Names that are asked for one by one come from outside; they may not fill memory.
constexpr std::size_t kMostNames = 1000;

std::string name_of(EventKind kind, std::string_view service, std::string_view operation) {
  std::string name = kind == EventKind::kBeforeEndpointResolution
                         ? fmt::format("{}.{}", to_string(kind), service)
                         : fmt::format("{}.{}.{}", to_string(kind), service, operation);
  return resolve_aliases(name);
}

}  // namespace

HandlerSnapshot::HandlerSnapshot(std::shared_ptr<const HandlerTrie> trie) : trie_(std::move(trie)) {
  for (std::size_t i = 0; i < kEventKindCount; ++i) {
    heard_.at(i) = trie_->has_first_part(to_string(static_cast<EventKind>(i)));
  }
}

std::shared_ptr<const OperationHandlers> HandlerSnapshot::of_operation(std::string_view service,
                                                                       std::string_view operation,
                                                                       std::uint32_t number) const {
  std::lock_guard lock(mutex_);
  if (number >= operations_.size()) operations_.resize(number + std::size_t{1});
  std::shared_ptr<const OperationHandlers>& known = operations_[number];
  if (known) return known;
  auto found = std::make_shared<OperationHandlers>();
  for (std::size_t i = 0; i < kEventKindCount; ++i) {
    if (!heard_.at(i)) continue;
    OperationHandlers::Listeners& listeners = found->by_kind.at(i);
    listeners.name = name_of(static_cast<EventKind>(i), service, operation);
    listeners.handlers = trie_->search(listeners.name);
    ++searches_;
  }
  known = std::move(found);
  return known;
}

HandlerList HandlerSnapshot::of_name(std::string_view name) const {
  std::lock_guard lock(mutex_);
  if (auto known = names_.find(name); known != names_.end()) return known->second;
  if (names_.size() >= kMostNames) names_.clear();
  ++searches_;
  auto found = std::make_shared<const std::vector<EventHandler>>(trie_->search(name));
  names_.emplace(name, found);
  return found;
}

Result<void> call_handlers(const std::vector<EventHandler>& handlers, Event& event) {
  bool ends = answer_rule(event.kind) == AnswerRule::kFirstEnds;
  for (const EventHandler& handler : handlers) {
    if (auto handled = handler(event); !handled) return handled;
    if (ends && event.answered) break;
  }
  return {};
}

}  // namespace botocxx::events
