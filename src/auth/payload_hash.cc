#include "auth/payload_hash.h"

#include "base/digest.h"
#include <botocxx/base/text_encoding.h>

namespace botocxx::auth {
namespace {

constexpr std::string_view kEmptySha256 =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

Result<std::string> hash_stream(const Body& body) {
  if (!body.can_rewind()) {
    return Error(ErrorKind::kUsage, "UnseekableStream",
                 "the request's body can be read only once, so it can't be signed by its content")
        .with_hint("give a body that can be rewound, or sign without the payload over https");
  }
  base::Digest digest(base::DigestAlgorithm::kSha256);
  auto copied = body.copy_to([&](std::span<const std::byte> piece) {
    digest.update(piece);
    return Result<void>();
  });
  if (!copied) return std::move(copied).error();
  if (auto rewound = body.rewind(); !rewound) return std::move(rewound).error();
  return hex_encode(as_byte_span(digest.finish()));
}

Result<std::string> hash_body(const Body& body) {
  if (body.is_stream()) return hash_stream(body);
  if (body.bytes().empty()) return std::string(kEmptySha256);
  return base::sha256_hex(body.bytes());
}

std::string streaming(std::string_view algorithm, std::string_view kind) {
  std::string text = "STREAMING-";
  return text.append(algorithm).append(kind);
}

}  // namespace

bool announces_payload(PayloadHash mode) {
  return mode != PayloadHash::kSigned && mode != PayloadHash::kHeader;
}

Result<std::string> payload_hash(const HttpRequest& request, PayloadHash mode,
                                 std::string_view algorithm, bool trust_header) {
  switch (mode) {
    case PayloadHash::kUnsigned:
      return std::string("UNSIGNED-PAYLOAD");
    case PayloadHash::kUnsignedTrailer:
      return std::string("STREAMING-UNSIGNED-PAYLOAD-TRAILER");
    case PayloadHash::kSignedChunks:
      return streaming(algorithm, "-PAYLOAD");
    case PayloadHash::kSignedChunksTrailer:
      return streaming(algorithm, "-PAYLOAD-TRAILER");
    case PayloadHash::kSignedEvents:
      return streaming(algorithm, "-EVENTS");
    case PayloadHash::kSigned:
    case PayloadHash::kHeader:
      break;
  }
  if (mode == PayloadHash::kHeader || trust_header) {
    if (auto given = request.headers.get("X-Amz-Content-SHA256")) return std::string(*given);
  }
  return hash_body(request.body);
}

}  // namespace botocxx::auth
