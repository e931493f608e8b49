#include "credentials/profile_keys.h"
#include <botocxx/credentials/default_chain.h>

#include <utility>

namespace botocxx::inline v1 {
namespace {

class SharedCredentialsProvider : public CredentialsProvider {
 public:
  SharedCredentialsProvider(std::shared_ptr<const SharedConfig> config, std::string profile)
      : config_(std::move(config)), profile_(std::move(profile)) {}

  Result<std::shared_ptr<const Credentials>> resolve(Deadline) override {
    return credentials::profile_keys({method(), config_->credentials_path(),
                                      config_->credentials_problem(), profile_,
                                      config_->credentials_section(profile_)});
  }
  std::string_view method() const override { return "shared-credentials-file"; }

 private:
  const std::shared_ptr<const SharedConfig> config_;
  const std::string profile_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_shared_credentials_provider(
    std::shared_ptr<const SharedConfig> config, std::string profile) {
  if (profile.empty()) profile = config->profile();
  return std::make_shared<SharedCredentialsProvider>(std::move(config), std::move(profile));
}

}  // namespace botocxx::inline v1
