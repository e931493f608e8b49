#include "protocol/parser.h"

#include "protocol/wire_protocol.h"

namespace botocxx::protocol {
namespace {

// The members of the exception that the code names; without them when they cannot be read.
void add_modelled_members(const WireProtocol& wire, const Operation& operation,
                          const HttpResponse& head, std::string_view body,
                          ErrorDocument& document) {
  auto shape = operation.model().find_error(error_text(document, "Code"));
  if (!shape) return;
  Value members = Value::object();
  if (!wire.parse_error_members(*shape, head, body, members)) return;
  for (const Value::Member& member : members.members()) {
    document.fields.set(member.key, member.value);
  }
}

Result<void> read_answer(const WireProtocol& wire, const Operation& operation,
                         const HttpResponse& head, std::string_view body, Answer& out,
                         std::pmr::memory_resource* resource) {
  if (wire.parse_answer != nullptr) return wire.parse_answer(operation, body, out, resource);
  auto output = operation.output();
  if (!output) return {};
  return wire.parse_output(operation, *output, head, body, out.output, resource);
}

// An error that became known after the status was sent counts as one of the server.
bool hides_error(const WireProtocol& wire, const Operation& operation, const HttpResponse& head,
                 std::string_view body) {
  auto output = operation.output();
  return head.status == 200 && wire.hides_error != nullptr && output &&
         wire.hides_error(*output, body);
}

}  // namespace

Result<Answer> parse_answer(const Operation& operation, std::string_view protocol,
                            const HttpResponse& head, std::string_view body,
                            std::pmr::memory_resource* resource) {
  auto wire = find_wire_protocol(protocol);
  if (!wire) return std::move(wire).error();
  if (hides_error(**wire, operation, head, body)) {
    HttpResponse failed = head;
    failed.status = 500;
    return parse_error(operation, protocol, failed, body);
  }
  Answer out{Value(resource), Value::object()};
  out.output.make_object();
  auto parsed = read_answer(**wire, operation, head, body, out, resource);
  if (parsed) return out;
  return std::move(parsed).error().with_call(std::string(operation.model().service_name()),
                                             std::string(operation.name()));
}

Result<Value> parse_output(const Operation& operation, std::string_view protocol,
                           const HttpResponse& head, std::string_view body,
                           std::pmr::memory_resource* resource) {
  auto answer = parse_answer(operation, protocol, head, body, resource);
  if (!answer) return std::move(answer).error();
  return std::move(answer->output);
}

Error parse_error(const Operation& operation, std::string_view protocol, const HttpResponse& head,
                  std::string_view body) {
  auto wire = find_wire_protocol(protocol);
  if (!wire || is_generic_error(head, body)) {
    return make_service_error(operation, head, error_from_status(head));
  }
  ErrorDocument document = (*wire)->parse_error(operation, head, body);
  if (!document.unreadable) add_modelled_members(**wire, operation, head, body, document);
  return make_service_error(operation, head, document);
}

}  // namespace botocxx::protocol
