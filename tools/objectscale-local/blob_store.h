#pragma once

#include <botocxx/base/result.h>
#include <botocxx/message/body.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace botocxx::objectscale {

/// A file that is being written; gone with the object unless the store keeps it.
class SpoolFile {
 public:
  explicit SpoolFile(std::filesystem::path path);
  ~SpoolFile();
  SpoolFile(const SpoolFile&) = delete;
  SpoolFile& operator=(const SpoolFile&) = delete;

  Result<void> write(std::span<const std::byte> bytes);
  std::uint64_t size() const { return size_; }
  const std::filesystem::path& path() const { return path_; }

 private:
  friend class BlobStore;
  Result<void> close();

  std::filesystem::path path_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
  bool kept_ = false;
};

/// The objects' octets, a file each, in folders of their names' first two digits. Files are never
/// changed once kept. Thread-safe.
class BlobStore {
 public:
  /// Creates the folders and removes what an earlier process left half-written.
  explicit BlobStore(const std::filesystem::path& folder);

  std::unique_ptr<SpoolFile> create() const;
  /// Takes the file over and returns its name.
  Result<std::string> keep(SpoolFile& file) const;
  Result<Body> open(std::string_view name, std::uint64_t offset, std::uint64_t length) const;
  /// A second name for the same octets.
  Result<std::string> share(std::string_view name) const;
  void remove(std::string_view name) const;
  void remove_all(std::span<const std::string> names) const;
  /// Removes every file that `is_used` does not know.
  void sweep(const std::function<bool(const std::string& name)>& is_used) const;

 private:
  std::filesystem::path path_of(std::string_view name) const;

  std::filesystem::path blobs_, spool_;
};

}  // namespace botocxx::objectscale
