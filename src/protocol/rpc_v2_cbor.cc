#include "protocol/cbor_request.h"
#include "protocol/cbor_response.h"
#include "protocol/wire_protocol.h"

namespace botocxx::protocol {

const WireProtocol kRpcV2Cbor{
    "smithy-rpc-v2-cbor",
    serialize_rpc_v2_cbor,
    [](const Operation&, const Member& output, const HttpResponse&, std::string_view body,
       Value& out, std::pmr::memory_resource* resource) {
      return parse_cbor_document(output.shape(), body, out, resource);
    },
    [](const Operation&, const HttpResponse& head, std::string_view body) {
      return parse_rpc_v2_cbor_error(head, body);
    },
    [](const Shape& shape, const HttpResponse&, std::string_view body, Value& out) {
      return parse_cbor_document(shape, body, out, out.resource());
    },
    parse_cbor_document,
    nullptr,
    write_cbor_document,
    "application/cbor",
};

}  // namespace botocxx::protocol
