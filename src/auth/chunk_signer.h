#pragma once

#include "auth/sigv4.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::auth {

/// How a chain of signatures goes on from that of the request's head.
struct ChainStart {
  std::string time{};                                           ///< `YYYYMMDDTHHMMSSZ`, the head's
  std::string scope{};                                          ///< the head's credential scope
  std::string seed_signature{};                                 ///< the head's signature
  bool asymmetric = false;                                      ///< Version 4a
  std::function<Result<std::string>(std::string_view)> sign{};  ///< string to sign → signature
};

/// The chain that belongs to `head`, which `sign_v4` (or, with `asymmetric`, `sign_v4a`) made with
/// the same credentials and options.
Result<ChainStart> chain_after(const SignatureAdditions& head, const Credentials& credentials,
                               const SigV4Options& options, bool asymmetric,
                               SigningKeyCache* cache = nullptr);

/// Frames a body as `aws-chunked` content: what stands before and after each chunk's octets, and
/// at the end. One object a body, used from one thread at a time; chunks go in order.
class ChunkSigner {
 public:
  /// Chunks without signatures.
  ChunkSigner() = default;
  explicit ChunkSigner(ChainStart start);

  /// The line before a chunk that is not empty; `"\r\n"` follows the chunk.
  Result<std::string> line_before(std::string_view chunk);
  /// What ends the body: the empty chunk, the trailing fields, and their signature if `sign`.
  Result<std::string> end(std::span<const Headers::Field> trailers);
  /// The string that was signed last; empty when nothing was.
  const std::string& string_to_sign() const { return string_to_sign_; }
  /// The signature that the next one follows.
  const std::string& last_signature() const { return last_signature_; }

 private:
  Result<std::string> sign(std::string_view kind, std::string_view hashes);

  ChainStart start_{};
  std::string last_signature_{};
  std::string string_to_sign_{};
};

/// How many octets `size` octets make in chunks of `chunk_size` (the last may be shorter), with
/// the end. Version 4a pads its signatures, so that this is known beforehand.
enum class ChunkFraming { kUnsigned, kSigned, kSignedAsymmetric };
std::uint64_t framed_size(std::uint64_t size, std::uint64_t chunk_size, ChunkFraming framing,
                          std::span<const Headers::Field> trailers);

}  // namespace botocxx::auth
