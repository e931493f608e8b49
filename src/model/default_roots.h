#pragma once

#include <botocxx/base/host.h>

#include <string>
#include <vector>

namespace botocxx::model {

/// Folders with the models that come with this library, highest priority first: the project's own
/// extras, then the upstream data. `BOTOCXX_MODELS` (entries split at ':') takes their place;
/// otherwise it is the installation that this program or library lies in, the build tree, or the
/// configured prefix: the first of these that exists.
std::vector<std::string> bundled_roots(const Host& host);

/// The folder of compiled models: `BOTOCXX_COMPILED_MODELS`, else the one beside `bundled_roots`;
/// empty when there is none.
std::string compiled_folder(const Host& host);

}  // namespace botocxx::model
