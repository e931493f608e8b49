#include "protocol/wire_protocol.h"

#include <fmt/format.h>

namespace botocxx::protocol {
namespace {

constexpr const WireProtocol* kProtocols[] = {
    &kEc2, &kJson, &kQuery, &kRestJson, &kRestXml, &kRpcV2Cbor,
};

}  // namespace

Result<const WireProtocol*> find_wire_protocol(std::string_view name) {
  std::string known;
  for (const WireProtocol* protocol : kProtocols) {
    if (protocol->name == name) return protocol;
    known += (known.empty() ? "" : ", ") + std::string(protocol->name);
  }
  return Error(ErrorKind::kModel, "UnsupportedServiceProtocols",
               fmt::format("protocol \"{}\" is not supported (known: {})", name, known));
}

}  // namespace botocxx::protocol
