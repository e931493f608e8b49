#include "server/protocol_codec.h"

namespace botocxx::server {

Result<const ProtocolCodec*> find_protocol_codec(std::string_view protocol) {
  static constexpr const ProtocolCodec* kCodecs[] = {&kRestXmlCodec};
  for (const ProtocolCodec* codec : kCodecs) {
    if (codec->protocol == protocol) return codec;
  }
  return Error(ErrorKind::kUsage, "UnsupportedProtocol",
               "no server codec for protocol '" + std::string(protocol) + "', only for rest-xml");
}

}  // namespace botocxx::server
