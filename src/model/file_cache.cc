#include "model/file_cache.h"

namespace botocxx::model {

std::vector<FileStamp> stamp_files(const std::vector<std::string>& paths, const FileSystem& files) {
  std::vector<FileStamp> stamps;
  stamps.reserve(paths.size());
  for (const std::string& path : paths) {
    FileSystem::Status status = files.status(path);
    stamps.push_back({path, status.size, status.modified_ns, status.identity});
  }
  return stamps;
}

}  // namespace botocxx::model
