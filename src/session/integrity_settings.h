#pragma once

#include <botocxx/base/host.h>
#include <botocxx/client/config.h>
#include <botocxx/config/shared_config.h>

namespace botocxx::session {

/// Fills in what `config` leaves open about checksums and compression, from environment variables
/// and then the profile; `shared` may be null. Values that cannot be meant are errors.
Result<void> complete_integrity_settings(Config& config, const Environment& environment,
                                         const SharedConfig* shared);

}  // namespace botocxx::session
