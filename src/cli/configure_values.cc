#include "cli/configure.h"
#include "cli/output.h"

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::cli {
namespace {

// Sections that are no profiles, to which names like "preview.cloudfront" lead.
bool is_own_section(std::string_view name) { return name == "preview" || name == "plugins"; }

std::vector<std::string> parts_of(std::string_view name) {
  std::vector<std::string> parts;
  while (true) {
    std::size_t dot = name.find('.');
    parts.emplace_back(name.substr(0, dot));
    if (dot == name.npos) return parts;
    name.remove_prefix(dot + 1);
  }
}

/// What a dotted name means.
struct Path {
  std::string profile;
  std::string option;
  std::string nested;  ///< empty: the option itself
};

Error too_short(const std::string& name) {
  return Error(ErrorKind::kUsage, "Usage",
               fmt::format("\"{}\" names no option: expected OPTION, OPTION.NESTED, "
                           "default.OPTION or profile.NAME.OPTION",
                           name));
}

Result<Path> path_of(const SharedConfig& shared, const std::string& name, bool profiles_count) {
  std::vector<std::string> parts = parts_of(name);
  Path path{shared.profile(), {}, {}};
  std::size_t at = 0;
  if (parts.size() > 1 && parts[0] == "profile") {
    path.profile = parts[1];
    at = 2;
  } else if (parts.size() > 1 &&
             (parts[0] == "default" || (profiles_count && shared.has_profile(parts[0])))) {
    path.profile = parts[0];
    at = 1;
  }
  if (at >= parts.size() || parts.size() - at > 2) return too_short(name);
  path.option = parts[at];
  if (parts.size() - at == 2) path.nested = parts[at + 1];
  return path;
}

// The merged profile's option: the credentials file comes first.
const IniFile::Option* find_option(const SharedConfig& shared, const Path& path) {
  for (const auto* section :
       {shared.credentials_section(path.profile), shared.config_section(path.profile)}) {
    const IniFile::Option* found = section ? section->find(path.option) : nullptr;
    if (found) return found;
  }
  return nullptr;
}

const IniFile::Option* in_own_section(const SharedConfig& shared,
                                      const std::vector<std::string>& parts) {
  for (const IniFile::Section* section : shared.other_sections()) {
    if (section->name == parts[0]) return section->find(parts[1]);
  }
  return nullptr;
}

}  // namespace

ExitStatus configure_get(const SharedConfig& shared, const std::string& name) {
  std::vector<std::string> parts = parts_of(name);
  const IniFile::Option* option = nullptr;
  Path path;
  if (parts.size() == 2 && is_own_section(parts[0])) option = in_own_section(shared, parts);
  if (option == nullptr) {
    auto read = path_of(shared, name, true);
    if (!read) return report(read.error());
    path = *std::move(read);
    option = find_option(shared, path);
  }
  if (option == nullptr) return ExitStatus::kAbsent;
  if (!path.nested.empty()) {
    const IniFile::Nested* nested = option->find(path.nested);
    return nested ? print_data(nested->value + '\n') : ExitStatus::kAbsent;
  }
  if (!option->is_block()) return print_data(option->value + '\n');
  report_usage(
      fmt::format("varname ({}) must reference a value, not a section or sub-section.", name));
  return ExitStatus::kAbsent;
}

ExitStatus configure_set(const SharedConfig& shared, const std::string& name,
                         const std::string& value) {
  std::vector<std::string> parts = parts_of(name);
  if (parts.size() == 2 && is_own_section(parts[0])) {
    ConfigFileOption option{parts[1], value};
    auto written = update_config_file(*system_host().files, shared.config_path(), parts[0],
                                      std::span(&option, 1));
    return written ? ExitStatus::kOk : report(written.error());
  }
  auto path = path_of(shared, name, false);
  if (!path) return report(path.error());
  std::vector<ConfigFileOption> options{{path->option, value, path->nested}};
  bool with_keys = is_kept_with_keys(path->option);
  return write_options(shared, path->profile, with_keys ? options : std::vector<ConfigFileOption>(),
                       with_keys ? std::vector<ConfigFileOption>() : options);
}

}  // namespace botocxx::cli
