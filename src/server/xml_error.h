#pragma once

#include "server/protocol_codec.h"

#include <string>

/// Errors as the XML protocols spell them.
namespace botocxx::server {

/// `<Code>`, `<Message>`, the exception's members and the error's context, an element each.
void write_error_elements(std::string& out, const ErrorAnswer& answer);

/// An element with text for people: what XML can't hold is left out rather than refused.
void write_lenient_element(std::string& out, std::string_view name, std::string_view text);

/// The document becomes the body.
void set_xml_body(std::string document, std::string_view content_type, HttpResponse& response);

}  // namespace botocxx::server
