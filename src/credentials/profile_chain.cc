#include "credentials/profile_chain.h"

#include <botocxx/credentials/profile_providers.h>

namespace botocxx::credentials {

std::vector<std::shared_ptr<CredentialsProvider>> profile_providers(
    const CredentialsContext& context, const std::string& profile, EnvironmentKeys environment) {
  return {make_web_identity_provider(context, environment, profile),
          make_sso_credentials_provider(context, profile),
          make_shared_credentials_provider(context.config, profile),
          make_login_credentials_provider(context, profile),
          make_process_credentials_provider(context, profile),
          make_config_file_credentials_provider(context.config, profile)};
}

}  // namespace botocxx::credentials
