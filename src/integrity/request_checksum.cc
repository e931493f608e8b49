#include "integrity/request_checksum.h"

#include "integrity/trailing_checksum_stream.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <memory>

namespace botocxx::integrity {
namespace {

Result<std::string> checksum_of(const Body& body, ChecksumAlgorithm algorithm) {
  Checksum checksum(algorithm);
  auto copied = body.copy_to([&](std::span<const std::byte> piece) {
    checksum.update(piece);
    return Result<void>();
  });
  if (!copied) return std::move(copied).error();
  if (auto rewound = body.rewind(); !rewound) return std::move(rewound).error();
  return base64_encode(as_byte_span(checksum.finish()));
}

Result<bool> apply_header(const RequestChecksum& checksum, HttpRequest& request) {
  if (!request.body.can_rewind()) {
    if (checksum.optional) return false;
    return Error(ErrorKind::kUsage, "UnseekableStream",
                 fmt::format("the body must be read twice, once for its checksum ({}) and once to "
                             "send it, but this stream can be read only once",
                             checksum.name))
        .with_hint("pass a file or octets, or use https, where the checksum follows the body");
  }
  auto value = checksum_of(request.body, checksum.algorithm);
  if (!value) return std::move(value).error();
  request.headers.set(checksum.name, *std::move(value));
  return true;
}

void apply_trailer(const RequestChecksum& checksum, HttpRequest& request) {
  Headers& headers = request.headers;
  headers.set("Transfer-Encoding", "chunked");
  auto encoding = headers.get("Content-Encoding");
  headers.set("Content-Encoding",
              encoding ? std::string(*encoding) + ",aws-chunked" : std::string("aws-chunked"));
  headers.set("X-Amz-Trailer", checksum.name);
  if (auto size = request.body.size()) {
    headers.set("X-Amz-Decoded-Content-Length", std::to_string(*size));
  } else if (auto stated = headers.get("Content-Length")) {
    headers.set("X-Amz-Decoded-Content-Length", std::string(*stated));
  }
  headers.remove("Content-Length");
  request.body = Body(std::make_shared<TrailingChecksumStream>(std::move(request.body),
                                                               checksum.algorithm, checksum.name));
}

}  // namespace

Result<bool> apply_request_checksum(const RequestChecksum& checksum, HttpRequest& request) {
  // A handler may have added the very same in the meantime.
  if (!request.headers.contains(checksum.name)) {
    if (checksum.place == ChecksumPlace::kTrailer) {
      apply_trailer(checksum, request);
    } else {
      auto applied = apply_header(checksum, request);
      if (!applied || !*applied) return applied;
    }
  }
  if (checksum.announcement) {
    request.headers.set(checksum.announcement->name, checksum.announcement->value);
  }
  return true;
}

}  // namespace botocxx::integrity
