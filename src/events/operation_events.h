#pragma once

#include "events/handler_snapshot.h"
#include <botocxx/events/events.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace botocxx::events {

/// The events of one call. Keeps the handlers of its operation, found when they are first asked for
/// and again when some were registered or removed: an event nobody listens to costs the load that
/// asks whether that is so. For one thread at a time.
class OperationEvents {
 public:
  /// `service` is the hyphenated service id; `number` the operation's index in its model. All
  /// operations of one `events` have to be of one model.
  OperationEvents(const Events& events, std::string_view service, std::string_view operation,
                  std::uint32_t number);

  /// Whether anyone listens: what only an event needs may be left undone otherwise.
  bool heard(EventKind kind);
  /// Sets the event's name and calls its handlers, as `Events::emit`.
  Result<void> emit(Event& event);

  /// How many names the present handlers of `events` were searched for, by whomever; for tests.
  static std::uint64_t searches(const Events& events);

 private:
  void refresh();

  Events events_;
  std::string_view service_, operation_;
  std::uint32_t number_;
  std::uint64_t version_ = 0;  ///< 0: nothing was asked for
  std::shared_ptr<const OperationHandlers> handlers_{};
};

}  // namespace botocxx::events
