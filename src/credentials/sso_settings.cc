#include "credentials/sso_settings.h"

#include "credentials/decline.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace botocxx::credentials {
namespace {

// Values of the profile and of its session, which must not contradict each other.
class Merged {
 public:
  Merged(const SharedConfig& config, const std::string& profile)
      : config_(config), profile_(profile) {}

  Result<void> add_session(const std::string& name) {
    session_ = config_.sso_session(name);
    if (session_ == nullptr) {
      return invalid_config(fmt::format("The specified sso-session does not exist: \"{}\"", name));
    }
    for (const IniFile::Option& option : session_->options) {
      auto own = config_.get_of(profile_, option.name);
      if (!own || own->value == option.value) continue;
      return invalid_config(
          fmt::format("The value for {} is inconsistent between profile ({}) and "
                      "sso-session ({}).",
                      option.name, own->value, option.value));
    }
    return {};
  }

  std::optional<std::string> get(std::string_view option) const {
    if (auto own = config_.get_of(profile_, option)) return std::move(own->value);
    const IniFile::Option* found = session_ ? session_->find(option) : nullptr;
    if (found == nullptr) return std::nullopt;
    return found->value;
  }

 private:
  const SharedConfig& config_;
  const std::string& profile_;
  const IniFile::Section* session_ = nullptr;
};

}  // namespace

Result<std::optional<SsoSettings>> sso_settings(const SharedConfig& config,
                                                const std::string& profile) {
  if (!config.get_of(profile, "sso_role_name") && !config.get_of(profile, "sso_account_id")) {
    return std::optional<SsoSettings>();
  }
  SsoSettings settings;
  Merged merged(config, profile);
  if (auto name = config.get_of(profile, "sso_session")) {
    if (auto added = merged.add_session(name->value); !added) return std::move(added).error();
    settings.session_name = std::move(name->value);
  }
  const std::array<std::pair<std::string_view, std::string*>, 4> needed{
      {{"sso_role_name", &settings.role_name},
       {"sso_account_id", &settings.account_id},
       {"sso_start_url", &settings.start_url},
       {"sso_region", &settings.region}}};
  std::string missing;
  for (const auto& [option, value] : needed) {
    auto found = merged.get(option);
    if (!found) missing += (missing.empty() ? "" : ", ") + std::string(option);
    if (found) *value = *std::move(found);
  }
  if (missing.empty()) return std::optional(std::move(settings));
  return invalid_config(fmt::format(
      "The profile \"{}\" is configured to use SSO but is missing required configuration: {}",
      profile, missing));
}

Result<std::optional<SsoSession>> sso_token_session(const SharedConfig& config,
                                                    const std::string& profile) {
  auto name = config.get_of(profile, "sso_session");
  if (!name) return std::optional<SsoSession>();
  const IniFile::Section* section = config.sso_session(name->value);
  if (section == nullptr || section->options.empty()) {
    return invalid_config(
        fmt::format("The profile \"{}\" is configured to use the SSO token "
                    "provider but the \"{}\" sso_session configuration does not "
                    "exist.",
                    profile, name->value));
  }
  SsoSession session{.name = std::move(name->value)};
  std::string missing;
  for (auto [option, value] :
       {std::pair("sso_start_url", &session.start_url), std::pair("sso_region", &session.region)}) {
    const IniFile::Option* found = section->find(option);
    if (found == nullptr) missing += fmt::format("{}'{}'", missing.empty() ? "" : ", ", option);
    if (found != nullptr) *value = found->value;
  }
  if (missing.empty()) return std::optional(std::move(session));
  return invalid_config(
      fmt::format("The profile \"{}\" is configured to use the SSO token provider "
                  "but is missing the following configuration: [{}].",
                  profile, missing));
}

}  // namespace botocxx::credentials
