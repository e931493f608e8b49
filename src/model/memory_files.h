#pragma once

#include <botocxx/base/host.h>

#include <atomic>
#include <map>
#include <mutex>
#include <string>

namespace botocxx::model {

/// Another file system with documents from memory beside it, under a root of their own.
class MemoryFiles : public FileSystem {
 public:
  explicit MemoryFiles(const FileSystem& beneath);

  /// Below it lie the documents; no other MemoryFiles of the process has the same.
  const std::string& root() const { return root_; }
  bool empty() const { return version_ == 0; }
  /// Adds or replaces ROOT/`relative`.
  void add(const std::string& relative, std::string text);

  Status status(const std::string& path) const override;
  Result<std::string> read_file(const std::string& path) const override;
  Result<std::vector<std::string>> list_directory(const std::string& path) const override;

 private:
  struct Document {
    std::string text;
    std::uint64_t version;
  };
  bool holds(const std::string& path) const;

  const FileSystem& beneath_;
  const std::string root_;
  std::atomic<std::uint64_t> version_ = 0;
  mutable std::mutex mutex_;
  std::map<std::string, Document> documents_;
};

}  // namespace botocxx::model
