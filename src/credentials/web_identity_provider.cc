#include "credentials/built_once.h"
#include "credentials/decline.h"
#include <botocxx/credentials/profile_providers.h>
#include <botocxx/credentials/role_providers.h>

#include <fmt/format.h>

#include <utility>

namespace botocxx::inline v1 {
namespace {

class WebIdentityProvider : public CredentialsProvider {
 public:
  WebIdentityProvider(CredentialsContext context, EnvironmentKeys environment, std::string profile)
      : context_(std::move(context)), environment_(environment), profile_(std::move(profile)) {}

  Result<std::shared_ptr<const Credentials>> resolve(Deadline deadline) override {
    const std::string file = setting("web_identity_token_file", "AWS_WEB_IDENTITY_TOKEN_FILE");
    if (file.empty()) return nothing();
    const auto& built = built_.get([&] { return build(file); });
    if (!built) return built.error();
    return (*built)->resolve(deadline);
  }
  std::string_view method() const override { return "assume-role-with-web-identity"; }

 private:
  std::string setting(std::string_view option, std::string_view variable) const {
    if (environment_ == EnvironmentKeys::kUsed) {
      if (auto value = context_.host.environment->get(variable)) return *std::move(value);
    }
    auto setting = context_.config->get_of(profile_, option);
    return setting ? std::move(setting->value) : std::string();
  }

  Error nothing() const {
    std::string why = fmt::format("profile {} has no web_identity_token_file", profile_);
    if (environment_ == EnvironmentKeys::kUsed) {
      why += ", and AWS_WEB_IDENTITY_TOKEN_FILE is not set";
    }
    return credentials::declined(std::move(why));
  }

  credentials::BuiltOnce::Built build(const std::string& file) const {
    RoleOptions role;
    role.role_arn = setting("role_arn", "AWS_ROLE_ARN");
    if (role.role_arn.empty()) {
      return credentials::invalid_config(
          "The provided profile or the current environment is configured to assume role with web "
          "identity but has no role ARN configured. Ensure that the profile has the role_arn"
          "configuration set or the AWS_ROLE_ARN env var is set.");
    }
    role.role_session_name = setting("role_session_name", "AWS_ROLE_SESSION_NAME");
    return make_web_identity_role_provider(context_, std::move(role), file);
  }

  const CredentialsContext context_;
  const EnvironmentKeys environment_;
  const std::string profile_;
  credentials::BuiltOnce built_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_web_identity_provider(CredentialsContext context,
                                                                EnvironmentKeys environment,
                                                                std::string profile) {
  if (profile.empty()) profile = context.config->profile();
  return std::make_shared<WebIdentityProvider>(std::move(context), environment, std::move(profile));
}

}  // namespace botocxx::inline v1
