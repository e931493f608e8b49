#include "upload_content.h"

#include <botocxx/base/text_encoding.h>

namespace botocxx::objectscale {

UploadContent::UploadContent(std::unique_ptr<SpoolFile> file) : file_(std::move(file)) {}

Result<void> UploadContent::append(std::span<const std::byte> bytes) {
  digest_.update(bytes);
  return file_->write(bytes);
}

void UploadContent::finish(std::map<std::string, std::string> checksums) {
  md5_ = digest_.finish();
  checksums_ = std::move(checksums);
}

std::string UploadContent::md5_hex() const { return hex_encode(as_byte_span(md5_)); }

Result<std::size_t> UploadContent::read(std::span<std::byte>) {
  return Error(ErrorKind::kInternal, "Storage", "an upload is taken over as a file, not read");
}

}  // namespace botocxx::objectscale
