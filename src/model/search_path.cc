#include "model/search_path.h"

#include "model/default_roots.h"

#include <algorithm>

namespace botocxx::model {
namespace {

void add_root(std::vector<Root>& roots, std::string path, RootKind kind) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  bool known =
      std::any_of(roots.begin(), roots.end(), [&](const Root& root) { return root.path == path; });
  if (!known && !path.empty()) roots.push_back({std::move(path), kind});
}

}  // namespace

std::vector<std::string> split_data_path(std::string_view entries, const Host& host) {
  std::vector<std::string> paths;
  while (!entries.empty()) {
    std::string_view entry = entries.substr(0, entries.find(':'));
    entries.remove_prefix(std::min(entry.size() + 1, entries.size()));
    if (!entry.empty()) paths.push_back(expand_path(entry, host));
  }
  return paths;
}

std::vector<Root> make_search_path(const LoaderOptions& options, const Host& host) {
  std::vector<Root> roots;
  for (const std::string& entry : options.data_path) {
    add_root(roots, expand_path(entry, host), RootKind::kUser);
  }
  if (!options.include_default_search_paths) return roots;
  std::string from_environment = host.environment->get("AWS_DATA_PATH").value_or("");
  for (std::string& entry : split_data_path(from_environment, host)) {
    add_root(roots, std::move(entry), RootKind::kUser);
  }
  add_root(roots, expand_path("~/.aws/models", host), RootKind::kUser);
  for (std::string& entry : bundled_roots(host)) {
    add_root(roots, std::move(entry), RootKind::kBundled);
  }
  return roots;
}

}  // namespace botocxx::model
