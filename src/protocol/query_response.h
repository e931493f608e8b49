#pragma once

#include "protocol/error_document.h"
#include "protocol/parser.h"
#include "protocol/xml_shape.h"

namespace botocxx::protocol {

/// How the query and ec2 protocols differ from each other in answers.
struct QueryDocumentRules {
  /// As query has it: the model may name an element around the result, errors spell "RequestId".
  bool wrapped;
  /// Adds what the document says about the request to `metadata`, an object.
  void (*read_metadata)(const codec::XmlNode& root, Value& metadata);
  /// Where the members of an exception are.
  FindErrorElement find_error;
};

extern const QueryDocumentRules kQueryDocumentRules;
extern const QueryDocumentRules kEc2DocumentRules;

/// The result and the ResponseMetadata of a form protocol: one document.
Result<void> parse_query(const Operation& operation, std::string_view body,
                         const QueryDocumentRules& rules, Answer& out,
                         std::pmr::memory_resource* resource);

/// The error in an answer of a form protocol. A body that is no XML is `unreadable`; a document
/// without an error has neither code nor message, and its elements are the fields.
ErrorDocument parse_query_error(const HttpResponse& head, std::string_view body,
                                const QueryDocumentRules& rules);

/// The members of an exception's `shape`, added to `out`.
Result<void> parse_query_error_members(const Shape& shape, std::string_view body,
                                       const QueryDocumentRules& rules, Value& out);

}  // namespace botocxx::protocol
