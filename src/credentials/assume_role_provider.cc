#include "credentials/built_once.h"
#include "credentials/decline.h"
#include "credentials/role_source.h"
#include <botocxx/credentials/profile_providers.h>

#include <fmt/format.h>

#include <utility>

namespace botocxx::inline v1 {
namespace {

class AssumeRoleProvider : public CredentialsProvider {
 public:
  AssumeRoleProvider(CredentialsContext context, std::string profile)
      : context_(std::move(context)), profile_(std::move(profile)) {}

  Result<std::shared_ptr<const Credentials>> resolve(Deadline deadline) override {
    if (!context_.config->get_of(profile_, "role_arn")) {
      return credentials::declined(fmt::format("profile {} has no role_arn", profile_));
    }
    if (!credentials::has_role(*context_.config, profile_)) {
      return credentials::declined(
          fmt::format("profile {} has a web_identity_token_file with its role_arn", profile_));
    }
    const auto& built = built_.get([this] { return credentials::role_of(context_, profile_); });
    if (!built) return built.error();
    return (*built)->resolve(deadline);
  }
  std::string_view method() const override { return "assume-role"; }

 private:
  const CredentialsContext context_;
  const std::string profile_;
  credentials::BuiltOnce built_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_assume_role_provider(CredentialsContext context,
                                                               std::string profile) {
  if (profile.empty()) profile = context.config->profile();
  return std::make_shared<AssumeRoleProvider>(std::move(context), std::move(profile));
}

}  // namespace botocxx::inline v1
