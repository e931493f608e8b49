#include "credentials/credential_document.h"
#include "credentials/decline.h"
#include "credentials/refresher.h"
#include "credentials/role_arguments.h"
#include <botocxx/credentials/role_providers.h>

#include <fmt/format.h>

#include <atomic>
#include <utility>

namespace botocxx::inline v1 {
namespace {

constexpr char kMethod[] = "assume-role";

class RoleProvider : public CredentialsProvider {
 public:
  RoleProvider(CredentialsContext context, RoleOptions role,
               std::shared_ptr<CredentialsProvider> source)
      : context_(std::move(context)),
        role_(std::move(role)),
        source_(std::move(source)),
        refresher_(*context_.host.clock, {.method = kMethod, .warn = context_.options.warn}) {}

  Result<std::shared_ptr<const Credentials>> resolve(Deadline deadline) override {
    if (!context_.services) return credentials::unreachable(kMethod, "STS");
    return refresher_.get(deadline, [this](Deadline end) { return fetch(end); });
  }
  std::string_view method() const override { return kMethod; }

 private:
  // A code is good once, and nobody may be there to be asked for another.
  Result<Credentials> fetch(Deadline deadline) {
    if (!role_.mfa_serial.empty() && asked_.exchange(true)) {
      return Error(ErrorKind::kCredentials, "RefreshWithMFAUnsupported",
                   "Cannot refresh credentials: MFA token required.");
    }
    auto key = credentials::role_cache_key(role_);
    if (!key) return std::move(key).error();
    return credentials::cached_credentials(
        {context_.options.cache.get(), *std::move(key), context_.host.clock, kMethod},
        [&] { return assume(deadline); });
  }

  Result<Value> assume(Deadline deadline) {
    ServiceCall call;
    call.service = "sts";
    call.operation = "AssumeRole";
    call.params = credentials::role_arguments(role_, context_.host.clock->now());
    call.region = role_.region;
    call.deadline = deadline;
    if (!role_.mfa_serial.empty()) {
      auto code = ask_for_code();
      if (!code) return std::move(code).error();
      call.params.set("TokenCode", *code);
    }
    auto source = source_->resolve(deadline);
    if (!source) return std::move(source).error();
    call.credentials = *std::move(source);
    auto answer = context_.services->call(call);
    if (!answer) return std::move(answer).error().with_context("role", role_.role_arn);
    return credentials::as_credential_document(*std::move(answer));
  }

  Result<std::string> ask_for_code() const {
    if (!context_.options.mfa_prompt) {
      return credentials::retrieval_failed(
                 kMethod,
                 fmt::format("{} wants an MFA code, and there is nobody to ask", role_.mfa_serial))
          .with_hint("set CredentialsOptions::mfa_prompt");
    }
    return context_.options.mfa_prompt(fmt::format("Enter MFA code for {}: ", role_.mfa_serial));
  }

  const CredentialsContext context_;
  const RoleOptions role_;
  const std::shared_ptr<CredentialsProvider> source_;
  std::atomic<bool> asked_ = false;
  credentials::Refresher refresher_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_role_provider(
    CredentialsContext context, RoleOptions role, std::shared_ptr<CredentialsProvider> source) {
  return std::make_shared<RoleProvider>(std::move(context), std::move(role), std::move(source));
}

}  // namespace botocxx::inline v1
