#pragma once

#include <botocxx/base/result.h>
#include <botocxx/base/timestamp.h>
#include <botocxx/credentials/role_providers.h>
#include <botocxx/value/value.h>

#include <string>

namespace botocxx::credentials {

/// Parameters of AssumeRole and AssumeRoleWithWebIdentity, without the code or token.
Value role_arguments(const RoleOptions& role, Timestamp now);

/// botocore's key of the role's credentials in a cache: the same for aws-cli. Errors:
/// "InvalidConfig" for a policy that is not JSON.
Result<std::string> role_cache_key(const RoleOptions& role);

}  // namespace botocxx::credentials
