#include "session/defaults_modes.h"

#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

namespace botocxx::session {

DefaultsModes::DefaultsModes(Loader loader, const Environment& environment,
                             config::InstanceRegion instance_region)
    : loader_(std::move(loader)), environment_(environment), ask_(std::move(instance_region)) {}

std::optional<std::string> DefaultsModes::instance_region() const {
  std::call_once(once_, [&] {
    if (ask_) instance_region_ = ask_();
  });
  return instance_region_;
}

Result<Settings> DefaultsModes::apply(const Settings& settings, std::string_view mode,
                                      std::string_view region) const {
  std::string wanted =
      mode.empty() ? settings.text("defaults_mode").value_or("legacy") : std::string(mode);
  std::string name = to_lower(wanted);
  if (name == "legacy") return settings;
  auto document = loader_.load_data("sdk-default-configuration");
  if (!document) return std::move(document).error();
  if (name == "auto") {
    name = config::detect_defaults_mode(region, environment_, [&] { return instance_region(); });
    wanted = name;
  }
  auto defaults = config::defaults_of_mode(**document, wanted);
  if (!defaults) return std::move(defaults).error();
  return settings.with_layer(SettingLayer::kDefaultsMode, *defaults,
                             fmt::format("defaults mode {}", name));
}

}  // namespace botocxx::session
