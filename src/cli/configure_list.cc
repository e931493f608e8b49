#include "cli/configure.h"
#include "cli/connection.h"
#include "cli/output.h"
#include "cli/setting_text.h"

#include <fmt/format.h>

namespace botocxx::cli {
namespace {

constexpr std::string_view kNotSet = "<not set>";

struct Row {
  std::string value{kNotSet};
  std::string type = "None";
  std::string location = "None";
};

std::string line_of(std::string_view name, const Row& row) {
  return fmt::format("{:>10} {:>24} {:>16}    {}\n", name, row.value, row.type, row.location);
}

// The AWS command line's words for where a value comes from.
std::string_view type_of(SettingLayer layer) {
  switch (layer) {
    case SettingLayer::kClient:
    case SettingLayer::kSession:
      return "manual";
    case SettingLayer::kEnvironment:
      return "env";
    case SettingLayer::kProfile:
      return "config-file";
    case SettingLayer::kDefaultsMode:
    case SettingLayer::kDefault:
      return "default";
  }
  return "None";
}

std::string overridden(const Setting& setting) {
  std::string text;
  for (std::size_t i = 1; i < setting.candidates.size(); ++i) {
    const Setting::Candidate& other = setting.candidates[i];
    text += fmt::format("{}{} ({})", i == 1 ? "; overrides " : ", ",
                        shown_value(*setting.spec, other.text), other.origin);
  }
  return text;
}

Row row_of(const Setting& setting, std::string_view option_name) {
  if (!setting.is_set()) return {};
  const Setting::Candidate& best = setting.candidates.front();
  bool is_option = best.layer == SettingLayer::kSession && !option_name.empty();
  return {shown_value(*setting.spec, best.text), std::string(type_of(best.layer)),
          (is_option ? std::string(option_name) : best.origin) + overridden(setting)};
}

// The keys that calls would be signed with; where they stand, if that is a place of settings.
void add_keys(const Session& session, Row& access_key, Row& secret_key) {
  auto provider = session.credentials();
  if (!provider) return;
  auto credentials = provider->resolve(std::nullopt);
  if (!credentials) return;
  auto place = [&](std::string_view setting, std::string_view value) -> std::string {
    const Setting* known = session.settings().find(setting);
    for (const Setting::Candidate& candidate : known->candidates) {
      if (candidate.text == value) return candidate.origin;
    }
    return {};
  };
  const Credentials& keys = **credentials;
  access_key = {masked(keys.access_key), keys.source, place("aws_access_key_id", keys.access_key)};
  secret_key = {masked(keys.secret_key), keys.source,
                place("aws_secret_access_key", keys.secret_key)};
}

bool has_row_of_its_own(std::string_view name) {
  return name == "profile" || name == "region" || name == "aws_access_key_id" ||
         name == "aws_secret_access_key";
}

}  // namespace

ExitStatus configure_list(const Arguments& arguments) {
  auto session = open_session(arguments);
  if (!session) return report(session.error());
  const Settings& settings = session->settings();
  Row access_key, secret_key;
  add_keys(*session, access_key, secret_key);
  std::string text = line_of("Name", {"Value", "Type", "Location"});
  text += line_of("----", {"-----", "----", "--------"});
  text += line_of("profile", row_of(*settings.find("profile"), "--profile"));
  text += line_of("access_key", access_key);
  text += line_of("secret_key", secret_key);
  text += line_of("region", row_of(*settings.find("region"), "--region"));
  for (const Setting& setting : settings.all()) {
    if (!setting.is_configured() || has_row_of_its_own(setting.spec->name)) continue;
    text += line_of(setting.spec->name, row_of(setting, {}));
  }
  return print_data(text);
}

}  // namespace botocxx::cli
