#pragma once

#include "cli/exit_status.h"
#include <botocxx/model/loader.h>

#include <string>

namespace botocxx::cli {

/// Writes the compiled form of every model and endpoint rule set that `loader` finds into `folder`,
/// each file whole or not at all. Models with warnings are left out.
ExitStatus compile_models(const Loader& loader, const std::string& folder);

}  // namespace botocxx::cli
