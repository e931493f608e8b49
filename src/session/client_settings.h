#pragma once

#include <botocxx/client/config.h>
#include <botocxx/client/endpoint_resolver.h>
#include <botocxx/config/settings.h>

#include <string>

namespace botocxx::session {

/// Fills in what `config` leaves open from the settings; `origins` gets where that came from, for
/// explanations. Values that cannot be meant are errors
/// with botocore's codes ("InvalidConfig", "InvalidChecksumConfig", …) and the value's place.
Result<void> complete_config(Config& config, const Settings& settings, SettingOrigins& origins);

/// "AWS_REGION", "region in FILE:LINE", "the session's"; empty for what nobody configured.
std::string origin_text(const Setting& setting);

/// botocore takes a region such as "fips-us-gov-west-1" for another way to ask for FIPS: returns
/// the real region and sets the option.
std::string without_fips(std::string region, Config& config, SettingOrigins& origins);

}  // namespace botocxx::session
