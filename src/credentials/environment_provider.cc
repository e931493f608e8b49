#include "credentials/decline.h"
#include <botocxx/credentials/default_chain.h>

#include <utility>

namespace botocxx::inline v1 {
namespace {

class EnvironmentProvider : public CredentialsProvider {
 public:
  explicit EnvironmentProvider(Host host) : host_(host) {}

  Result<std::shared_ptr<const Credentials>> resolve(Deadline) override {
    Credentials found;
    found.access_key = get("AWS_ACCESS_KEY_ID");
    if (found.access_key.empty()) return credentials::declined("AWS_ACCESS_KEY_ID is not set");
    found.secret_key = get("AWS_SECRET_ACCESS_KEY");
    if (found.secret_key.empty()) return credentials::partial(method(), "AWS_SECRET_ACCESS_KEY");
    found.session_token = get("AWS_SECURITY_TOKEN");
    if (found.session_token.empty()) found.session_token = get("AWS_SESSION_TOKEN");
    found.account_id = get("AWS_ACCOUNT_ID");
    if (std::string expiration = get("AWS_CREDENTIAL_EXPIRATION"); !expiration.empty()) {
      auto time = Timestamp::parse(expiration);
      if (!time) return bad_expiration();
      found.expires = *time;
      if (*time <= host_.clock->now()) return expired();
    }
    found.source = method();
    return std::make_shared<const Credentials>(std::move(found));
  }
  std::string_view method() const override { return "env"; }

 private:
  std::string get(std::string_view name) const {
    return host_.environment->get(name).value_or(std::string());
  }
  static Error bad_expiration() {
    return Error(ErrorKind::kCredentials, "CredentialRetrieval",
                 "Error when retrieving credentials from env: AWS_CREDENTIAL_EXPIRATION is no "
                 "timestamp");
  }
  static Error expired() {
    return Error(
        ErrorKind::kCredentials, "CredentialRetrieval",
        "Error when retrieving credentials from env: AWS_CREDENTIAL_EXPIRATION has passed");
  }

  Host host_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_environment_credentials_provider(Host host) {
  return std::make_shared<EnvironmentProvider>(host);
}

}  // namespace botocxx::inline v1
