#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/host.h>
#include <botocxx/base/result.h>

#include <span>
#include <string>
#include <string_view>

namespace botocxx::inline v1 {

/// One option to write.
struct ConfigFileOption {
  std::string name;
  std::string value;
  std::string nested{};  ///< the line under `name` that gets the value; empty: `name` itself
};

/// The heading that the config file has for a profile: "default", "profile x", "profile 'a b'".
BOTOCXX_EXPORT std::string config_section_of(std::string_view profile);

/// `text`, a configuration file, with `options` in `section`; all else, comments too, stays as it
/// is. A section that is missing is appended. Errors: "ConfigParse" for a text that cannot be read,
/// "InvalidConfig" for names and values that cannot be written (line ends).
BOTOCXX_EXPORT Result<std::string> with_options(std::string_view text, std::string_view section,
                                                std::span<const ConfigFileOption> options,
                                                std::string_view path);

/// The same to a file, which need not be there; it is replaced at once, and readable by its owner
/// only. Of a link the file that it leads to is replaced.
BOTOCXX_EXPORT Result<void> update_config_file(const FileSystem& files, const std::string& path,
                                               std::string_view section,
                                               std::span<const ConfigFileOption> options);

}  // namespace botocxx::inline v1
