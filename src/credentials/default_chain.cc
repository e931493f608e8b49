#include "credentials/unsupported_provider.h"
#include <botocxx/credentials/default_chain.h>

#include <utility>

namespace botocxx::inline v1 {

// The order is botocore's; a provider that becomes real takes the place of its trigger here.
std::shared_ptr<CredentialsProvider> make_default_credentials_chain(
    std::shared_ptr<const SharedConfig> config, Host host, EnvironmentKeys environment) {
  std::vector<std::shared_ptr<CredentialsProvider>> providers;
  auto add_unsupported = [&](credentials::Trigger trigger) {
    providers.push_back(credentials::make_unsupported_provider(std::move(trigger), config, host));
  };
  if (environment == EnvironmentKeys::kUsed) {
    providers.push_back(make_environment_credentials_provider(host));
  }
  add_unsupported({"assume-role", {"role_arn"}, {}, "web_identity_token_file"});
  add_unsupported({"assume-role-with-web-identity",
                   {"web_identity_token_file"},
                   {"AWS_WEB_IDENTITY_TOKEN_FILE"}});
  add_unsupported({"sso", {"sso_role_name", "sso_account_id"}});
  providers.push_back(make_shared_credentials_provider(config));
  add_unsupported({"login", {"login_session"}});
  add_unsupported({"custom-process", {"credential_process"}});
  providers.push_back(make_config_file_credentials_provider(config));
  add_unsupported({"ec2-credentials-file", {}, {"AWS_CREDENTIAL_FILE"}});
  add_unsupported({"boto-config", {}, {"BOTO_CONFIG"}});
  add_unsupported(
      {"container-role",
       {},
       {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"}});
  add_unsupported({"iam-role"});
  return make_credentials_chain(std::move(providers));
}

}  // namespace botocxx::inline v1
