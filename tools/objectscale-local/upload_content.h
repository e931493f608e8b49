#pragma once

#include "base/digest.h"
#include "blob_store.h"
#include "checksum.h"
#include <botocxx/message/body.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace botocxx::objectscale {

/// A request's content as it was received into a file: what an operation with a streaming body gets
/// as its payload. The file can be taken over by the store.
class UploadContent : public ByteStream {
 public:
  explicit UploadContent(std::unique_ptr<SpoolFile> file);

  Result<void> append(std::span<const std::byte> bytes);
  /// After the last octet.
  void finish(std::map<std::string, std::string> checksums);

  SpoolFile& file() { return *file_; }
  std::string md5_hex() const;
  /// Base64 by algorithm ("crc32"), of those that the client sent and that were right.
  const std::map<std::string, std::string>& checksums() const { return checksums_; }

  Result<std::size_t> read(std::span<std::byte> out) override;
  std::optional<std::uint64_t> size() const override { return file_->size(); }

 private:
  std::unique_ptr<SpoolFile> file_;
  base::Digest digest_{base::DigestAlgorithm::kMd5};
  std::string md5_;
  std::map<std::string, std::string> checksums_;
};

}  // namespace botocxx::objectscale
