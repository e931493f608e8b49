#pragma once

#include "protocol/error_document.h"
#include <botocxx/base/result.h>
#include <botocxx/message/http.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <memory_resource>
#include <string_view>

namespace botocxx::protocol {

/// Adds the members of `shape` that the CBOR `document` holds to `out`, an object, in one pass and
/// in the model's order. An empty document has no members. Long texts refer to `document`.
Result<void> parse_cbor_document(const Shape& shape, std::string_view document, Value& out,
                                 std::pmr::memory_resource* resource);

/// The error in an answer. Never fails: what cannot be understood gives code and message from the
/// status.
ErrorDocument parse_rpc_v2_cbor_error(const HttpResponse& head, std::string_view body);

}  // namespace botocxx::protocol
