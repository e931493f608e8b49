#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/host.h>
#include <botocxx/base/result.h>
#include <botocxx/config/ini_file.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::inline v1 {

/// The user's two files: `~/.aws/config` (AWS_CONFIG_FILE) and `~/.aws/credentials`
/// (AWS_SHARED_CREDENTIALS_FILE), and the profile that was chosen in them. Immutable.
class BOTOCXX_EXPORT SharedConfig {
 public:
  /// A value with the place it came from.
  struct Setting {
    std::string value;
    std::string origin;    ///< "FILE:LINE"
    bool is_list = false;  ///< the value is a block of nested lines, as text
  };

  /// What a profile that is named but is in neither file means.
  enum class MissingProfile {
    kIsAnError,  ///< "ProfileNotFound"
    kIsEmpty     ///< for what only looks at the files, or writes them
  };

  /// Reads both files; a missing one is an empty one. The profile is `profile_name`, else
  /// AWS_DEFAULT_PROFILE, else AWS_PROFILE, else "default"; empty variables count as unset, but for
  /// those that name the files: an empty one means that there is no such file. Errors:
  /// "ConfigParse"; "ProfileNotFound".
  static Result<std::shared_ptr<const SharedConfig>> load(
      const Host& host, std::string_view profile_name = {},
      MissingProfile missing = MissingProfile::kIsAnError);

  const std::string& profile() const { return profile_; }
  /// What named it: "the program", "AWS_PROFILE", …; empty for the default profile unless named.
  const std::string& profile_origin() const { return profile_origin_; }
  const std::string& config_path() const { return config_.path; }
  const std::string& credentials_path() const { return credentials_.path; }
  /// Why a file that exists could not be read, empty otherwise: botocore ignores such a file.
  const std::string& config_problem() const { return config_.problem; }
  const std::string& credentials_problem() const { return credentials_.problem; }

  /// An option of the chosen profile, or of another; that of the credentials file comes first,
  /// option by option.
  std::optional<Setting> get(std::string_view option) const { return get_of(profile_, option); }
  std::optional<Setting> get_of(std::string_view profile, std::string_view option) const;
  /// A line under an option of the chosen profile (`s3 =`, then `  addressing_style = path`).
  std::optional<Setting> get_nested(std::string_view option, std::string_view name) const;
  /// Those of both files, best first: what `get` finds, and what it hides.
  std::vector<Setting> all_of(std::string_view option) const;
  /// The option itself, with its nested lines; null when the chosen profile has none.
  const IniFile::Option* find(std::string_view option) const;

  /// The section of a profile in one of the files, null when it has none.
  const IniFile::Section* config_section() const { return config_section(profile_); }
  const IniFile::Section* credentials_section() const { return credentials_section(profile_); }
  const IniFile::Section* config_section(std::string_view profile) const;
  const IniFile::Section* credentials_section(std::string_view profile) const;
  /// `[sso-session NAME]` and `[services NAME]` of the config file, null when there is none.
  const IniFile::Section* sso_session(std::string_view name) const;
  const IniFile::Section* services(std::string_view name) const;

  bool has_profile(std::string_view name) const;
  /// All profiles, those of the config file first, in the order of the files.
  std::vector<std::string> profile_names() const;
  /// The config file's sections that are neither profile, sso-session nor services.
  std::vector<const IniFile::Section*> other_sections() const;

  /// "FILE:LINE" of an option or section of the config file.
  std::string place_in_config(int line) const;

 private:
  /// A name in a heading, and the section that it heads.
  struct Named {
    std::string name;
    std::size_t section;
  };
  struct File {
    std::string path;
    std::string problem;
    IniFile content;
    std::vector<Named> profiles, sso_sessions, services;
  };

  static Result<File> read(const Host& host, std::string path);
  static const IniFile::Section* section_of(const File& file, const std::vector<Named>& names,
                                            std::string_view name);
  void index_sections();
  void choose_profile(const Host& host, std::string_view given);
  Error profile_not_found() const;

  File config_, credentials_;
  std::string profile_, profile_origin_;
};

/// Where a client's region comes from: `explicit_name`, else AWS_DEFAULT_REGION, else AWS_REGION
/// (which botocore does not read, but other SDKs do), else the profile's `region`; empty when
/// nothing names one.
BOTOCXX_EXPORT std::string configured_region(const SharedConfig& config, const Host& host,
                                             std::string_view explicit_name = {});

}  // namespace botocxx::inline v1
