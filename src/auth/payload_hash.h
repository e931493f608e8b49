#pragma once

#include <botocxx/base/result.h>
#include <botocxx/message/http.h>

#include <string>
#include <string_view>

namespace botocxx::auth {

/// How the canonical request's last line is made.
enum class PayloadHash {
  kSigned,           ///< SHA-256 of the body (which must be rewindable)
  kUnsigned,         ///< UNSIGNED-PAYLOAD
  kHeader,           ///< the value of an X-Amz-Content-SHA256 header that the request has already
  kUnsignedTrailer,  ///< chunks without signatures, a checksum behind them
  kSignedChunks,     ///< each chunk is signed
  kSignedChunksTrailer,  ///< each chunk and the trailing headers are signed
  kSignedEvents          ///< each message of the event stream is signed
};

/// Whether the value is a constant that tells the server how to read the body: such a request must
/// carry it as a header.
bool announces_payload(PayloadHash mode);

/// The last line for `request`. `algorithm` is the signature's ("AWS4-HMAC-SHA256"); a header of
/// the request that holds the hash already is believed if `trust_header`. A stream that was read is
/// rewound; one that cannot be is refused unread.
Result<std::string> payload_hash(const HttpRequest& request, PayloadHash mode,
                                 std::string_view algorithm, bool trust_header);

}  // namespace botocxx::auth
