#include "credentials/decline.h"
#include "credentials/expiry.h"
#include "credentials/refresher.h"
#include <botocxx/credentials/default_chain.h>

#include <atomic>
#include <utility>

namespace botocxx::inline v1 {
namespace {

constexpr char kExpiration[] = "AWS_CREDENTIAL_EXPIRATION";

class EnvironmentProvider : public CredentialsProvider {
 public:
  EnvironmentProvider(Host host, std::function<void(std::string_view)> warn)
      : host_(host),
        refresher_(
            *host.clock,
            {.method = "env", .first = credentials::Refresher::First::kLoaded, .warn = warn}) {}

  // Keys without an end are read anew each time; others when their end is near.
  Result<std::shared_ptr<const Credentials>> resolve(Deadline deadline) override {
    if (get("AWS_ACCESS_KEY_ID").empty()) {
      return credentials::declined("AWS_ACCESS_KEY_ID is not set");
    }
    if (!get(kExpiration).empty()) has_end_.store(true, std::memory_order_relaxed);
    if (has_end_.load(std::memory_order_relaxed)) {
      return refresher_.get(deadline, [this](Deadline) { return read_with_end(); });
    }
    auto found = read();
    if (!found) return std::move(found).error();
    return std::make_shared<const Credentials>(*std::move(found));
  }
  std::string_view method() const override { return "env"; }

 private:
  std::string get(std::string_view name) const {
    return host_.environment->get(name).value_or(std::string());
  }

  Result<Credentials> read() const {
    Credentials found;
    found.access_key = get("AWS_ACCESS_KEY_ID");
    found.secret_key = get("AWS_SECRET_ACCESS_KEY");
    if (found.secret_key.empty()) return credentials::partial(method(), "AWS_SECRET_ACCESS_KEY");
    found.session_token = get("AWS_SECURITY_TOKEN");
    if (found.session_token.empty()) found.session_token = get("AWS_SESSION_TOKEN");
    found.account_id = get("AWS_ACCOUNT_ID");
    found.source = method();
    return found;
  }

  Result<Credentials> read_with_end() const {
    auto found = read();
    if (!found) return found;
    const std::string expiration = get(kExpiration);
    if (expiration.empty()) return credentials::partial(method(), kExpiration);
    auto time = credentials::read_expiry(expiration);
    if (!time) {
      return credentials::retrieval_failed(method(),
                                           "AWS_CREDENTIAL_EXPIRATION is not a timestamp");
    }
    found->expires = *time;
    return found;
  }

  const Host host_;
  std::atomic<bool> has_end_ = false;
  credentials::Refresher refresher_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_environment_credentials_provider(
    Host host, std::function<void(std::string_view)> warn) {
  return std::make_shared<EnvironmentProvider>(host, std::move(warn));
}

}  // namespace botocxx::inline v1
