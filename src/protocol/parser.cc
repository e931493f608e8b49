#include "protocol/parser.h"

#include "protocol/rest_xml_response.h"

#include <fmt/format.h>

namespace botocxx::protocol {

Result<Value> parse_output(const Operation& operation, std::string_view protocol,
                           const HttpResponse& head, std::string_view body,
                           std::pmr::memory_resource* resource) {
  if (protocol != "rest-xml") {
    return Error(
        ErrorKind::kModel, "UnsupportedServiceProtocols",
        fmt::format("responses of protocol \"{}\" cannot be read (known: rest-xml)", protocol));
  }
  Value out(resource);
  out.make_object();
  auto output = operation.output();
  if (!output) return out;
  auto parsed = parse_rest(output->shape(), head, body, kRestXmlDocumentRules, out, resource);
  if (parsed) return out;
  return std::move(parsed).error().with_call(std::string(operation.model().service_name()),
                                             std::string(operation.name()));
}

Error parse_error(const Operation& operation, std::string_view protocol, const HttpResponse& head,
                  std::string_view body) {
  ErrorDocument document = protocol == "rest-xml" ? parse_rest_xml_error(operation, head, body)
                                                  : error_from_status(head);
  return make_service_error(operation, head, document);
}

}  // namespace botocxx::protocol
