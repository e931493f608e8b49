#include "model/memory_files.h"

#include <algorithm>
#include <set>

namespace botocxx::model {
namespace {

std::string make_root() {
  static std::atomic<std::uint64_t> count = 0;
  return "memory:" + std::to_string(++count);
}

}  // namespace

MemoryFiles::MemoryFiles(const FileSystem& beneath) : beneath_(beneath), root_(make_root()) {}

bool MemoryFiles::holds(const std::string& path) const {
  return !empty() && path.starts_with(root_) &&
         (path.size() == root_.size() || path[root_.size()] == '/');
}

void MemoryFiles::add(const std::string& relative, std::string text) {
  std::lock_guard lock(mutex_);
  documents_[root_ + "/" + relative] = {std::move(text), ++version_};
}

FileSystem::Status MemoryFiles::status(const std::string& path) const {
  if (!holds(path)) return beneath_.status(path);
  std::lock_guard lock(mutex_);
  auto found = documents_.find(path);
  if (found != documents_.end()) {
    return {Type::kFile, found->second.text.size(), 0, found->second.version};
  }
  auto inner = documents_.lower_bound(path + "/");
  bool folder = inner != documents_.end() && inner->first.starts_with(path + "/");
  return {folder ? Type::kDirectory : Type::kMissing, 0, 0, 0};
}

Result<std::string> MemoryFiles::read_file(const std::string& path) const {
  if (!holds(path)) return beneath_.read_file(path);
  std::lock_guard lock(mutex_);
  auto found = documents_.find(path);
  if (found != documents_.end()) return found->second.text;
  return Error(ErrorKind::kUsage, "FileAccess", "cannot open " + path + ": no such document");
}

Result<std::vector<std::string>> MemoryFiles::list_directory(const std::string& path) const {
  if (!holds(path)) return beneath_.list_directory(path);
  std::lock_guard lock(mutex_);
  std::set<std::string> names;
  std::string prefix = path + "/";
  for (auto at = documents_.lower_bound(prefix);
       at != documents_.end() && at->first.starts_with(prefix); ++at) {
    std::string_view rest = std::string_view(at->first).substr(prefix.size());
    names.emplace(rest.substr(0, rest.find('/')));
  }
  if (names.empty()) {
    return Error(ErrorKind::kUsage, "FileAccess", "cannot list " + path + ": no such folder");
  }
  return std::vector<std::string>(names.begin(), names.end());
}

}  // namespace botocxx::model
