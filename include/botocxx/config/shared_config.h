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
    std::string origin;  ///< "FILE:LINE"
  };

  /// Reads both files; a missing one is an empty one. The profile is `profile_name`, else
  /// AWS_DEFAULT_PROFILE, else AWS_PROFILE, else "default"; empty variables count as unset. Errors:
  /// "ConfigParse"; "ProfileNotFound" for a profile that was named but is in neither file.
  static Result<std::shared_ptr<const SharedConfig>> load(const Host& host,
                                                          std::string_view profile_name = {});

  const std::string& profile() const { return profile_; }
  const std::string& config_path() const { return config_.path; }
  const std::string& credentials_path() const { return credentials_.path; }
  /// Why a file that exists could not be read, empty otherwise: botocore ignores such a file.
  const std::string& config_problem() const { return config_.problem; }
  const std::string& credentials_problem() const { return credentials_.problem; }

  /// An option of the chosen profile; that of the credentials file comes first, option by option.
  std::optional<Setting> get(std::string_view option) const;
  /// The chosen profile's section in one of the files, null when it has none.
  const IniFile::Section* config_section() const { return section_of(config_); }
  const IniFile::Section* credentials_section() const { return section_of(credentials_); }

  /// All profiles of both files, sorted.
  std::vector<std::string> profile_names() const;

 private:
  struct Profile {
    std::string name;
    std::size_t section;
  };
  struct File {
    std::string path;
    std::string problem;
    IniFile content;
    std::vector<Profile> profiles;
  };

  static Result<File> read(const Host& host, std::string path);
  const IniFile::Section* section_of(const File& file) const;
  Error profile_not_found() const;

  File config_, credentials_;
  std::string profile_;
};

/// Where a client's region comes from: `explicit_name`, else AWS_DEFAULT_REGION, else AWS_REGION
/// (which botocore does not read, but other SDKs do), else the profile's `region`; empty when
/// nothing names one.
BOTOCXX_EXPORT std::string configured_region(const SharedConfig& config, const Host& host,
                                             std::string_view explicit_name = {});

}  // namespace botocxx::inline v1
