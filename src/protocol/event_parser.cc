#include "protocol/event_parser.h"

#include "protocol/scalar_parse.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>

namespace botocxx::protocol {
namespace {

using codec::EventFrame;
using codec::EventHeader;

bool announces_error(const EventFrame& frame) {
  std::string_view type = frame.text(":message-type");
  return type == "error" || type == "exception";
}

Result<Value> header_value(const Member& member, const EventHeader& header) {
  if (member.shape().type() != ShapeType::kTimestamp) return header.value;
  auto milliseconds = header.value.get_if_int();
  if (!milliseconds) {
    return at_member(parse_failure("expected a timestamp in the event's header"), member.name());
  }
  std::int64_t seconds = *milliseconds / 1000, rest = *milliseconds % 1000;
  if (rest < 0) {
    rest += 1000;
    --seconds;
  }
  return Value(Timestamp::from_unix(seconds, static_cast<std::int32_t>(rest) * 1'000'000));
}

Result<Value> payload_value(const Member& payload, std::string_view octets,
                            const EventDocuments& documents, std::pmr::memory_resource* resource) {
  Shape shape = payload.shape();
  if (shape.type() == ShapeType::kBlob) return Value::make_bytes(octets, resource);
  if (shape.type() == ShapeType::kString) {
    if (is_utf8(octets)) return Value::borrow_string(octets, resource);
    return at_member(parse_failure("the event's payload is not UTF-8"), payload.name());
  }
  Value out(resource);
  out.make_object();
  auto read = documents.read(shape, octets, out, resource);
  if (!read) return at_member(std::move(read).error(), payload.name());
  return out;
}

std::optional<Member> find_payload(const Shape& event) {
  for (Member member : event.members()) {
    if (member.event_payload()) return member;
  }
  return std::nullopt;
}

// The members that the payload holds, added to `out`.
Result<void> read_payload(const Shape& event, std::string_view octets,
                          const EventDocuments& documents, Value& out) {
  auto payload = find_payload(event);
  if (!payload) return documents.read(event, octets, out, out.resource());
  auto value = payload_value(*payload, octets, documents, out.resource());
  if (!value) return std::move(value).error();
  out.append_member(Key::borrow(payload->name()), *std::move(value));
  return {};
}

// In the model's order; of a name that header and payload both hold, the payload's counts.
Result<Value> read_members(const Shape& event, const EventFrame& frame,
                           const EventDocuments& documents) {
  std::pmr::monotonic_buffer_resource arena;
  Value body(&arena);
  body.make_object();
  if (auto read = read_payload(event, frame.payload, documents, body); !read) {
    return std::move(read).error();
  }
  Value out = Value::object();
  for (Member member : event.members()) {
    if (const Value* value = body.find(member.name())) {
      out.append_member(Key(member.name(), out.resource()), *value);
      continue;
    }
    const EventHeader* header = member.event_header() ? frame.find(member.name()) : nullptr;
    if (header == nullptr) continue;
    auto value = header_value(member, *header);
    if (!value) return value;
    out.append_member(Key(member.name(), out.resource()), *std::move(value));
  }
  for (Value::Member& rest : body.members()) {  // an unknown member of a union
    if (!out.contains(rest.key)) out.set(rest.key, rest.value);
  }
  return out;
}

Error service_error(std::string_view code, std::string_view message, Value fields) {
  Value error{{"Code", code}, {"Message", message}};
  fields.set("Error", std::move(error));
  return Error(ErrorKind::kService, std::string(code), std::string(message))
      .with_fields(std::make_shared<const Value>(std::move(fields)));
}

// botocore's way: the exception's members if the stream knows it, else what the headers say. It
// leaves the code of an unknown exception empty; its name is better than nothing.
Error read_error(const Shape& stream, const EventFrame& frame, const EventDocuments& documents) {
  std::string_view type = frame.text(":exception-type");
  auto exception = stream.find_member(type);
  if (!exception) {
    std::string_view code = frame.text(":error-code");
    return service_error(code.empty() ? type : code, frame.text(":error-message"), Value::object());
  }
  std::pmr::monotonic_buffer_resource arena;
  Value members(&arena);
  members.make_object();
  // That the service failed matters more than that its words cannot be read.
  bool understood = documents.read(exception->shape(), frame.payload, members, &arena).has_value();
  Value fields = understood ? Value(members) : Value::object();
  const Value* message = fields.find("Message");
  if (message == nullptr) message = fields.find("message");
  std::string text(message == nullptr ? "" : message->get_if_string().value_or(""));
  return service_error(type, text, std::move(fields));
}

}  // namespace

Result<std::optional<Value>> parse_event(const Shape& stream, const EventFrame& frame,
                                         const EventDocuments& documents) {
  if (announces_error(frame)) return read_error(stream, frame, documents);
  std::string_view type = frame.text(":event-type");
  auto member = stream.find_member(type);
  if (!member) return std::optional<Value>();
  auto event = read_members(member->shape(), frame, documents);
  if (!event) return at_member(std::move(event).error(), member->name());
  Value out = Value::object();
  out.append_member(Key(member->name(), out.resource()), *std::move(event));
  return std::optional<Value>(std::move(out));
}

Result<void> check_initial_response(const Shape& stream, const std::optional<EventFrame>& frame,
                                    const EventDocuments& documents) {
  if (frame && announces_error(*frame)) return read_error(stream, *frame, documents);
  if (frame && frame->text(":event-type") == kInitialResponse) return {};
  std::string found = "the stream is empty";
  if (frame) found = fmt::format("found \"{}\"", frame->text(":event-type"));
  return parse_failure("First event was not of type initial-response")
      .with_context("reason", std::move(found));
}

}  // namespace botocxx::protocol
