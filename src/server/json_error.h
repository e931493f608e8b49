#pragma once

#include "server/protocol_codec.h"
#include <botocxx/value/value.h>

#include <string>

/// Errors as the protocols of JSON and CBOR spell them.
namespace botocxx::server {

/// The message, the error's context and the exception's `members` (names as on the wire).
Value error_members(const ErrorAnswer& answer, const Value& members);

/// What clients know the error by: the exception's code, or its shape's name where the service's
/// clients learn the code from a header of its own.
std::string error_type(const ErrorAnswer& answer);

/// The request's id; for services that spoke "query" before, the code that they had then.
void set_error_headers(const ErrorAnswer& answer, HttpResponse& response);

}  // namespace botocxx::server
