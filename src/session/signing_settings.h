#pragma once

#include <botocxx/base/host.h>
#include <botocxx/client/client.h>
#include <botocxx/config/shared_config.h>

namespace botocxx::session {

/// Fills in what the program left open about signing, from environment variables and then the
/// profile; `shared` may be null.
void complete_signing_settings(const ServiceModel& model, const Environment& environment,
                               const SharedConfig* shared, ClientParts& parts);

}  // namespace botocxx::session
