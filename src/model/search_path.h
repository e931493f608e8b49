#pragma once

#include <botocxx/base/host.h>
#include <botocxx/model/loader.h>

#include <string>
#include <string_view>
#include <vector>

namespace botocxx::model {

enum class RootKind { kMemory, kUser, kBundled };

/// A folder in data-path layout: ROOT/SERVICE/VERSION/TYPE.json.
struct Root {
  std::string path;
  RootKind kind = RootKind::kUser;
};

/// Entries between ':', each with `~` and variables replaced; empty entries are dropped.
std::vector<std::string> split_data_path(std::string_view entries, const Host& host);

/// All roots, highest priority first, each once: the options' entries, `AWS_DATA_PATH`,
/// `~/.aws/models`, the bundled ones.
std::vector<Root> make_search_path(const LoaderOptions& options, const Host& host);

}  // namespace botocxx::model
