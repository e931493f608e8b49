#include "events/event_aliases.h"
#include "events/event_list.h"
#include "events/events_core.h"
#include "events/operation_events.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/events/events.h>

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace botocxx::inline v1 {
namespace {

constexpr std::string_view kAnyPart = "*";

Error unknown_event(std::string_view event) {
  std::vector<std::string> known;
  for (const events::EventDescription& one : events::event_list()) known.emplace_back(one.name);
  Error error(ErrorKind::kUsage, "UnknownEvent",
              fmt::format("there is no event '{}' (in '{}')", events::first_part(event), event));
  auto near = nearest_name(events::first_part(event), known);
  return near ? std::move(error).with_hint(fmt::format("did you mean '{}'?", *near)) : error;
}

// That a handler gets the payload it was made for is only certain where the name says which it is.
Result<void> check_payload(std::string_view event, const EventHandler& handler) {
  bool any = events::first_part(event) == kAnyPart;
  auto kind = events::kind_of(event);
  if (!any && !kind) return unknown_event(event);
  if (!handler.kind() || handler.kind() == kind) return {};
  std::string_view wanted = any ? "Event" : events::describe(*kind).payload;
  return Error(ErrorKind::kUsage, "WrongPayload",
               fmt::format("a handler of '{}' takes {}&, but this one takes {}&", event, wanted,
                           events::describe(*handler.kind()).payload))
      .with_hint(fmt::format("{} is the payload of '{}'", events::describe(*handler.kind()).payload,
                             to_string(*handler.kind())));
}

Error mismatch(std::string_view id, bool counted) {
  return Error(ErrorKind::kUsage, "UniqueIdMismatch",
               fmt::format("the unique id '{}' was registered {} a count; it has to be used so "
                           "everywhere",
                           id, counted ? "with" : "without"));
}

}  // namespace

Result<void> EventHandler::operator()(Event& event) const {
  auto failed = [&](Error error) {
    return std::move(error).with_context("event", std::string(event.name));
  };
  try {
    auto handled = record_->call(event);
    if (!handled) return failed(std::move(handled).error());
    return {};
  } catch (const Exception& exception) {
    return failed(exception.error());
  } catch (const std::exception& exception) {
    return failed(Error(ErrorKind::kInternal, "HandlerFailed",
                        fmt::format("a handler of {} threw: {}", event.name, exception.what())));
  } catch (...) {
    return failed(Error(ErrorKind::kInternal, "HandlerFailed",
                        fmt::format("a handler of {} threw", event.name)));
  }
}

std::shared_ptr<const events::HandlerSnapshot> Events::Core::snapshot() {
  std::lock_guard lock(mutex);
  if (!latest) {
    latest = std::make_shared<const events::HandlerSnapshot>(trie);
    trie_is_shared = true;
  }
  return latest;
}

events::HandlerTrie& Events::Core::change() {
  latest.reset();
  if (std::exchange(trie_is_shared, false)) trie = std::make_shared<events::HandlerTrie>(*trie);
  version.fetch_add(1, std::memory_order_release);
  return *trie;
}

Events::Events() : core_(std::make_shared<Core>()) {}

Result<EventHandler> Events::add(std::string_view event, EventHandler handler,
                                 const HandlerOptions& options, int section) {
  if (auto fits = check_payload(event, handler); !fits) return std::move(fits).error();
  std::string name = events::resolve_aliases(event);
  std::lock_guard lock(core_->mutex);
  if (!options.unique_id.empty()) {
    auto known = core_->identities.find(options.unique_id);
    if (known != core_->identities.end()) {
      int& count = known->second.count;
      if ((count > 0) != options.unique_id_uses_count) {
        return mismatch(options.unique_id, count > 0);
      }
      if (count > 0) ++count;
      return known->second.handler;
    }
    core_->identities.emplace(options.unique_id,
                              Core::Identity{handler, options.unique_id_uses_count ? 1 : 0});
  }
  core_->change().append(name, handler, static_cast<events::Section>(section));
  return handler;
}

Result<EventHandler> Events::register_handler(std::string_view event, EventHandler handler,
                                              const HandlerOptions& options) {
  return add(event, std::move(handler), options, static_cast<int>(events::Section::kMiddle));
}

Result<EventHandler> Events::register_first(std::string_view event, EventHandler handler,
                                            const HandlerOptions& options) {
  return add(event, std::move(handler), options, static_cast<int>(events::Section::kFirst));
}

Result<EventHandler> Events::register_last(std::string_view event, EventHandler handler,
                                           const HandlerOptions& options) {
  return add(event, std::move(handler), options, static_cast<int>(events::Section::kLast));
}

void Events::unregister(std::string_view event, const EventHandler& handler) {
  std::string name = events::resolve_aliases(event);
  std::lock_guard lock(core_->mutex);
  core_->change().remove(name, handler);
}

Result<void> Events::unregister(std::string_view event, const HandlerOptions& options) {
  std::string name = events::resolve_aliases(event);
  std::lock_guard lock(core_->mutex);
  auto known = core_->identities.find(options.unique_id);
  if (known == core_->identities.end()) return {};
  int& count = known->second.count;
  if ((count > 0) != options.unique_id_uses_count) return mismatch(options.unique_id, count > 0);
  if (count > 1) {
    --count;
    return {};
  }
  EventHandler handler = known->second.handler;
  core_->identities.erase(known);
  core_->change().remove(name, handler);
  return {};
}

Result<void> Events::emit(std::string_view name, Event& event) const {
  if (events::kind_of(name) != event.kind) {
    return Error(ErrorKind::kUsage, "WrongPayload",
                 fmt::format("'{}' is no event of {}", name, events::describe(event.kind).payload));
  }
  std::string resolved = events::resolve_aliases(name);
  event.name = resolved;
  return events::call_handlers(*core_->snapshot()->of_name(resolved), event);
}

Events Events::copy() const {
  auto made = std::make_shared<Core>();
  std::lock_guard lock(core_->mutex);
  core_->trie_is_shared = true;
  made->trie = core_->trie;
  made->trie_is_shared = true;
  made->identities = core_->identities;
  return Events(std::move(made));
}

}  // namespace botocxx::inline v1

namespace botocxx::events {

OperationEvents::OperationEvents(const Events& events, std::string_view service,
                                 std::string_view operation, std::uint32_t number)
    : events_(events), service_(service), operation_(operation), number_(number) {}

void OperationEvents::refresh() {
  std::uint64_t now = events_.core_->version.load(std::memory_order_acquire);
  if (now == version_) return;
  // A change that comes in between is seen by the next event.
  version_ = now;
  handlers_ = events_.core_->snapshot()->of_operation(service_, operation_, number_);
}

std::uint64_t OperationEvents::searches(const Events& events) {
  return events.core_->snapshot()->searches();
}

bool OperationEvents::heard(EventKind kind) {
  refresh();
  return !handlers_->by_kind.at(static_cast<std::size_t>(kind)).handlers.empty();
}

Result<void> OperationEvents::emit(Event& event) {
  if (!heard(event.kind)) return {};
  // A handler may register others: these are kept as long as they run.
  std::shared_ptr<const OperationHandlers> handlers = handlers_;
  const auto& listeners = handlers->by_kind.at(static_cast<std::size_t>(event.kind));
  event.name = listeners.name;
  return call_handlers(listeners.handlers, event);
}

}  // namespace botocxx::events
