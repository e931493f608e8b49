#include "protocol/rest_xml_request.h"
#include "protocol/rest_xml_response.h"
#include "protocol/wire_protocol.h"

namespace botocxx::protocol {

const WireProtocol kRestXml{
    "rest-xml",
    [](const Operation& operation, const Value& params, const SerializeOptions& options) {
      return serialize_rest(operation, params, options, kRestXmlBodyRules);
    },
    [](const Operation&, const Member& output, const HttpResponse& head, std::string_view body,
       Value& out, std::pmr::memory_resource* resource) {
      return parse_rest(output.shape(), head, body, kRestXmlDocumentRules, out, resource);
    },
    parse_rest_xml_error,
    [](const Shape& shape, const HttpResponse& head, std::string_view body, Value& out) {
      return parse_rest(shape, head, body, kRestXmlDocumentRules, out, out.resource());
    },
    [](const Shape& shape, std::string_view document, Value& out,
       std::pmr::memory_resource* resource) {
      return kRestXmlDocumentRules.read_members(shape, document, out, resource);
    },
    nullptr,
    [](const Member& reference, const Value& value) {
      return kRestXmlBodyRules.write(value, reference, BodyPart::kPayload,
                                     TimestampPrecision::kDefault);
    },
    "application/xml",
    hides_rest_xml_error,
};

}  // namespace botocxx::protocol
