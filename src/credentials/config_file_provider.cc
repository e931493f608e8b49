#include "credentials/profile_keys.h"
#include <botocxx/credentials/default_chain.h>

#include <utility>

namespace botocxx::inline v1 {
namespace {

class ConfigFileProvider : public CredentialsProvider {
 public:
  explicit ConfigFileProvider(std::shared_ptr<const SharedConfig> config)
      : config_(std::move(config)) {}

  Result<std::shared_ptr<const Credentials>> resolve(Deadline) override {
    return credentials::profile_keys({method(), config_->config_path(), config_->config_problem(),
                                      config_->profile(), config_->config_section()});
  }
  std::string_view method() const override { return "config-file"; }

 private:
  std::shared_ptr<const SharedConfig> config_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_config_file_credentials_provider(
    std::shared_ptr<const SharedConfig> config) {
  return std::make_shared<ConfigFileProvider>(std::move(config));
}

}  // namespace botocxx::inline v1
