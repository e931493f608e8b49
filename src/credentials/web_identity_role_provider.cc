#include "credentials/credential_document.h"
#include "credentials/decline.h"
#include "credentials/refresher.h"
#include "credentials/role_arguments.h"
#include <botocxx/credentials/role_providers.h>

#include <utility>

namespace botocxx::inline v1 {
namespace {

constexpr char kMethod[] = "assume-role-with-web-identity";

class WebIdentityRoleProvider : public CredentialsProvider {
 public:
  WebIdentityRoleProvider(CredentialsContext context, RoleOptions role, std::string token_file)
      : context_(std::move(context)),
        role_(std::move(role)),
        token_file_(std::move(token_file)),
        refresher_(*context_.host.clock, {.method = kMethod, .warn = context_.options.warn}) {}

  Result<std::shared_ptr<const Credentials>> resolve(Deadline deadline) override {
    if (!context_.services) return credentials::unreachable(kMethod, "STS");
    return refresher_.get(deadline, [this](Deadline end) { return fetch(end); });
  }
  std::string_view method() const override { return kMethod; }

 private:
  Result<Credentials> fetch(Deadline deadline) {
    auto key = credentials::role_cache_key(role_);
    if (!key) return std::move(key).error();
    return credentials::cached_credentials(
        {context_.options.cache.get(), *std::move(key), context_.host.clock, kMethod},
        [&] { return assume(deadline); });
  }

  Result<Value> assume(Deadline deadline) {
    auto token = context_.host.files->read_file(token_file_);
    if (!token) {
      return credentials::retrieval_failed(kMethod, token.error().message())
          .with_context("role", role_.role_arn);
    }
    ServiceCall call;
    call.service = "sts";
    call.operation = "AssumeRoleWithWebIdentity";
    call.params = credentials::role_arguments(role_, context_.host.clock->now());
    call.params.set("WebIdentityToken", *token);
    call.region = role_.region;
    call.deadline = deadline;
    auto answer = context_.services->call(call);
    if (!answer) return std::move(answer).error().with_context("role", role_.role_arn);
    return credentials::as_credential_document(*std::move(answer));
  }

  const CredentialsContext context_;
  const RoleOptions role_;
  const std::string token_file_;
  credentials::Refresher refresher_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_web_identity_role_provider(CredentialsContext context,
                                                                     RoleOptions role,
                                                                     std::string token_file) {
  role.external_id.clear();
  role.mfa_serial.clear();
  return std::make_shared<WebIdentityRoleProvider>(std::move(context), std::move(role),
                                                   std::move(token_file));
}

}  // namespace botocxx::inline v1
