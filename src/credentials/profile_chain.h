#pragma once

#include <botocxx/credentials/context.h>
#include <botocxx/credentials/default_chain.h>
#include <botocxx/credentials/provider.h>

#include <memory>
#include <string>
#include <vector>

namespace botocxx::credentials {

/// The providers that a profile (empty: the chosen one) may ask for but that of roles with a
/// source, in botocore's order: web identity, SSO, credentials file, login, process, config file.
std::vector<std::shared_ptr<CredentialsProvider>> profile_providers(
    const CredentialsContext& context, const std::string& profile, EnvironmentKeys environment);

}  // namespace botocxx::credentials
