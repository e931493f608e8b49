#include "credentials/changing_files.h"
#include "credentials/profile_chain.h"
#include <botocxx/credentials/default_chain.h>
#include <botocxx/credentials/machine_providers.h>
#include <botocxx/credentials/profile_providers.h>

#include <utility>

namespace botocxx::inline v1 {
namespace {

std::shared_ptr<CredentialsProvider> chain_of(const CredentialsContext& context,
                                              EnvironmentKeys environment) {
  std::vector<std::shared_ptr<CredentialsProvider>> providers;
  if (environment == EnvironmentKeys::kUsed) {
    providers.push_back(make_environment_credentials_provider(context.host, context.options.warn));
  }
  providers.push_back(make_assume_role_provider(context));
  for (auto& provider : credentials::profile_providers(context, {}, environment)) {
    providers.push_back(std::move(provider));
  }
  providers.push_back(make_ec2_file_credentials_provider(context));
  providers.push_back(make_boto_file_credentials_provider(context));
  providers.push_back(make_container_credentials_provider(context));
  providers.push_back(make_instance_credentials_provider(context));
  return make_credentials_chain(std::move(providers));
}

}  // namespace

std::shared_ptr<CredentialsProvider> make_default_credentials_chain(CredentialsContext context,
                                                                    EnvironmentKeys environment) {
  if (!context.options.cache) context.options.cache = make_memory_json_cache();
  return credentials::make_provider_of_changing_files(
      std::move(context),
      [environment](const CredentialsContext& now) { return chain_of(now, environment); });
}

}  // namespace botocxx::inline v1
