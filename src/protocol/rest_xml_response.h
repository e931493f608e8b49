#pragma once

#include "protocol/error_document.h"
#include "protocol/rest_response.h"

namespace botocxx::protocol {

/// Documents of rest-xml.
extern const RestDocumentRules kRestXmlDocumentRules;

/// The error in a rest-xml answer. Never fails: what cannot be understood gives code and message
/// from the status.
ErrorDocument parse_rest_xml_error(const Operation& operation, const HttpResponse& head,
                                   std::string_view body);

}  // namespace botocxx::protocol
