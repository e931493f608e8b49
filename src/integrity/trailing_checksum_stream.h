#pragma once

#include "integrity/body_reader.h"
#include "integrity/checksum.h"

#include <memory>
#include <string>

namespace botocxx::integrity {

/// A body in `aws-chunked` form without signatures: chunks of 1 MiB (the last may be shorter), then
/// the content's checksum as a trailing field `name`. Never holds more than a chunk. Rewinds where
/// the content does. Its own length is not known beforehand, as in botocore; a content that turns
/// out longer or shorter than it said is the error "IncompleteBody".
class TrailingChecksumStream : public ByteStream {
 public:
  TrailingChecksumStream(Body content, ChecksumAlgorithm algorithm, std::string name);

  Result<std::size_t> read(std::span<std::byte> out) override;
  bool can_rewind() const override { return content_.can_rewind(); }
  Result<void> rewind() override;

 private:
  Result<void> make_chunk();
  Result<void> check_size() const;

  BodyReader content_;
  Checksum checksum_;
  std::string name_;
  std::unique_ptr<std::byte[]> buffer_{};
  std::span<const std::byte> pending_{};
  std::string end_{};
  std::uint64_t count_ = 0;
  bool complete_ = false;
};

}  // namespace botocxx::integrity
