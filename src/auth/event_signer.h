#pragma once

#include "auth/sigv4.h"

#include <string>
#include <string_view>

namespace botocxx::auth {

/// What the headers of the message that carries an event must say: `:date`, a timestamp, and
/// `:chunk-signature`, octets.
struct EventSignature {
  Timestamp date{};         ///< whole seconds
  std::string signature{};  ///< 32 octets, not hexadecimal
  std::string string_to_sign{};
};

/// Signs the messages of an event stream one after the other. The request's head must have been
/// signed with `PayloadHash::kSignedEvents`. One object a stream, used from one thread at a time.
class EventSigner {
 public:
  /// `head_signature` is the head's, in hexadecimal. Of `options` region, service and clock skew
  /// count.
  static Result<EventSigner> create(std::string_view head_signature, Credentials credentials,
                                    const SigV4Options& options, SigningKeyCache* cache = nullptr);

  /// For the message whose payload is `payload`: a whole encoded event, or nothing for the message
  /// that closes the stream. Never fails for a different `time`: each message has its own.
  EventSignature sign(std::string_view payload, Timestamp time);

  /// Later messages are signed with these: a stream may outlive temporary credentials.
  void set_credentials(Credentials credentials) { credentials_ = std::move(credentials); }

 private:
  EventSigner() = default;

  Credentials credentials_{};
  std::string region_{}, service_{};
  std::chrono::seconds clock_skew_{};
  std::string last_signature_{};
  SigningKeyCache* cache_ = nullptr;
};

/// The encoded header `:date`, the only one that a message's signature covers.
std::string encode_date_header(Timestamp date);

}  // namespace botocxx::auth
