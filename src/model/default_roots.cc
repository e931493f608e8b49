#include "model/default_roots.h"

#include "model/search_path.h"

#include <dlfcn.h>
#include <unistd.h>

#include <array>

namespace botocxx::model {
namespace {

std::string parent_folder(const std::string& path) { return path.substr(0, path.rfind('/')); }

std::string program_path() {
  std::array<char, 4096> buffer{};
  ssize_t size = ::readlink("/proc/self/exe", buffer.data(), buffer.size());
  return size <= 0 ? std::string() : std::string(buffer.data(), static_cast<std::size_t>(size));
}

// The shared library, or the program itself when linked statically.
std::string library_path() {
  Dl_info info{};
  if (::dladdr(reinterpret_cast<const void*>(&bundled_roots), &info) == 0) return {};
  return info.dli_fname == nullptr ? std::string() : std::string(info.dli_fname);
}

// An installation may have been moved: look beside the files that are running.
std::vector<std::string> candidate_data_folders() {
  std::vector<std::string> folders;
  for (const std::string& path : {library_path(), program_path()}) {
    if (!path.starts_with('/')) continue;
    std::string prefix = parent_folder(parent_folder(path));
    folders.push_back(prefix + "/" BOTOCXX_INSTALL_DATADIR);
    folders.push_back(parent_folder(prefix) + "/" BOTOCXX_INSTALL_DATADIR);
  }
  return folders;
}

bool is_folder(const Host& host, const std::string& path) {
  return host.files->status(path).type == FileSystem::Type::kDirectory;
}

std::vector<std::string> installed_roots(const std::string& folder) {
  return {folder + "/botocxx", folder + "/upstream"};
}

}  // namespace

std::vector<std::string> bundled_roots(const Host& host) {
  if (auto configured = host.environment->get("BOTOCXX_MODELS"); configured) {
    return split_data_path(*configured, host);
  }
  for (const std::string& folder : candidate_data_folders()) {
    if (is_folder(host, folder + "/botocxx")) return installed_roots(folder);
  }
  if (is_folder(host, BOTOCXX_BUILD_MODELS_DIR)) {
    return {BOTOCXX_BUILD_MODELS_DIR, BOTOCXX_BUILD_UPSTREAM_DIR};
  }
  return installed_roots(BOTOCXX_INSTALL_PREFIX "/" BOTOCXX_INSTALL_DATADIR);
}

std::string compiled_folder(const Host& host) {
  if (auto named = host.environment->get("BOTOCXX_COMPILED_MODELS")) return *named;
  if (host.environment->get("BOTOCXX_MODELS")) return {};
  for (const std::string& folder : candidate_data_folders()) {
    if (is_folder(host, folder + "/botocxx")) return folder + "/compiled";
  }
  if (is_folder(host, BOTOCXX_BUILD_MODELS_DIR)) return BOTOCXX_BUILD_COMPILED_DIR;
  return BOTOCXX_INSTALL_PREFIX "/" BOTOCXX_INSTALL_DATADIR "/compiled";
}

}  // namespace botocxx::model
