#pragma once

#include "retry/legacy_policy.h"

namespace botocxx::retry {

struct LegacySettings {
  std::vector<LegacyRule> rules{};
  int max_attempts = 1;
  std::optional<double> base{};  ///< nothing for "rand"
  double growth_factor = 1;
};

/// The defaults of `_retry.json` with what it says of one service, references resolved; rules of
/// the defaults come first, then the service's own, then the operation's.
Result<LegacySettings> read_legacy_settings(const Value& document, std::string_view endpoint_prefix,
                                            std::string_view operation);

}  // namespace botocxx::retry
