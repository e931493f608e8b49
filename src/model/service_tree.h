#pragma once

#include "model/search_path.h"
#include <botocxx/base/host.h>

#include <string>
#include <string_view>
#include <vector>

namespace botocxx::model {

/// One root's folder of one service, as listed.
struct ServiceFolder {
  struct Version {
    std::string name;
    std::vector<std::string> files;  ///< sorted
  };

  Root root;
  std::string path;
  std::vector<Version> versions;         ///< sorted
  std::vector<std::string> stray_files;  ///< beside the versions, where nothing is read

  const Version* find_version(std::string_view name) const;
};

/// The folders that exist, highest priority first.
std::vector<ServiceFolder> list_service(const std::vector<Root>& roots, std::string_view service,
                                        const FileSystem& files);

/// Name of the file of `type` in the version ("TYPE.json", else "TYPE.json.gz"), or empty.
std::string find_typed_file(const ServiceFolder::Version& version, std::string_view type);

/// Sorted versions that have a base file of the type on any root.
std::vector<std::string> versions_with(const std::vector<ServiceFolder>& folders,
                                       std::string_view type);

/// False for names that are no single folder name ("", ".", "..", "a/b").
bool is_folder_name(std::string_view name);

}  // namespace botocxx::model
