#pragma once

#include <botocxx/client/client.h>

namespace botocxx::customize {

/// What botocore does for single services where signers are chosen.
SigningRules signing_rules_for(const ServiceModel& model);

}  // namespace botocxx::customize
