#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/message/headers.h>
#include <botocxx/server/signature_verifier.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace botocxx::inline v1 {

/// Takes an aws-chunked body apart while it arrives, and checks the chunks' signatures where they
/// are signed. Content is handed on before its chunk's signature is known to be good: throw it away
/// when `feed` or `finish` fails. Memory is bounded. Not thread-safe.
class BOTOCXX_EXPORT ChunkedPayload {
 public:
  using Sink = std::function<Result<void>(std::span<const std::byte>)>;

  ChunkedPayload(VerifiedRequest verified, Sink sink);
  ~ChunkedPayload();
  ChunkedPayload(const ChunkedPayload&) = delete;
  ChunkedPayload& operator=(const ChunkedPayload&) = delete;

  /// The next octets as they came. Errors: "SignatureDoesNotMatch" (403), "InvalidChunk" (400), and
  /// the sink's.
  Result<void> feed(std::span<const std::byte> bytes);
  /// Error "IncompleteBody" (400) when the last chunk did not come.
  Result<void> finish();
  /// Trailing headers, after `finish()`.
  const Headers& trailers() const;
  /// Octets of content so far.
  std::uint64_t size() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace botocxx::inline v1
