#pragma once

#include <botocxx/base/result.h>
#include <botocxx/message/url.h>

#include <string_view>

namespace botocxx::credentials {

/// The URL of a container's credentials, if it may be asked: any host by https; otherwise loopback
/// addresses and the hosts of ECS and EKS only. Errors: "CredentialRetrieval".
Result<Url> container_endpoint(std::string_view url);

}  // namespace botocxx::credentials
