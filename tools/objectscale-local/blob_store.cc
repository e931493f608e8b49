#include "blob_store.h"

#include <botocxx/base/host.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace botocxx::objectscale {
namespace {

namespace fs = std::filesystem;

Error failure(const fs::path& path) {
  return Error(ErrorKind::kInternal, "Storage", path.string() + ": " + std::strerror(errno));
}

std::string new_name() {
  std::string name = make_uuid4(*system_host().random);
  std::erase(name, '-');
  return name;
}

}  // namespace

SpoolFile::SpoolFile(fs::path path)
    : path_(std::move(path)),
      descriptor_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {}

SpoolFile::~SpoolFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!kept_) ::unlink(path_.c_str());
}

Result<void> SpoolFile::write(std::span<const std::byte> bytes) {
  if (descriptor_ < 0) return failure(path_);
  while (!bytes.empty()) {
    ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failure(path_);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    size_ += static_cast<std::uint64_t>(written);
  }
  return {};
}

Result<void> SpoolFile::close() {
  if (descriptor_ < 0) return failure(path_);
  int result = ::close(descriptor_);
  descriptor_ = -1;
  if (result != 0) return failure(path_);
  return {};
}

BlobStore::BlobStore(const fs::path& folder) : blobs_(folder / "blobs"), spool_(folder / "spool") {
  fs::remove_all(spool_);
  fs::create_directories(spool_);
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (char first : kDigits) {
    for (char second : kDigits) fs::create_directories(blobs_ / std::string{first, second});
  }
}

std::unique_ptr<SpoolFile> BlobStore::create() const {
  return std::make_unique<SpoolFile>(spool_ / new_name());
}

Result<std::string> BlobStore::keep(SpoolFile& file) const {
  if (Result<void> done = file.close(); !done) return std::move(done).error();
  std::string name = file.path_.filename().string();
  if (::rename(file.path_.c_str(), path_of(name).c_str()) != 0) return failure(path_of(name));
  file.kept_ = true;
  return name;
}

Result<Body> BlobStore::open(std::string_view name, std::uint64_t offset,
                             std::uint64_t length) const {
  if (length == 0) return Body(std::string());
  return Body::from_file(path_of(name).string(), offset, length);
}

Result<std::string> BlobStore::share(std::string_view name) const {
  std::string other = new_name();
  if (::link(path_of(name).c_str(), path_of(other).c_str()) != 0) return failure(path_of(other));
  return other;
}

void BlobStore::remove(std::string_view name) const {
  if (!name.empty()) ::unlink(path_of(name).c_str());
}

void BlobStore::remove_all(std::span<const std::string> names) const {
  for (const std::string& name : names) remove(name);
}

void BlobStore::sweep(const std::function<bool(const std::string& name)>& is_used) const {
  std::vector<fs::path> unused;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(blobs_)) {
    if (entry.is_regular_file() && !is_used(entry.path().filename().string())) {
      unused.push_back(entry.path());
    }
  }
  for (const fs::path& path : unused) ::unlink(path.c_str());
}

fs::path BlobStore::path_of(std::string_view name) const {
  return blobs_ / std::string(name.substr(0, 2)) / std::string(name);
}

}  // namespace botocxx::objectscale
