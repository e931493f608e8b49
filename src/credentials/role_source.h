#pragma once

#include <botocxx/base/result.h>
#include <botocxx/config/shared_config.h>
#include <botocxx/credentials/context.h>
#include <botocxx/credentials/provider.h>

#include <memory>
#include <string>

namespace botocxx::credentials {

/// Whether the profile is one of a role that is assumed with somebody else's credentials.
bool has_role(const SharedConfig& config, std::string_view profile);

/// The provider of a profile's role, with its sources to the end of the chain. Reads no files and
/// calls nobody. Errors: "InvalidConfig", "InfiniteLoopConfig", "PartialCredentials".
Result<std::shared_ptr<CredentialsProvider>> role_of(const CredentialsContext& context,
                                                     const std::string& profile);

}  // namespace botocxx::credentials
