#pragma once

#include "server/protocol_codec.h"

namespace botocxx::server {

/// How the REST protocols differ from each other: in their documents.
struct RestDocuments {
  std::string_view content_type;
  /// Adds the members of the input's body (`payload` alone where one is named; never a blob or text
  /// payload, which is the body as it stands). Called for a body that is not empty.
  Result<void> (*decode)(const Shape& input, const std::string& body, Value& params);
  /// The document of a result; empty when there is none to send.
  Result<std::string> (*encode)(const Member& output, const Value& value,
                                const EncodeOptions& options);
};

Result<void> decode_rest(const RestDocuments& documents, const Shape& input, const Route& route,
                         const HttpRequest& request, Value& params);

Result<void> encode_rest(const RestDocuments& documents, const Operation& operation,
                         const Value& output, const EncodeOptions& options, HttpResponse& response);

/// What of the exception's members are headers.
void encode_rest_error_headers(const ErrorAnswer& answer, HttpResponse& response);

bool has_body_members(const Shape& shape);

/// Whether `payload` is the body itself.
bool is_raw_payload(const Member& payload);

}  // namespace botocxx::server
