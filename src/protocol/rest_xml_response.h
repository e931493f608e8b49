#pragma once

#include "protocol/error_document.h"
#include "protocol/rest_response.h"

namespace botocxx::protocol {

/// Documents of rest-xml.
extern const RestDocumentRules kRestXmlDocumentRules;

/// An `<Error>` where a result was due, as S3 sends it behind a status of success. A payload that
/// is the body itself may be anything.
bool hides_rest_xml_error(const Member& output, std::string_view body);

/// The error in a rest-xml answer. Never fails: what cannot be understood gives code and message
/// from the status.
ErrorDocument parse_rest_xml_error(const Operation& operation, const HttpResponse& head,
                                   std::string_view body);

}  // namespace botocxx::protocol
