#include "payload_check.h"

#include "service_error.h"
#include <botocxx/base/text_encoding.h>

namespace botocxx::objectscale {
namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

Result<void> check_md5(std::string_view header, const std::string& md5) {
  constexpr std::size_t kMd5Size = 16;
  std::optional<std::string> expected = base64_decode(trim(header));
  if (!expected || expected->size() != kMd5Size) return service_error("InvalidDigest");
  if (*expected == md5) return {};
  return service_error("BadDigest")
      .with_context("ExpectedDigest", std::string(header))
      .with_context("CalculatedDigest", base64_encode(as_byte_span(md5)));
}

}  // namespace

PayloadChecks::PayloadChecks(const Headers& headers, std::string content_sha256)
    : content_sha256_(std::move(content_sha256)) {
  if (!content_sha256_.empty()) sha256_.emplace(base::DigestAlgorithm::kSha256);
  if (headers.contains("Content-MD5")) md5_.emplace(base::DigestAlgorithm::kMd5);
  for (const Headers::Field& field : headers) want(field.name);
  std::string trailer = headers.joined("X-Amz-Trailer").value_or("");
  std::string_view names = trailer;
  while (!names.empty()) {
    std::size_t comma = names.find(',');
    want(trim(names.substr(0, comma)));
    names.remove_prefix(comma == std::string_view::npos ? names.size() : comma + 1);
  }
}

void PayloadChecks::want(std::string_view header) {
  std::string name = to_lower(header);
  if (!name.starts_with(kChecksumHeader)) return;
  std::string algorithm = name.substr(kChecksumHeader.size());
  if (std::unique_ptr<Checksum> checksum = make_checksum(algorithm)) {
    checksums_[algorithm] = std::move(checksum);
  }
}

void PayloadChecks::update(std::span<const std::byte> bytes) {
  if (sha256_) sha256_->update(bytes);
  if (md5_) md5_->update(bytes);
  for (auto& [name, checksum] : checksums_) checksum->update(bytes);
}

Result<std::map<std::string, std::string>> PayloadChecks::finish(const Headers& headers,
                                                                 const Headers& trailers) {
  if (sha256_) {
    std::string actual = hex_encode(as_byte_span(sha256_->finish()));
    if (actual != content_sha256_) {
      return service_error("XAmzContentSHA256Mismatch")
          .with_context("ClientComputedContentSHA256", content_sha256_)
          .with_context("S3ComputedContentSHA256", actual);
    }
  }
  if (md5_) {
    Result<void> done = check_md5(headers.get("Content-MD5").value_or(""), md5_->finish());
    if (!done) return std::move(done).error();
  }
  std::map<std::string, std::string> values;
  for (auto& [algorithm, checksum] : checksums_) {
    std::string header = std::string(kChecksumHeader) + algorithm;
    std::string actual = base64_encode(as_byte_span(checksum->finish()));
    auto sent = headers.get(header);
    if (!sent) sent = trailers.get(header);
    if (!sent || trim(*sent) != actual) {
      return service_error(
          "BadDigest",
          "The " + algorithm + " you specified did not match the calculated checksum.");
    }
    values[algorithm] = std::move(actual);
  }
  return values;
}

}  // namespace botocxx::objectscale
