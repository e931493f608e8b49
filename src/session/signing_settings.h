#pragma once

#include <botocxx/base/host.h>
#include <botocxx/client/client.h>
#include <botocxx/config/settings.h>

namespace botocxx::session {

/// Fills in what the program left open about signing.
void complete_signing_settings(const ServiceModel& model, const Environment& environment,
                               const Settings& settings, ClientParts& parts);

}  // namespace botocxx::session
