#pragma once

#include <botocxx/base/host.h>
#include <botocxx/config/shared_config.h>
#include <botocxx/credentials/provider.h>

#include <memory>
#include <string_view>
#include <vector>

namespace botocxx::credentials {

/// What makes botocore use a provider that this version does not have.
struct Trigger {
  std::string_view method;
  std::vector<std::string_view> options{};    ///< of the profile; any of them
  std::vector<std::string_view> variables{};  ///< of the environment; any of them
  std::string_view unless_option{};           ///< with this one the next provider is meant
};

/// Declines when nothing asks for it, and otherwise ends the search (code `kUnsupported`).
std::shared_ptr<CredentialsProvider> make_unsupported_provider(
    Trigger trigger, std::shared_ptr<const SharedConfig> config, Host host);

}  // namespace botocxx::credentials
