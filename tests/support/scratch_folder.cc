#include "support/scratch_folder.h"

#include <stdlib.h>

#include <fstream>

namespace botocxx::testing_support {

ScratchFolder::ScratchFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "botocxx-test-XXXXXX").string();
  root_ = ::mkdtemp(pattern.data());
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(root_, ignored);
}

std::string ScratchFolder::path(std::string_view relative) const {
  return relative.empty() ? root_.string() : (root_ / relative).string();
}

void ScratchFolder::write(std::string_view relative, std::string_view content) const {
  std::filesystem::path file = root_ / relative;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << content;
}

void ScratchFolder::remove(std::string_view relative) const {
  std::filesystem::remove_all(root_ / relative);
}

std::optional<std::string> FakeEnvironment::get(std::string_view name) const {
  auto found = variables_.find(std::string(name));
  if (found == variables_.end()) return std::nullopt;
  return found->second;
}

Host host_with(const Environment& environment) {
  Host host = system_host();
  host.environment = &environment;
  return host;
}

}  // namespace botocxx::testing_support
