#include "config/python_blanks.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/config/settings.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace botocxx::inline v1 {
namespace {

template <typename Take>
void for_each_name(std::string_view list, Take&& take) {
  while (!list.empty()) {
    std::size_t end = std::min(list.find(','), list.size());
    take(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

// What these are is a name, and there is no empty one.
bool empty_is_unset(const SettingSpec& spec) {
  return spec.name == "profile" || spec.name == "region";
}

std::string text_of(const Value& value) {
  if (value.is_bool()) return value.as_bool() ? "true" : "false";
  if (value.is_int()) return fmt::format("{}", value.as_int());
  if (value.is_double()) return format_double(value.as_double());
  return std::string(value.get_if_string().value_or(""));
}

class Resolver {
 public:
  explicit Resolver(const SettingSources& sources) : sources_(sources) {}

  Setting resolve(const SettingSpec& spec) const {
    Setting setting{&spec};
    if (!is_void(spec)) {
      add_program(spec, setting);
      if (sources_.environment != nullptr) add_environment(spec, setting);
      if (sources_.shared != nullptr) add_profile(spec, setting);
    }
    if (!spec.default_text.empty()) {
      setting.candidates.push_back(
          {SettingLayer::kDefault, std::string(spec.default_text), "default"});
    }
    return setting;
  }

 private:
  // botocore takes no heed of any of a block's settings where the block is a text.
  bool is_void(const SettingSpec& spec) const {
    std::size_t dot = spec.name.find('.');
    if (dot == std::string_view::npos || sources_.shared == nullptr) return false;
    auto block = sources_.shared->get(spec.name.substr(0, dot));
    return block && !block->is_list && !block->value.empty();
  }

  void add_program(const SettingSpec& spec, Setting& setting) const {
    // botocore's names of a block's settings are the last parts only.
    for (std::string_view name : {spec.name, spec.name.substr(spec.name.find('.') + 1)}) {
      const Value& given = sources_.variables[name];
      if (given.is_null()) continue;
      setting.candidates.push_back({SettingLayer::kSession, text_of(given), "the program"});
      return;
    }
  }

  void add_environment(const SettingSpec& spec, Setting& setting) const {
    for_each_name(spec.variables, [&](std::string_view variable) {
      auto value = sources_.environment->get(variable);
      if (!value || (value->empty() && empty_is_unset(spec))) return;
      setting.candidates.push_back(
          {SettingLayer::kEnvironment, *std::move(value), std::string(variable)});
    });
  }

  void add_profile(const SettingSpec& spec, Setting& setting) const {
    for_each_name(spec.options, [&](std::string_view option) {
      std::size_t dot = option.find('.');
      if (dot != std::string_view::npos) {
        auto nested = sources_.shared->get_nested(option.substr(0, dot), option.substr(dot + 1));
        if (nested) add(*std::move(nested), setting);
        return;
      }
      for (SharedConfig::Setting& found : sources_.shared->all_of(option)) {
        if (found.is_list == (spec.type == SettingType::kBlock)) add(std::move(found), setting);
      }
    });
  }

  static void add(SharedConfig::Setting found, Setting& setting) {
    setting.candidates.push_back(
        {SettingLayer::kProfile, std::move(found.value), std::move(found.origin)});
  }

  const SettingSources& sources_;
};

std::string in_snake_case(std::string_view service_id) {
  std::string name = to_lower(service_id);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

std::string url_variable(std::string_view service_id) {
  std::string name = in_snake_case(service_id);
  for (char& c : name) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return "AWS_ENDPOINT_URL_" + name;
}

// Blanks around, a sign, and underscores between digits are all right for Python.
std::optional<std::int64_t> python_int(std::string_view text) {
  std::string digits;
  text = config::without_blanks(text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool between = i > 0 && i + 1 < text.size() && text[i - 1] >= '0' && text[i - 1] <= '9' &&
                   text[i + 1] >= '0' && text[i + 1] <= '9';
    if (text[i] == '_' && between) continue;
    digits += text[i];
  }
  const char* begin = digits.data() + (digits.starts_with('+') && !digits.starts_with("+-"));
  std::int64_t number = 0;
  auto [stop, status] = std::from_chars(begin, digits.data() + digits.size(), number);
  if (status != std::errc() || stop != digits.data() + digits.size()) return std::nullopt;
  return number;
}

Value block_value(const std::string& text) {
  Value block = Value::object();
  for (std::string_view line : config::split_lines(text)) {
    std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    block.set(config::without_blanks(line.substr(0, equals)),
              config::without_blanks(line.substr(equals + 1)));
  }
  return block;
}

}  // namespace

std::string_view to_string(SettingLayer layer) {
  switch (layer) {
    case SettingLayer::kClient:
      return "client";
    case SettingLayer::kSession:
      return "session";
    case SettingLayer::kEnvironment:
      return "environment";
    case SettingLayer::kProfile:
      return "profile";
    case SettingLayer::kDefaultsMode:
      return "defaults mode";
    case SettingLayer::kDefault:
      return "default";
  }
  return "unknown";
}

Settings Settings::resolve(const SettingSources& sources) {
  Settings made;
  made.environment_ = sources.environment;
  Resolver resolver(sources);
  made.settings_.reserve(setting_table().size());
  for (const SettingSpec& spec : setting_table()) made.settings_.push_back(resolver.resolve(spec));
  auto name = made.text("services");
  if (!name || sources.shared == nullptr) return made;
  const IniFile::Section* section = sources.shared->services(*name);
  if (section == nullptr || section->options.empty()) {
    made.lacks_services_ = true;
    made.missing_services_ = *std::move(name);
    return made;
  }
  for (const IniFile::Option& service : section->options) {
    const IniFile::Nested* url = service.find("endpoint_url");
    if (!url) continue;
    made.service_urls_.push_back(
        {service.name, url->value, sources.shared->place_in_config(url->line)});
  }
  return made;
}

Settings Settings::with_layer(SettingLayer layer,
                              std::span<const std::pair<std::string, std::string>> values,
                              std::string_view origin) const {
  Settings made = *this;
  for (const auto& [name, text] : values) {
    for (Setting& setting : made.settings_) {
      if (setting.spec->name != name) continue;
      auto place =
          std::find_if(setting.candidates.begin(), setting.candidates.end(),
                       [&](const Setting::Candidate& other) { return other.layer > layer; });
      setting.candidates.insert(place, {layer, text, std::string(origin)});
    }
  }
  return made;
}

const Setting* Settings::find(std::string_view name) const {
  auto found = std::find_if(settings_.begin(), settings_.end(),
                            [&](const Setting& setting) { return setting.spec->name == name; });
  return found == settings_.end() ? nullptr : &*found;
}

std::optional<std::string> Settings::text(std::string_view name) const {
  const Setting* setting = find(name);
  if (setting == nullptr || !setting->is_set()) return std::nullopt;
  return setting->candidates.front().text;
}

std::optional<bool> Settings::flag(std::string_view name) const {
  auto value = text(name);
  if (!value) return std::nullopt;
  return to_lower(*value) == "true";
}

Result<std::optional<std::int64_t>> Settings::integer(std::string_view name) const {
  const Setting* setting = find(name);
  if (setting == nullptr || !setting->is_set()) return std::optional<std::int64_t>();
  const Setting::Candidate& best = setting->candidates.front();
  if (auto number = python_int(best.text)) return number;
  return Error(ErrorKind::kCredentials, "InvalidConfig",
               fmt::format("The configured value '{}' for '{}' is invalid: expected an integer",
                           best.text, name))
      .with_context("setting", best.origin);
}

Result<Value> Settings::value(std::string_view name) const {
  const Setting* setting = find(name);
  if (setting == nullptr || !setting->is_set()) return Value();
  const std::string& best = setting->candidates.front().text;
  switch (setting->spec->type) {
    case SettingType::kText:
    case SettingType::kSecret:
      return Value(best);
    case SettingType::kFlag:
      return Value(to_lower(best) == "true");
    case SettingType::kBlock:
      return block_value(best);
    case SettingType::kInteger:
      break;
  }
  auto number = integer(name);
  if (!number) return std::move(number).error();
  return Value(**number);
}

Result<Setting> Settings::endpoint_url_setting(std::string_view service_id) const {
  const Setting* global = find("endpoint_url");
  Setting setting{global->spec};
  std::string variable = url_variable(service_id);
  if (environment_ != nullptr) {
    auto url = environment_->get(variable);
    if (url && !url->empty()) {
      setting.candidates.push_back({SettingLayer::kEnvironment, *std::move(url), variable});
    }
  }
  auto add_global = [&](SettingLayer layer) {
    for (const Setting::Candidate& candidate : global->candidates) {
      if (candidate.layer != layer) continue;
      if (candidate.text.empty()) return;  // it hides what is weaker in its layer
      setting.candidates.push_back(candidate);
    }
  };
  add_global(SettingLayer::kClient);
  add_global(SettingLayer::kSession);
  add_global(SettingLayer::kEnvironment);
  if (setting.candidates.empty() && lacks_services_) {
    return Error(ErrorKind::kCredentials, "InvalidConfig",
                 fmt::format("The profile is configured to use the services section but the \"{}\" "
                             "services configuration does not exist.",
                             missing_services_))
        .with_context("setting", find("services")->candidates.front().origin);
  }
  for (const ServiceUrl& one : service_urls_) {
    if (one.service == in_snake_case(service_id) && !one.url.empty()) {
      setting.candidates.push_back({SettingLayer::kProfile, one.url, one.origin});
    }
  }
  add_global(SettingLayer::kProfile);
  return setting;
}

Result<std::string> Settings::endpoint_url(std::string_view service_id) const {
  auto setting = endpoint_url_setting(service_id);
  if (!setting) return std::move(setting).error();
  return setting->is_set() ? setting->candidates.front().text : std::string();
}

std::vector<std::string> settings_without_effect(const Settings& settings) {
  std::vector<std::string> names;
  for (const Setting& setting : settings.all()) {
    if (setting.spec->effect != SettingEffect::kNone || !setting.is_configured()) continue;
    names.push_back(fmt::format("{} ({})", setting.spec->name, setting.candidates.front().origin));
  }
  return names;
}

}  // namespace botocxx::inline v1
