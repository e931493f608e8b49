#include "cli/commands.h"
#include "cli/connection.h"
#include "cli/output.h"
#include "cli/setting_text.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/codec/json.h>

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::cli {
namespace {

std::string setting_lines(const Setting& setting) {
  const SettingSpec& spec = *setting.spec;
  std::string text;
  for (const Setting::Candidate& candidate : setting.candidates) {
    std::string value = shown_value(spec, candidate.text);
    bool is_first = &candidate == &setting.candidates.front();
    bool is_default = candidate.layer == SettingLayer::kDefault;
    std::string place = is_default
                            ? "default"
                            : fmt::format("{} ({})", candidate.origin, to_string(candidate.layer));
    text += is_first ? fmt::format("{} = {}\n    from {}\n", spec.name, value, place)
                     : fmt::format("    overrides {} from {}\n", value, place);
  }
  return text;
}

// The options of `--config` under the names of settings.
std::vector<std::pair<std::string, std::string>> client_values(const Value& config,
                                                               std::string_view prefix = {}) {
  std::vector<std::pair<std::string, std::string>> values;
  for (const Value::Member& member : config.members()) {
    std::string name = fmt::format("{}{}", prefix, member.key.view());
    if (member.value.is_object()) {
      for (auto& inner : client_values(member.value, name + ".")) values.push_back(inner);
    } else if (auto text = member.value.get_if_string()) {
      values.emplace_back(name == "region_name" ? "region" : name, *text);
    } else if (!member.value.is_null()) {
      values.emplace_back(name, to_json(member.value));
    }
  }
  return values;
}

Result<Settings> settings_of(const Session& session, const Arguments& arguments) {
  auto given = arguments.get("config");
  if (!given) return session.settings();
  auto text = read_text_argument(*given);
  if (!text) return std::move(text).error();
  auto config = parse_json(*text);
  if (!config) return std::move(config).error();
  if (auto read = Config::from_value(*config); !read) return std::move(read).error();
  auto values = client_values(*config);
  return session.settings().with_layer(SettingLayer::kClient, values, "--config");
}

// Options of the profile that no setting has, with the nearest that one has.
std::string unknown_options(const SharedConfig& shared) {
  std::vector<std::string> known;
  for (const SettingSpec& spec : setting_table()) {
    for (std::string_view rest = spec.options; !rest.empty();) {
      std::size_t end = std::min(rest.find(','), rest.size());
      known.emplace_back(rest.substr(0, std::min(rest.find('.'), end)));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  std::string text;
  for (const auto* section : {shared.config_section(), shared.credentials_section()}) {
    if (section == nullptr) continue;
    const std::string& path =
        section == shared.config_section() ? shared.config_path() : shared.credentials_path();
    for (const IniFile::Option& option : section->options) {
      bool is_known = std::find(known.begin(), known.end(), option.name) != known.end();
      if (is_known || option.is_block()) continue;  // blocks belong to services
      text += fmt::format("  {} ({}:{})", option.name, path, option.line);
      auto near = nearest_name(option.name, known);
      text += near ? fmt::format(": did you mean {}?\n", *near) : "\n";
    }
  }
  return text.empty() ? text : "unknown options of the profile:\n" + text;
}

std::string problems_of_files(const SharedConfig& shared) {
  std::string text;
  for (const std::string* problem : {&shared.config_problem(), &shared.credentials_problem()}) {
    if (!problem->empty()) text += fmt::format("a file is left out of account: {}\n", *problem);
  }
  return text;
}

Result<std::string> service_line(const Session& session, const Settings& settings,
                                 const std::string& service) {
  auto model = session.loader().load_service_model(service_of_command(service));
  if (!model) return std::move(model).error();
  auto url = settings.endpoint_url_setting((*model)->hyphenized_service_id());
  if (!url) return std::move(url).error();
  bool ignored = settings.flag("ignore_configured_endpoint_urls").value_or(false);
  std::string text = fmt::format("of {}:\n", service);
  if (!url->is_set()) return text + "no endpoint_url is configured\n";
  return text + setting_lines(*url) + (ignored ? "    but it is ignored\n" : "");
}

}  // namespace

ExitStatus explain_config(const Arguments& arguments) {
  auto session = open_session(arguments);
  if (!session) return report(session.error());
  auto settings = settings_of(*session, arguments);
  if (!settings) return report(settings.error());
  std::string text;
  for (const Setting& setting : settings->all()) text += setting_lines(setting);
  if (arguments.positionals().size() > 1) {
    auto line = service_line(*session, *settings, arguments.positionals()[1]);
    if (!line) return report(line.error());
    text += *line;
  }
  if (const auto& shared = session->shared_config()) {
    text += unknown_options(*shared) + problems_of_files(*shared);
  }
  auto without_effect = settings_without_effect(*settings);
  if (!without_effect.empty()) text += "known, but without effect in this version:\n";
  for (const std::string& name : without_effect) text += fmt::format("  {}\n", name);
  return print_data(text);
}

}  // namespace botocxx::cli
