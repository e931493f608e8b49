#pragma once

#include "config/defaults_mode.h"
#include <botocxx/base/host.h>
#include <botocxx/config/settings.h>
#include <botocxx/model/loader.h>

#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace botocxx::session {

/// What a defaults mode changes. The document and the machine's region are asked for when a mode
/// needs them, once. Thread-safe.
class DefaultsModes {
 public:
  DefaultsModes(Loader loader, const Environment& environment,
                config::InstanceRegion instance_region);

  /// `settings` with the values of a client's mode: `mode`, or if it is empty the setting
  /// `defaults_mode`. "InvalidDefaultsMode"; "DataNotFound" without the document.
  Result<Settings> apply(const Settings& settings, std::string_view mode,
                         std::string_view region) const;

 private:
  std::optional<std::string> instance_region() const;

  Loader loader_;
  const Environment& environment_;
  config::InstanceRegion ask_;
  mutable std::once_flag once_;
  mutable std::optional<std::string> instance_region_;
};

}  // namespace botocxx::session
