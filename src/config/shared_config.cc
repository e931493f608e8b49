#include "config/shell_words.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/config/shared_config.h>

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

namespace botocxx::inline v1 {
namespace {

std::string first_set(const Host& host, std::initializer_list<std::string_view> names) {
  for (std::string_view name : names) {
    auto value = host.environment->get(name);
    if (value && !value->empty()) return *value;
  }
  return {};
}

std::string file_path(const Host& host, std::string_view variable, std::string_view standard) {
  std::string named = first_set(host, {variable});
  return expand_path(named.empty() ? standard : std::string_view(named), host);
}

// The profile that a section of the config file holds; empty when it holds none.
std::string profile_of(const std::string& section) {
  if (section == "default") return section;
  if (!section.starts_with("profile")) return {};
  auto words = config::split_shell_words(section);
  return words && words->size() == 2 ? (*words)[1] : std::string();
}

}  // namespace

Result<SharedConfig::File> SharedConfig::read(const Host& host, std::string path) {
  File file;
  file.path = std::move(path);
  if (host.files->status(file.path).type != FileSystem::Type::kFile) return file;
  auto text = host.files->read_file(file.path);
  if (!text) {
    file.problem = text.error().message();
    return file;
  }
  auto content = IniFile::parse(*text, file.path);
  if (!content) return std::move(content).error();
  file.content = *std::move(content);
  return file;
}

Result<std::shared_ptr<const SharedConfig>> SharedConfig::load(const Host& host,
                                                               std::string_view profile_name) {
  auto config = read(host, file_path(host, "AWS_CONFIG_FILE", "~/.aws/config"));
  if (!config) return std::move(config).error();
  auto credentials =
      read(host, file_path(host, "AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"));
  if (!credentials) return std::move(credentials).error();
  auto made = std::make_shared<SharedConfig>();
  made->config_ = *std::move(config);
  made->credentials_ = *std::move(credentials);
  const auto& sections = made->config_.content.sections();
  for (std::size_t i = 0; i < sections.size(); ++i) {
    std::string name = profile_of(sections[i].name);
    if (name.empty()) continue;
    // Of `[default]` and `[profile default]` the later one counts, as a whole.
    std::erase_if(made->config_.profiles, [&](const Profile& p) { return p.name == name; });
    made->config_.profiles.push_back({name, i});
  }
  const auto& keys = made->credentials_.content.sections();
  for (std::size_t i = 0; i < keys.size(); ++i) {
    made->credentials_.profiles.push_back({keys[i].name, i});
  }
  made->profile_ = profile_name;
  if (made->profile_.empty()) {
    made->profile_ = first_set(host, {"AWS_DEFAULT_PROFILE", "AWS_PROFILE"});
  }
  bool is_named = !made->profile_.empty();
  if (!is_named) made->profile_ = "default";
  if (is_named && !made->config_section() && !made->credentials_section()) {
    return made->profile_not_found();
  }
  return std::shared_ptr<const SharedConfig>(std::move(made));
}

Error SharedConfig::profile_not_found() const {
  Error error(ErrorKind::kCredentials, "ProfileNotFound",
              fmt::format("The config profile ({}) could not be found", profile_));
  error = std::move(error).with_hint(
      fmt::format("looked in {} and {}", config_.path, credentials_.path));
  auto names = profile_names();
  if (auto nearest = nearest_name(profile_, names)) {
    error = std::move(error).with_hint(fmt::format("did you mean {}?", *nearest));
  }
  return error;
}

const IniFile::Section* SharedConfig::section_of(const File& file) const {
  for (const Profile& profile : file.profiles) {
    if (profile.name == profile_) return &file.content.sections()[profile.section];
  }
  return nullptr;
}

std::optional<SharedConfig::Setting> SharedConfig::get(std::string_view option) const {
  for (const File* file : {&credentials_, &config_}) {
    const IniFile::Section* section = section_of(*file);
    const IniFile::Option* found = section ? section->find(option) : nullptr;
    if (found) return Setting{found->value, fmt::format("{}:{}", file->path, found->line)};
  }
  return std::nullopt;
}

std::vector<std::string> SharedConfig::profile_names() const {
  std::vector<std::string> names;
  for (const File* file : {&credentials_, &config_}) {
    for (const Profile& profile : file->profiles) names.push_back(profile.name);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::string configured_region(const SharedConfig& config, const Host& host,
                              std::string_view explicit_name) {
  if (!explicit_name.empty()) return std::string(explicit_name);
  std::string named = first_set(host, {"AWS_DEFAULT_REGION", "AWS_REGION"});
  if (!named.empty()) return named;
  auto setting = config.get("region");
  return setting ? setting->value : std::string();
}

}  // namespace botocxx::inline v1
