#include "server/protocol_codec.h"

#include <fmt/format.h>

namespace botocxx::server {

Result<const ProtocolCodec*> find_protocol_codec(std::string_view protocol) {
  static constexpr const ProtocolCodec* kCodecs[] = {
      &kEc2Codec, &kJsonCodec, &kQueryCodec, &kRestJsonCodec, &kRestXmlCodec, &kCborCodec,
  };
  std::string known;
  for (const ProtocolCodec* codec : kCodecs) {
    if (codec->protocol == protocol) return codec;
    known += (known.empty() ? "" : ", ") + std::string(codec->protocol);
  }
  return Error(ErrorKind::kUsage, "UnsupportedProtocol",
               fmt::format("no server codec for protocol '{}' (known: {})", protocol, known));
}

}  // namespace botocxx::server
