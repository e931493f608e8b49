#pragma once

#include "protocol/serializer.h"

namespace botocxx::protocol {

/// The request of smithy-rpc-v2-cbor: everything but the operation's name and the host prefix is in
/// the document.
Result<SerializedRequest> serialize_rpc_v2_cbor(const Operation& operation, const Value& params,
                                                const SerializeOptions& options);

}  // namespace botocxx::protocol
