#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/host.h>
#include <botocxx/base/result.h>
#include <botocxx/config/shared_config.h>
#include <botocxx/value/value.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace botocxx::inline v1 {

enum class SettingType {
  kText,
  kFlag,     ///< true when the text is "true" in any case, else false
  kInteger,  ///< an integer as Python's `int()` reads it
  kSecret,   ///< a text that nothing prints
  kBlock     ///< nested lines under an option of the file
};

/// Where a value comes from, the strongest first.
enum class SettingLayer {
  kClient,        ///< options of one client
  kSession,       ///< what the program made the session with
  kEnvironment,   ///< an environment variable
  kProfile,       ///< the profile in the credentials file, then in the config file
  kDefaultsMode,  ///< what the chosen defaults mode has for it
  kDefault        ///< what holds when nobody says anything
};

/// Lower-case words, e.g. "defaults mode".
BOTOCXX_EXPORT std::string_view to_string(SettingLayer layer);

enum class SettingEffect {
  kActs,
  kCommandLine,  ///< for AWS's own command line; kept, and of no meaning here
  kNone          ///< known, and this version does nothing with it
};

/// One setting: its names, and what it means. Names and order are botocore's (`configprovider.py`).
struct SettingSpec {
  std::string_view name;  ///< "use_fips_endpoint"; of a block's line "s3.addressing_style"
  SettingType type;
  /// Options of the profile, comma-separated, best first ("s3_use_arn_region,s3.use_arn_region").
  std::string_view options;
  std::string_view variables;     ///< of the environment, comma-separated, best first
  std::string_view default_text;  ///< empty: it has none
  SettingEffect effect;
  std::string_view meaning;
};

/// All settings that are known, in the order of docs/configuration.md.
BOTOCXX_EXPORT std::span<const SettingSpec> setting_table();

/// A setting's value, and all that it was chosen from.
struct BOTOCXX_EXPORT Setting {
  struct Candidate {
    SettingLayer layer;
    std::string text;
    std::string origin;  ///< "FILE:LINE", the variable's name, "the program", "default", …
  };

  const SettingSpec* spec;
  std::vector<Candidate> candidates{};  ///< best first; empty: the setting has no value

  bool is_set() const { return !candidates.empty(); }
  /// Whether anybody but botocxx itself set it.
  bool is_configured() const {
    return is_set() && candidates.front().layer < SettingLayer::kDefaultsMode;
  }
};

/// What settings are resolved from.
struct SettingSources {
  const Environment* environment = nullptr;  ///< null: none is read
  const SharedConfig* shared = nullptr;
  Value variables = Value::object();  ///< of the session, by their names; values of any scalar type
};

/// Every setting with its value and where that came from. Immutable, so usable from any number of
/// threads; environment and files are read when it is made, but for the variables that are named
/// after services: the environment must outlive it.
class BOTOCXX_EXPORT Settings {
 public:
  /// Nothing can fail here: a value that cannot be meant is an error of whoever asks for it.
  static Settings resolve(const SettingSources& sources);

  /// A copy with values of another layer, by their names.
  Settings with_layer(SettingLayer layer,
                      std::span<const std::pair<std::string, std::string>> values,
                      std::string_view origin) const;

  std::span<const Setting> all() const { return settings_; }
  /// Null for a name that the table does not have.
  const Setting* find(std::string_view name) const;

  /// Empty when the setting has no value (or there is none of that name).
  std::optional<std::string> text(std::string_view name) const;
  std::optional<bool> flag(std::string_view name) const;
  /// "InvalidConfig", with the place, for what is no integer.
  Result<std::optional<std::int64_t>> integer(std::string_view name) const;
  /// By type; null when the setting has no value.
  Result<Value> value(std::string_view name) const;

  /// The URL that environment or files name for a service, in botocore's order; empty: none.
  /// `service_id` is its hyphenized one ("auto-scaling"). "InvalidConfig" when the profile names a
  /// `[services …]` section that the config file does not have.
  Result<std::string> endpoint_url(std::string_view service_id) const;
  /// The same with its origin, and what it hides.
  Result<Setting> endpoint_url_setting(std::string_view service_id) const;

 private:
  std::vector<Setting> settings_;
  /// Of the profile's `[services …]` section: id of the service in snake_case, URL, place.
  struct ServiceUrl {
    std::string service;
    std::string url;
    std::string origin;
  };
  std::vector<ServiceUrl> service_urls_;
  std::string missing_services_;  ///< the section that is not there
  bool lacks_services_ = false;
  const Environment* environment_ = nullptr;  ///< asked for AWS_ENDPOINT_URL_<SERVICE>
};

/// Settings that were given a value and that nothing acts on: names with the place of the value.
BOTOCXX_EXPORT std::vector<std::string> settings_without_effect(const Settings& settings);

}  // namespace botocxx::inline v1
