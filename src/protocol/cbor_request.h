#pragma once

#include "protocol/serializer.h"

#include <string>

namespace botocxx::protocol {

/// The request of smithy-rpc-v2-cbor: everything but the operation's name and the host prefix is in
/// the document.
Result<SerializedRequest> serialize_rpc_v2_cbor(const Operation& operation, const Value& params,
                                                const SerializeOptions& options);

/// The document of `value`, a structure that `reference` describes.
Result<std::string> write_cbor_document(const Member& reference, const Value& value);

}  // namespace botocxx::protocol
