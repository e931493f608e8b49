#pragma once

#include <botocxx/base/host.h>
#include <botocxx/base/result.h>
#include <botocxx/value/value.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace botocxx::config {

/// Asked at most once for the region of the machine itself; nothing when it cannot say.
using InstanceRegion = std::function<std::optional<std::string>()>;

/// What "auto" means for a client of `region`: "in-region" where the program runs in it,
/// "cross-region" where it runs in another, "standard" where nothing says where it runs.
std::string detect_defaults_mode(std::string_view region, const Environment& environment,
                                 const InstanceRegion& instance_region);

/// Names of settings and their texts under `mode`, from the document
/// `sdk-default-configuration.json`; none under "legacy". "InvalidDefaultsMode" for a mode that the
/// document does not have; `mode` counts in any case.
Result<std::vector<std::pair<std::string, std::string>>> defaults_of_mode(const Value& document,
                                                                          std::string_view mode);
/// The modes that can be named.
std::vector<std::string> defaults_modes(const Value& document);

}  // namespace botocxx::config
