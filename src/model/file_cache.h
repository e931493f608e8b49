#pragma once

#include <botocxx/base/host.h>

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace botocxx::model {

/// Identity of a file at some moment: a changed file has another stamp.
struct FileStamp {
  std::string path;
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;
  std::uint64_t identity = 0;

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

std::vector<FileStamp> stamp_files(const std::vector<std::string>& paths, const FileSystem& files);

/// Products made from files, one for a set of paths; made again when one of the files has changed.
/// Thread-safe: while one thread makes a product, others that want the same one wait.
template <typename Product>
class FileCache {
 public:
  enum class Keep {
    kAlways,
    kWhileUsed  ///< large things that are rarely wanted twice
  };

  template <typename Make>
  std::shared_ptr<const Product> get(const std::string& key, std::vector<FileStamp> stamps,
                                     Keep keep, Make&& make) {
    std::shared_ptr<Entry> entry = find(key);
    std::lock_guard lock(entry->mutex);
    std::shared_ptr<const Product> product = entry->used.lock();
    if (product && entry->stamps == stamps) return product;
    product = make();
    entry->stamps = std::move(stamps);
    entry->used = product;
    entry->kept = keep == Keep::kAlways ? product : nullptr;
    return product;
  }

 private:
  struct Entry {
    std::mutex mutex;
    std::vector<FileStamp> stamps;
    std::shared_ptr<const Product> kept;
    std::weak_ptr<const Product> used;
  };

  std::shared_ptr<Entry> find(const std::string& key) {
    std::lock_guard lock(mutex_);
    std::shared_ptr<Entry>& entry = entries_[key];
    if (!entry) entry = std::make_shared<Entry>();
    return entry;
  }

  std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<Entry>> entries_;
};

}  // namespace botocxx::model
