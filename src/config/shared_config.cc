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
  auto named = host.environment->get(variable);
  return expand_path(named ? std::string_view(*named) : standard, host);
}

// Of several headings of one name the last counts, in the place of the first.
template <typename Names>
void add_name(Names& names, std::string name, std::size_t section) {
  for (auto& known : names) {
    if (known.name != name) continue;
    known.section = section;
    return;
  }
  names.push_back({std::move(name), section});
}

// "default" for `[default]`, "x" for `[profile x]`; a heading that begins with the word and is not
// two words is nothing at all.
enum class Heading { kProfile, kSsoSession, kServices, kOther };

Heading heading_of(std::string_view section) {
  if (section.starts_with("profile") || section == "default") return Heading::kProfile;
  if (section.starts_with("sso-session")) return Heading::kSsoSession;
  return section.starts_with("services") ? Heading::kServices : Heading::kOther;
}

std::optional<std::string> name_in(const std::string& section) {
  if (section == "default") return section;
  auto words = config::split_shell_words(section);
  if (!words || words->size() != 2) return std::nullopt;
  return std::move((*words)[1]);
}

SharedConfig::Setting setting_of(const IniFile::Option& option, std::string_view path) {
  return {option.value, fmt::format("{}:{}", path, option.line), option.is_block()};
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
                                                               std::string_view profile_name,
                                                               MissingProfile missing) {
  auto config = read(host, file_path(host, "AWS_CONFIG_FILE", "~/.aws/config"));
  if (!config) return std::move(config).error();
  auto credentials =
      read(host, file_path(host, "AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"));
  if (!credentials) return std::move(credentials).error();
  auto made = std::make_shared<SharedConfig>();
  made->config_ = *std::move(config);
  made->credentials_ = *std::move(credentials);
  made->index_sections();
  made->choose_profile(host, profile_name);
  bool is_named = !made->profile_origin_.empty();
  if (is_named && missing == MissingProfile::kIsAnError && !made->has_profile(made->profile_)) {
    return made->profile_not_found();
  }
  return std::shared_ptr<const SharedConfig>(std::move(made));
}

void SharedConfig::index_sections() {
  const auto& sections = config_.content.sections();
  for (std::size_t i = 0; i < sections.size(); ++i) {
    Heading heading = heading_of(sections[i].name);
    auto name = heading == Heading::kOther ? std::nullopt : name_in(sections[i].name);
    if (!name) continue;
    auto& names = heading == Heading::kProfile      ? config_.profiles
                  : heading == Heading::kSsoSession ? config_.sso_sessions
                                                    : config_.services;
    add_name(names, *std::move(name), i);
  }
  const auto& keys = credentials_.content.sections();
  for (std::size_t i = 0; i < keys.size(); ++i) {
    add_name(credentials_.profiles, keys[i].name, i);
  }
}

void SharedConfig::choose_profile(const Host& host, std::string_view given) {
  profile_ = given;
  if (!profile_.empty()) profile_origin_ = "the program";
  for (const char* variable : {"AWS_DEFAULT_PROFILE", "AWS_PROFILE"}) {
    if (!profile_.empty()) break;
    profile_ = first_set(host, {variable});
    if (!profile_.empty()) profile_origin_ = variable;
  }
  if (profile_.empty()) profile_ = "default";
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

const IniFile::Section* SharedConfig::section_of(const File& file, const std::vector<Named>& names,
                                                 std::string_view name) {
  for (const Named& known : names) {
    if (known.name == name) return &file.content.sections()[known.section];
  }
  return nullptr;
}

const IniFile::Section* SharedConfig::config_section(std::string_view profile) const {
  return section_of(config_, config_.profiles, profile);
}
const IniFile::Section* SharedConfig::credentials_section(std::string_view profile) const {
  return section_of(credentials_, credentials_.profiles, profile);
}
const IniFile::Section* SharedConfig::sso_session(std::string_view name) const {
  return section_of(config_, config_.sso_sessions, name);
}
const IniFile::Section* SharedConfig::services(std::string_view name) const {
  return section_of(config_, config_.services, name);
}

std::optional<SharedConfig::Setting> SharedConfig::get_of(std::string_view profile,
                                                          std::string_view option) const {
  for (const File* file : {&credentials_, &config_}) {
    const IniFile::Section* section = section_of(*file, file->profiles, profile);
    const IniFile::Option* found = section ? section->find(option) : nullptr;
    if (found) return setting_of(*found, file->path);
  }
  return std::nullopt;
}

std::vector<SharedConfig::Setting> SharedConfig::all_of(std::string_view option) const {
  std::vector<Setting> settings;
  for (const File* file : {&credentials_, &config_}) {
    const IniFile::Section* section = section_of(*file, file->profiles, profile_);
    const IniFile::Option* found = section ? section->find(option) : nullptr;
    if (found) settings.push_back(setting_of(*found, file->path));
  }
  return settings;
}

const IniFile::Option* SharedConfig::find(std::string_view option) const {
  for (const IniFile::Section* section : {credentials_section(), config_section()}) {
    const IniFile::Option* found = section ? section->find(option) : nullptr;
    if (found) return found;
  }
  return nullptr;
}

std::optional<SharedConfig::Setting> SharedConfig::get_nested(std::string_view option,
                                                              std::string_view name) const {
  for (const File* file : {&credentials_, &config_}) {
    const IniFile::Section* section = section_of(*file, file->profiles, profile_);
    const IniFile::Option* block = section ? section->find(option) : nullptr;
    if (!block) continue;
    const IniFile::Nested* nested = block->find(name);
    if (!nested) return std::nullopt;
    return Setting{nested->value, fmt::format("{}:{}", file->path, nested->line)};
  }
  return std::nullopt;
}

bool SharedConfig::has_profile(std::string_view name) const {
  return config_section(name) != nullptr || credentials_section(name) != nullptr;
}

std::vector<std::string> SharedConfig::profile_names() const {
  std::vector<std::string> names;
  for (const Named& profile : config_.profiles) names.push_back(profile.name);
  for (const Named& profile : credentials_.profiles) {
    if (!config_section(profile.name)) names.push_back(profile.name);
  }
  return names;
}

std::vector<const IniFile::Section*> SharedConfig::other_sections() const {
  std::vector<const IniFile::Section*> sections;
  for (const IniFile::Section& section : config_.content.sections()) {
    if (heading_of(section.name) == Heading::kOther) sections.push_back(&section);
  }
  return sections;
}

std::string SharedConfig::place_in_config(int line) const {
  return fmt::format("{}:{}", config_.path, line);
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
