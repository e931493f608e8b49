#include "protocol/event_encoder.h"

#include "protocol/scalar_text.h"

#include <fmt/format.h>

#include <optional>

namespace botocxx::protocol {
namespace {

using codec::EventFrame;
using codec::EventHeader;
using codec::EventHeaderType;

Error misfit(std::string_view name, std::string_view expected) {
  return param_error(fmt::format("{} must be {}", name, expected));
}

Result<EventHeader> integer_header(const Member& member, const Value& value) {
  if (!value.is_int()) return misfit(member.name(), "an integer");
  auto type = EventHeaderType::kInteger;
  std::string_view exact = member.shape().trait("type").value_or("");  // of less common types
  if (member.shape().type() == ShapeType::kLong) type = EventHeaderType::kLong;
  if (exact == "\"byte\"") type = EventHeaderType::kByte;
  if (exact == "\"short\"") type = EventHeaderType::kShort;
  return EventHeader{std::string(member.name()), type, value};
}

Result<EventHeader> make_header(const Member& member, const Value& value) {
  std::string name(member.name());
  switch (member.shape().type()) {
    case ShapeType::kBoolean:
      if (!value.is_bool()) return misfit(name, "a boolean");
      return EventHeader{name, value.as_bool() ? EventHeaderType::kTrue : EventHeaderType::kFalse,
                         value};
    case ShapeType::kString:
      if (!value.is_string()) return misfit(name, "a text");
      return EventHeader{name, EventHeaderType::kString, value};
    case ShapeType::kBlob: {
      auto octets = octets_of(value);
      if (!octets) return std::move(octets).error();
      return EventHeader{name, EventHeaderType::kByteArray, Value(Bytes{*octets})};
    }
    case ShapeType::kTimestamp: {
      auto time = to_timestamp(value);
      if (!time) return std::move(time).error();
      std::int64_t milliseconds = time->seconds() * 1000 + time->nanoseconds() / 1'000'000;
      return EventHeader{name, EventHeaderType::kTimestamp, Value(milliseconds)};
    }
    case ShapeType::kInteger:
    case ShapeType::kLong:
    case ShapeType::kOther:
      return integer_header(member, value);
    case ShapeType::kStructure:
    case ShapeType::kList:
    case ShapeType::kMap:
    case ShapeType::kFloat:
    case ShapeType::kDouble:
      return misfit(name, "of a type that a header can hold");
  }
  return misfit(name, "of a known type");
}

struct Payload {
  std::string octets;
  std::string_view content_type;
};

Result<Payload> explicit_payload(const Member& member, const Value& value,
                                 const EventDocuments& documents) {
  ShapeType type = member.shape().type();
  if (type == ShapeType::kBlob) {
    auto octets = octets_of(value);
    if (!octets) return std::move(octets).error();
    return Payload{std::string(*octets), "application/octet-stream"};
  }
  if (type == ShapeType::kString) {
    if (!value.is_string()) return misfit(member.name(), "a text");
    return Payload{std::string(value.as_string()), "text/plain"};
  }
  auto document = documents.write(member, value);
  if (!document) return std::move(document).error();
  return Payload{*std::move(document), documents.content_type};
}

// Headers of the event's own; what is left is the payload's.
Result<Payload> split_event(const Member& event, const Value& value,
                            const EventDocuments& documents, EventFrame& frame) {
  Value rest = Value::object();
  bool has_body = event.shape().members().empty();
  std::optional<Payload> payload;
  for (Member member : event.shape().members()) {
    has_body = has_body || !member.event_header();
    const Value* given = value.find(member.name());
    if (given == nullptr || given->is_null()) continue;
    if (member.event_header()) {
      auto header = make_header(member, *given);
      if (!header) return std::move(header).error();
      frame.headers.push_back(*std::move(header));
    } else if (member.event_payload()) {
      auto made = explicit_payload(member, *given, documents);
      if (!made) return made;
      payload = *std::move(made);
    } else {
      rest.append_member(Key(member.name(), rest.resource()), *given);
    }
  }
  if (payload) return *std::move(payload);
  for (Member member : event.shape().members()) {
    if (member.event_payload()) return Payload{};  // not given
  }
  if (!has_body) return Payload{};
  auto document = documents.write(event, rest);
  if (!document) return std::move(document).error();
  return Payload{*std::move(document), documents.content_type};
}

}  // namespace

Result<EventFrame> EventEncoder::encode(const Value& event) const {
  if (!event.is_object() || event.size() != 1) {
    return param_error("an event must be an object with one member, the event's name");
  }
  const Value::Member& entry = event.members().front();
  auto member = stream_.find_member(entry.key);
  if (!member) {
    return param_error(
        fmt::format("Unknown parameter in {}: \"{}\"", stream_.name(), entry.key.view()));
  }
  if (!entry.value.is_object()) return misfit(member->name(), "a structure");
  EventFrame frame;
  bool exception = member->shape().is_exception();
  frame.add_text(":message-type", exception ? "exception" : "event");
  frame.add_text(exception ? ":exception-type" : ":event-type", member->name());
  EventFrame own;
  auto payload = split_event(*member, entry.value, documents_, own);
  if (!payload) return std::move(payload).error();
  if (!payload->content_type.empty()) frame.add_text(":content-type", payload->content_type);
  for (EventHeader& header : own.headers) frame.headers.push_back(std::move(header));
  frame.payload = std::move(payload->octets);
  return frame;
}

EventFrame EventEncoder::encode_initial(std::string_view event_type, std::string document) const {
  EventFrame frame;
  frame.add_text(":message-type", "event");
  frame.add_text(":event-type", event_type);
  frame.add_text(":content-type", documents_.content_type);
  frame.payload = std::move(document);
  return frame;
}

Result<void> EventEncoder::append_all(std::string& out, const Value& events,
                                      std::string_view path) const {
  if (events.is_null()) return {};
  if (!events.is_list()) return misfit(path, "a list of events");
  std::size_t index = 0;
  for (const Value& event : events.items()) {
    auto at = [&](Error error) {
      return std::move(error).with_context("path", fmt::format("{}[{}]", path, index));
    };
    auto frame = encode(event);
    if (!frame) return at(std::move(frame).error());
    if (auto added = codec::append_event_frame(out, *frame); !added) {
      return at(std::move(added).error());
    }
    ++index;
  }
  return {};
}

}  // namespace botocxx::protocol
