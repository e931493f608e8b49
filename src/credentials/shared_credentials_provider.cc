#include "credentials/profile_keys.h"
#include <botocxx/credentials/default_chain.h>

#include <utility>

namespace botocxx::inline v1 {
namespace {

class SharedCredentialsProvider : public CredentialsProvider {
 public:
  explicit SharedCredentialsProvider(std::shared_ptr<const SharedConfig> config)
      : config_(std::move(config)) {}

  Result<std::shared_ptr<const Credentials>> resolve(Deadline) override {
    return credentials::profile_keys({method(), config_->credentials_path(),
                                      config_->credentials_problem(), config_->profile(),
                                      config_->credentials_section()});
  }
  std::string_view method() const override { return "shared-credentials-file"; }

 private:
  std::shared_ptr<const SharedConfig> config_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_shared_credentials_provider(
    std::shared_ptr<const SharedConfig> config) {
  return std::make_shared<SharedCredentialsProvider>(std::move(config));
}

}  // namespace botocxx::inline v1
