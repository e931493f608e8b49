#pragma once

#include <botocxx/events/event.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::events {

/// What becomes of handlers' answers.
enum class AnswerRule : std::uint8_t {
  kNone,         ///< there are none
  kFirstCounts,  ///< all handlers are called, the first answer counts
  kFirstEnds     ///< the first answer ends the event
};

struct EventField {
  std::string_view name;
  bool changeable;
};

/// One kind of event.
struct EventDescription {
  EventKind kind;
  std::string_view name;     ///< "before-call"
  std::string_view scope;    ///< what follows the name: "<service>.<operation>"
  std::string_view payload;  ///< "BeforeCall"
  AnswerRule rule;
  std::string_view answer;  ///< what `respond` takes; empty: nothing
  std::vector<EventField> fields;
};

/// All kinds, in the order of `EventKind`. The table in docs/events.md is made of it.
std::span<const EventDescription> event_list();
const EventDescription& describe(EventKind kind);
/// The kind whose name is the first part of `event`.
std::optional<EventKind> kind_of(std::string_view event);
/// "before-call", the first part of "before-call.s3".
std::string_view first_part(std::string_view event);
AnswerRule answer_rule(EventKind kind);
/// The table as Markdown.
std::string event_table();

}  // namespace botocxx::events
