#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/value/value.h>

#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>

namespace botocxx::inline v1 {

/// The events that an operation answers with (Select, live logs, model output, …), each as soon as
/// it has arrived.
///
///     for (Result<Value>& event : response.events()) {
///       if (!event) return report(event.error());
///       if (const Value* records = event->find("Records")) use((*records)["Payload"].as_bytes());
///     }
///
/// An event is an object with one member, named after its kind, as in botocore: {"Records":
/// {"Payload": …}}. Kinds that the model does not know are left out. Events own what they hold and
/// may be kept.
///
/// Ends and failures: the stream ends where the service ends it between two events. Everything else
/// is an error, said once by the range and again by each further `next()`: an error or exception
/// that the service sends within the stream (kind kService; its members are in `Error::fields()`;
/// `status()` is that of the response's head), a damaged message (kind kParse: "ChecksumMismatch",
/// "InvalidEventMessage", "ResponseParser", …), a broken connection or one that ends within a
/// message (kind kTransport or kTimeout; "IncompleteRead"). Service, operation and request id are
/// set. Where a service marks the end with an event of its own (S3 Select's "End"), only that event
/// proves that everything came.
///
/// Waits in `next()` as long as the client's read timeout allows between two arrivals; the stop
/// token of the call's options wakes it. Memory: one event and a piece of the connection's data;
/// a reader that is slow makes the service wait.
///
/// Move-only and self-contained: it may outlive its response and client. Destroying it, or
/// `close()`, drops what was not read, with its connection; one that was read to its end goes back
/// to the pool. Not thread-safe: one thread at a time.
class BOTOCXX_EXPORT EventStream {
 public:
  class Iterator;
  struct State;

  explicit EventStream(std::unique_ptr<State> state);
  EventStream(EventStream&&) noexcept;
  EventStream& operator=(EventStream&&) noexcept;
  ~EventStream();

  /// Waits for the next event; nothing at the end, and after `close()`.
  Result<std::optional<Value>> next();
  /// Stops reading. Without effect on a stream that has ended.
  void close();

  /// A range that is passed through once; its items are events or, as the last one, an error.
  Iterator begin();
  std::default_sentinel_t end() const { return {}; }

 private:
  std::unique_ptr<State> state_;
};

/// Input iterator; its item is read when it is stepped to.
class BOTOCXX_EXPORT EventStream::Iterator {
 public:
  using value_type = Result<Value>;
  using difference_type = std::ptrdiff_t;
  using reference = Result<Value>&;
  using iterator_concept = std::input_iterator_tag;

  Iterator() = default;
  explicit Iterator(EventStream& stream) : stream_(&stream) { step(); }

  reference operator*() const { return *item_; }
  Result<Value>* operator->() const { return &*item_; }
  Iterator& operator++() {
    step();
    return *this;
  }
  void operator++(int) { step(); }
  friend bool operator==(const Iterator& it, std::default_sentinel_t) {
    return !it.item_.has_value();
  }

 private:
  void step();

  EventStream* stream_ = nullptr;
  mutable std::optional<Result<Value>> item_{};
};

inline EventStream::Iterator EventStream::begin() { return Iterator(*this); }

}  // namespace botocxx::inline v1
