#pragma once

#include "client/clock_offsets.h"
#include <botocxx/client/client.h>
#include <botocxx/events/events.h>

#include <memory>
#include <string>

namespace botocxx::client {

/// Registers what tries calls of a client again: its policy (on "needs-retry.<service>", with
/// botocore's unique id "retry-config-<service>"), the correction of its clock, and the headers
/// that tell a service which attempt of which call this is. They are not signed.
void register_retries(Events& events, const std::string& service_id, const ClientParts& parts,
                      std::shared_ptr<ClockOffsets> offsets);

}  // namespace botocxx::client
