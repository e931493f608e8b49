#pragma once

#include <botocxx/server/service_codec.h>

namespace botocxx::server {

/// The part of a protocol that the shared rest rules don't cover. A new protocol is one more of
/// these, listed in protocol_codec.cc.
struct ProtocolCodec {
  std::string_view protocol;
  std::string_view content_type;
  /// Adds to `params` the members of the input's body (`payload` alone where one is named; never a
  /// blob or text payload, which is the body as it stands).
  Result<void> (*decode_body)(const Shape& input, const std::string& body, Value& params);
  /// The document of a result; empty when the output has no body members.
  Result<std::string> (*encode_body)(const Member& output, const Value& value,
                                     const EncodeOptions& options);
  std::string (*encode_error)(const Error& error, const ErrorIdentity& identity,
                              const EncodeOptions& options);
};

Result<const ProtocolCodec*> find_protocol_codec(std::string_view protocol);

extern const ProtocolCodec kRestXmlCodec;

}  // namespace botocxx::server
