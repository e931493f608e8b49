#include "credentials/decline.h"
#include "credentials/refresher.h"
#include <botocxx/credentials/role_providers.h>

#include <utility>

namespace botocxx::inline v1 {
namespace {

constexpr char kMethod[] = "cognito-identity";

class CognitoProvider : public CredentialsProvider {
 public:
  CognitoProvider(CredentialsContext context, CognitoOptions options)
      : context_(std::move(context)),
        options_(std::move(options)),
        refresher_(*context_.host.clock, {.method = kMethod, .warn = context_.options.warn}) {}

  Result<std::shared_ptr<const Credentials>> resolve(Deadline deadline) override {
    if (!context_.services) return credentials::unreachable(kMethod, "Cognito");
    if (options_.identity_id.empty() && options_.identity_pool_id.empty()) {
      return credentials::invalid_config(
          "a Cognito identity needs identity_id or identity_pool_id");
    }
    return refresher_.get(deadline, [this](Deadline end) { return fetch(end); });
  }
  std::string_view method() const override { return kMethod; }

 private:
  Result<Value> call(std::string operation, Value params, Deadline deadline) const {
    ServiceCall call;
    call.service = "cognito-identity";
    call.operation = std::move(operation);
    call.region = options_.region;
    if (call.region.empty()) {
      const std::string& id =
          options_.identity_id.empty() ? options_.identity_pool_id : options_.identity_id;
      if (const std::size_t end = id.find(':'); end != std::string::npos) {
        call.region = id.substr(0, end);
      }
    }
    call.deadline = deadline;
    if (!options_.logins.empty()) {
      Value& logins = params.set("Logins", Value::object());
      for (const auto& [name, token] : options_.logins) logins.set(name, token);
    }
    call.params = std::move(params);
    return context_.services->call(call);
  }

  // Only the thread that renews comes here.
  Result<std::string> identity(Deadline deadline) {
    if (!options_.identity_id.empty()) return options_.identity_id;
    if (!found_identity_.empty()) return found_identity_;
    auto answer =
        call("GetId", Value::object({{"IdentityPoolId", options_.identity_pool_id}}), deadline);
    if (!answer) return std::move(answer).error();
    auto id = (*answer)["IdentityId"].get_if_string();
    if (!id) return credentials::retrieval_failed(kMethod, "the pool gave no identity");
    return found_identity_ = *id;
  }

  Result<Credentials> fetch(Deadline deadline) {
    auto id = identity(deadline);
    if (!id) return std::move(id).error();
    Value params = Value::object({{"IdentityId", *id}});
    if (!options_.custom_role_arn.empty()) params.set("CustomRoleArn", options_.custom_role_arn);
    auto answer = call("GetCredentialsForIdentity", std::move(params), deadline);
    if (!answer) return std::move(answer).error();
    const Value& keys = (*answer)["Credentials"];
    auto access_key = keys["AccessKeyId"].get_if_string();
    auto secret_key = keys["SecretKey"].get_if_string();
    if (!access_key || !secret_key) {
      return credentials::retrieval_failed(kMethod, "the answer has no keys");
    }
    Credentials found;
    found.access_key = *access_key;
    found.secret_key = *secret_key;
    found.session_token = keys["SessionToken"].get_if_string().value_or("");
    found.expires = keys["Expiration"].get_if_timestamp();
    found.source = kMethod;
    return found;
  }

  const CredentialsContext context_;
  const CognitoOptions options_;
  std::string found_identity_;
  credentials::Refresher refresher_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_cognito_provider(CredentialsContext context,
                                                           CognitoOptions identity) {
  return std::make_shared<CognitoProvider>(std::move(context), std::move(identity));
}

}  // namespace botocxx::inline v1
