#pragma once

#include "base/digest.h"
#include "checksum.h"
#include <botocxx/base/result.h>
#include <botocxx/message/headers.h>

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace botocxx::objectscale {

/// Compares a request's content with what its headers say of it: Content-MD5, x-amz-content-sha256,
/// x-amz-checksum-* in headers or announced as trailers.
class PayloadChecks {
 public:
  /// `content_sha256`: hexadecimal, empty when there is none to check.
  PayloadChecks(const Headers& headers, std::string content_sha256);

  void update(std::span<const std::byte> bytes);
  /// Errors "BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch"; else the checksums in
  /// base64, by algorithm.
  Result<std::map<std::string, std::string>> finish(const Headers& headers,
                                                    const Headers& trailers);

 private:
  void want(std::string_view header);

  std::map<std::string, std::unique_ptr<Checksum>> checksums_;
  std::string content_sha256_;
  std::optional<base::Digest> sha256_, md5_;
};

}  // namespace botocxx::objectscale
