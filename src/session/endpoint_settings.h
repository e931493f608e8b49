#pragma once

#include <botocxx/base/host.h>
#include <botocxx/client/config.h>
#include <botocxx/client/endpoint_resolver.h>
#include <botocxx/config/shared_config.h>
#include <botocxx/model/service_model.h>

#include <string>

namespace botocxx::session {

/// Fills in what `config` leaves open about endpoints, from environment variables and then the
/// profile; `shared` may be null. `origins` gets where each came from. Values that cannot be meant
/// are errors ("InvalidConfig").
Result<void> complete_endpoint_settings(Config& config, const Environment& environment,
                                        const SharedConfig* shared, SettingOrigins& origins);

/// The endpoint URL that the environment names for a service (AWS_ENDPOINT_URL_<SERVICE>, then
/// AWS_ENDPOINT_URL), unless such URLs are to be ignored; empty: none.
std::string configured_endpoint_url(const ServiceModel& model, const Config& config,
                                    const Environment& environment, SettingOrigins& origins);

/// botocore takes a region such as "fips-us-gov-west-1" for another way to ask for FIPS: returns
/// the real region and sets the option.
std::string without_fips(std::string region, Config& config, SettingOrigins& origins);

}  // namespace botocxx::session
