#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/events/event.h>

#include <memory>
#include <string>
#include <string_view>

namespace botocxx::events {
class OperationEvents;
}

namespace botocxx::inline v1 {

/// How a handler is registered.
struct HandlerOptions {
  /// A handler of an id that is registered already is not registered again; empty: no id.
  std::string unique_id{};
  /// Registering that id again counts, and it takes as many removals to remove it. Mixing both ways
  /// for one id is an error.
  bool unique_id_uses_count = false;
};

/// Handlers by the names of events, as botocore's `HierarchicalEmitter` and `EventAliaser` have
/// them.
///
/// A name is a list of parts with dots between them. A handler of "before-call.s3" is called for
/// every event whose name begins with these parts, such as "before-call.s3.PutObject"; "*" stands
/// for any one part. Services go by their ids ("cost-explorer"); names they had before ("ce") are
/// replaced.
///
/// Order: names with more parts before those with less, names with "*" before those without, and
/// within a name those of `register_first`, of `register_handler`, of `register_last`, each in the
/// order in which they came.
///
/// A handle: copies share the handlers. Thread-safe; handlers may be registered and removed while
/// calls run on other threads, and from handlers. A call sees the change from its next event on.
/// Events that nobody listens to cost a call one load.
class BOTOCXX_EXPORT Events {
 public:
  Events();

  /// Returns the handler, for `unregister`: the one registered before when its id is taken. Errors
  /// (kind kUsage): "UnknownEvent" names the nearest event; "WrongPayload" names the payload of
  /// this event, or `Event` where the name begins with "*"; "UniqueIdMismatch".
  Result<EventHandler> register_handler(std::string_view event, EventHandler handler,
                                        const HandlerOptions& options = {});
  Result<EventHandler> register_first(std::string_view event, EventHandler handler,
                                      const HandlerOptions& options = {});
  Result<EventHandler> register_last(std::string_view event, EventHandler handler,
                                     const HandlerOptions& options = {});

  /// Removes the handler from under this very name, once if it was registered more often; none
  /// there is no error.
  void unregister(std::string_view event, const EventHandler& handler);
  /// Removes the handler of an id. "UniqueIdMismatch" as above.
  Result<void> unregister(std::string_view event, const HandlerOptions& options);

  /// Calls the handlers of `name` in order, up to the first failure; where the first answer counts
  /// and ends it, up to that (see docs/events.md). `name` has to begin with the payload's.
  Result<void> emit(std::string_view name, Event& event) const;

  /// The same handlers in an emitter of its own.
  Events copy() const;

 private:
  friend class events::OperationEvents;
  struct Core;
  explicit Events(std::shared_ptr<Core> core) : core_(std::move(core)) {}
  Result<EventHandler> add(std::string_view event, EventHandler handler,
                           const HandlerOptions& options, int section);

  std::shared_ptr<Core> core_;
};

}  // namespace botocxx::inline v1
