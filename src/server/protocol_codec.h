#pragma once

#include <botocxx/server/service_codec.h>

#include <optional>

namespace botocxx::server {

/// What an answer to a failed call is made of.
struct ErrorAnswer {
  const Error& error;
  /// Null when the request could not be routed.
  const ServiceModel* model = nullptr;
  /// The exception that the code names, where the model has one.
  std::optional<Shape> shape{};
  const Value& members;  ///< of `shape`: an object, perhaps empty
  const ErrorIdentity& identity;
  const EncodeOptions& options;
};

/// A protocol from the server's side, as its functions. A new protocol is one more of these, listed
/// in protocol_codec.cc.
struct ProtocolCodec {
  std::string_view protocol;
  /// Whether empty lists, maps and structures can be told from absent ones in a body.
  bool shows_empty;
  /// Adds what the request says of `input`'s members to `params`, an object.
  Result<void> (*decode)(const Shape& input, const Route& route, const HttpRequest& request,
                         Value& params);
  /// Adds headers and body of a result; the status is set already.
  Result<void> (*encode)(const Operation& operation, const Value& output,
                         const EncodeOptions& options, HttpResponse& response);
  /// Adds headers and body of an error.
  void (*encode_error)(const ErrorAnswer& answer, HttpResponse& response);
};

Result<const ProtocolCodec*> find_protocol_codec(std::string_view protocol);

extern const ProtocolCodec kRestXmlCodec;
extern const ProtocolCodec kRestJsonCodec;
extern const ProtocolCodec kJsonCodec;
extern const ProtocolCodec kQueryCodec;
extern const ProtocolCodec kEc2Codec;
extern const ProtocolCodec kCborCodec;

}  // namespace botocxx::server
