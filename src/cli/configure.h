#pragma once

#include "cli/arguments.h"
#include "cli/exit_status.h"
#include <botocxx/config/config_file_writer.h>
#include <botocxx/config/shared_config.h>

#include <string>
#include <string_view>
#include <vector>

namespace botocxx::cli {

/// The verbs of `configure`.
ExitStatus configure_get(const SharedConfig& shared, const std::string& name);
ExitStatus configure_set(const SharedConfig& shared, const std::string& name,
                         const std::string& value);
ExitStatus configure_list(const Arguments& arguments);
ExitStatus import_keys(const SharedConfig& shared, const Arguments& arguments);
ExitStatus export_credentials(const Arguments& arguments);
ExitStatus add_model(const Arguments& arguments);

/// Whether an option stands in the credentials file.
bool is_kept_with_keys(std::string_view option);

/// Writes `keys` into the profile's section of the credentials file, and `others` into that of the
/// config file; failures are reported.
ExitStatus write_options(const SharedConfig& shared, const std::string& profile,
                         const std::vector<ConfigFileOption>& keys,
                         const std::vector<ConfigFileOption>& others);

}  // namespace botocxx::cli
