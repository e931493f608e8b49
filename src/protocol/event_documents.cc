#include "protocol/event_documents.h"

#include "protocol/wire_protocol.h"

#include <fmt/format.h>

namespace botocxx::protocol {

Result<EventDocuments> event_documents(std::string_view protocol) {
  auto wire = find_wire_protocol(protocol);
  if (!wire) return std::move(wire).error();
  if ((*wire)->parse_document == nullptr || (*wire)->write_document == nullptr) {
    return Error(ErrorKind::kModel, "UnsupportedServiceProtocols",
                 fmt::format("protocol \"{}\" has no event streams", protocol));
  }
  return EventDocuments{(*wire)->document_type, (*wire)->parse_document, (*wire)->write_document};
}

bool has_initial_messages(std::string_view protocol) { return !protocol.starts_with("rest-"); }

}  // namespace botocxx::protocol
