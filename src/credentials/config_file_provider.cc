#include "credentials/profile_keys.h"
#include <botocxx/credentials/default_chain.h>

#include <utility>

namespace botocxx::inline v1 {
namespace {

class ConfigFileProvider : public CredentialsProvider {
 public:
  ConfigFileProvider(std::shared_ptr<const SharedConfig> config, std::string profile)
      : config_(std::move(config)), profile_(std::move(profile)) {}

  Result<std::shared_ptr<const Credentials>> resolve(Deadline) override {
    return credentials::profile_keys({method(), config_->config_path(), config_->config_problem(),
                                      profile_, config_->config_section(profile_)});
  }
  std::string_view method() const override { return "config-file"; }

 private:
  const std::shared_ptr<const SharedConfig> config_;
  const std::string profile_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_config_file_credentials_provider(
    std::shared_ptr<const SharedConfig> config, std::string profile) {
  if (profile.empty()) profile = config->profile();
  return std::make_shared<ConfigFileProvider>(std::move(config), std::move(profile));
}

}  // namespace botocxx::inline v1
