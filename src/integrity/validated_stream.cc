#include "integrity/validated_stream.h"

#include "integrity/body_reader.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

namespace botocxx::integrity {
namespace {

Result<void> compare(const ExpectedChecksum& expected, const std::string& digest) {
  // A value that is no base64 cannot be any body's checksum.
  if (base64_decode(expected.value) == digest) return {};
  return Error(ErrorKind::kParse, "FlexibleChecksum",
               fmt::format("Expected checksum {} did not match calculated checksum: {}",
                           expected.value, base64_encode(as_byte_span(digest))));
}

class ValidatedStream : public ByteStream {
 public:
  ValidatedStream(Body body, ExpectedChecksum expected)
      : body_(std::move(body)), expected_(std::move(expected)), checksum_(expected_.algorithm) {}

  Result<std::size_t> read(std::span<std::byte> out) override {
    if (out.empty()) return std::size_t{0};
    auto count = body_.stream()->read(out);
    if (!count) return count;
    if (*count > 0) {
      checksum_.update(std::span<const std::byte>(out.first(*count)));
    } else if (!verdict_) {
      verdict_ = compare(expected_, checksum_.finish());
    }
    if (*count == 0 && !*verdict_) return verdict_->error();
    return count;
  }
  std::optional<std::uint64_t> size() const override { return body_.size(); }
  bool can_rewind() const override { return body_.can_rewind(); }
  Result<void> rewind() override {
    static_cast<void>(checksum_.finish());
    verdict_.reset();
    return body_.rewind();
  }

 private:
  Body body_;
  ExpectedChecksum expected_;
  Checksum checksum_;
  std::optional<Result<void>> verdict_{};  ///< stays what it was, however often the end is read
};

}  // namespace

std::optional<ExpectedChecksum> find_expected_checksum(
    std::span<const ChecksumAlgorithm> algorithms, const Headers& headers) {
  for (ChecksumAlgorithm algorithm : algorithms) {
    auto value = headers.get(checksum_header(algorithm));
    if (!value || value->find('-') != std::string_view::npos) continue;
    return ExpectedChecksum{algorithm, std::string(*value)};
  }
  return std::nullopt;
}

Result<void> check(const ExpectedChecksum& expected, std::string_view octets) {
  Checksum checksum(expected.algorithm);
  checksum.update(octets);
  return compare(expected, checksum.finish());
}

Body validated(Body body, ExpectedChecksum expected) {
  if (!body.is_stream()) {
    // Bodies in memory are read as streams, too, so that both kinds report at the same place.
    auto content = std::make_shared<BodyReader>(std::move(body));
    auto size = content->size();
    body = Body::from_callback([content](std::span<std::byte> out) { return content->read(out); },
                               size);
  }
  return Body(std::make_shared<ValidatedStream>(std::move(body), std::move(expected)));
}

}  // namespace botocxx::integrity
