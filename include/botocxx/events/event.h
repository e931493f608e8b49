#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace botocxx::inline v1 {

/// What happens: the first part of an event's name ("before-call" of "before-call.s3.PutObject").
/// Names and meanings are botocore's; docs/events.md has the table.
enum class EventKind : std::uint8_t {
  kChooseServiceName,
  kServiceDataLoaded,
  kCreatingClientClass,
  kCreatingSerializer,
  kGetAttribute,
  kProvideClientParams,
  kBeforeParameterBuild,
  kBeforeEndpointResolution,
  kBeforeCall,
  kRequestCreated,
  kChooseSigner,
  kBeforeSign,
  kBeforeSend,
  kBeforeParse,
  kResponseReceived,
  kNeedsRetry,
  kAfterCall,
  kAfterCallError,
};
inline constexpr std::size_t kEventKindCount = 18;

/// "before-call", …
BOTOCXX_EXPORT std::string_view to_string(EventKind kind);

/// What every handler gets: base of the payloads in <botocxx/events/payloads.h>. It lives as long
/// as the event is emitted: handlers may not keep it, nor what it refers to.
struct Event {
  const EventKind kind;
  /// The whole name, aliases resolved ("before-call.s3.PutObject").
  std::string_view name{};
  /// Whether a handler gave the answer that the payload has room for.
  bool answered = false;

  /// The payload itself, for handlers of many kinds; null when it is another.
  template <typename Payload>
  Payload* as() {
    return kind == Payload::kKind ? static_cast<Payload*>(this) : nullptr;
  }

 protected:
  explicit Event(EventKind is) : kind(is) {}
  ~Event() = default;
};

/// A payload of one kind.
template <EventKind is>
struct EventOf : Event {
  static constexpr EventKind kKind = is;
  EventOf() : Event(is) {}
};

namespace detail {

template <typename R, typename P>
P event_argument(R (*)(P&));
template <typename R, typename F, typename P>
P event_argument(R (F::*)(P&));
template <typename R, typename F, typename P>
P event_argument(R (F::*)(P&) const);
template <typename R, typename P>
P event_argument(R (*)(P&) noexcept);
template <typename R, typename F, typename P>
P event_argument(R (F::*)(P&) noexcept);
template <typename R, typename F, typename P>
P event_argument(R (F::*)(P&) const noexcept);

template <typename F>
auto event_argument_of() {
  if constexpr (std::is_pointer_v<F>) {
    return std::type_identity<std::remove_const_t<decltype(event_argument(std::declval<F>()))>>();
  } else {
    return std::type_identity<std::remove_const_t<decltype(event_argument(&F::operator()))>>();
  }
}

}  // namespace detail

/// A function that is called with events: a lambda, function or functor that takes one payload by
/// reference and returns nothing or `Result<void>`:
///
///     [](BeforeParameterBuild& event) { event.params.set("RequestPayer", "requester"); }
///
/// A failure ends the call with that error, and so does an exception (kind kInternal, code
/// "HandlerFailed", unless it is one of this library's). It may take the base, `Event&`, and so
/// events of every kind. Cheap to copy; copies are the same handler. It is called on the threads
/// that make calls, on many at a time.
class BOTOCXX_EXPORT EventHandler {
 public:
  template <typename F>
  requires(!std::is_same_v<std::remove_cvref_t<F>, EventHandler>) EventHandler(F&& function)
      : EventHandler(of<typename decltype(detail::event_argument_of<std::decay_t<F>>())::type>(
            std::forward<F>(function))) {}

  /// Of a function whose parameter cannot be read off it (`auto&`, overloads, `std::bind`).
  template <typename Payload, typename F>
  static EventHandler of(F&& function) {
    std::optional<EventKind> kind;
    if constexpr (!std::is_same_v<Payload, Event>) kind = Payload::kKind;
    auto call = [f = std::forward<F>(function)](Event& event) mutable -> Result<void> {
      auto& payload = static_cast<Payload&>(event);
      if constexpr (std::is_void_v<std::invoke_result_t<std::decay_t<F>&, Payload&>>) {
        std::invoke(f, payload);
        return {};
      } else {
        return std::invoke(f, payload);
      }
    };
    return EventHandler(std::make_shared<const Record>(Record{kind, std::move(call)}));
  }

  /// What it is made for; nothing: for every kind.
  std::optional<EventKind> kind() const { return record_->kind; }
  /// Calls it; exceptions become errors, and errors say in which event they happened.
  Result<void> operator()(Event& event) const;

  friend bool operator==(const EventHandler&, const EventHandler&) = default;

 private:
  struct Record {
    std::optional<EventKind> kind;
    // Functions whose call operator is not const are the handler's own business.
    mutable std::function<Result<void>(Event&)> call;
  };
  explicit EventHandler(std::shared_ptr<const Record> record) : record_(std::move(record)) {}

  std::shared_ptr<const Record> record_;
};

}  // namespace botocxx::inline v1
