#include "model/service_tree.h"

#include <algorithm>
#include <set>

namespace botocxx::model {

const ServiceFolder::Version* ServiceFolder::find_version(std::string_view name) const {
  for (const Version& version : versions) {
    if (version.name == name) return &version;
  }
  return nullptr;
}

std::vector<ServiceFolder> list_service(const std::vector<Root>& roots, std::string_view service,
                                        const FileSystem& files) {
  std::vector<ServiceFolder> folders;
  if (!is_folder_name(service)) return folders;
  for (const Root& root : roots) {
    ServiceFolder folder{root, root.path + "/" + std::string(service), {}, {}};
    auto names = files.list_directory(folder.path);
    if (!names) continue;
    for (std::string& name : *names) {
      auto inner = files.list_directory(folder.path + "/" + name);
      if (inner) {
        folder.versions.push_back({std::move(name), *std::move(inner)});
      } else {
        folder.stray_files.push_back(std::move(name));
      }
    }
    folders.push_back(std::move(folder));
  }
  return folders;
}

std::string find_typed_file(const ServiceFolder::Version& version, std::string_view type) {
  for (std::string_view ending : {".json", ".json.gz"}) {
    std::string name = std::string(type) + std::string(ending);
    if (std::binary_search(version.files.begin(), version.files.end(), name)) return name;
  }
  return {};
}

std::vector<std::string> versions_with(const std::vector<ServiceFolder>& folders,
                                       std::string_view type) {
  std::set<std::string> found;
  for (const ServiceFolder& folder : folders) {
    for (const ServiceFolder::Version& version : folder.versions) {
      if (!find_typed_file(version, type).empty()) found.insert(version.name);
    }
  }
  return {found.begin(), found.end()};
}

bool is_folder_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == name.npos &&
         name.find('\0') == name.npos;
}

}  // namespace botocxx::model
