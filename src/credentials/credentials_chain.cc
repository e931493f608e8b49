#include "credentials/decline.h"
#include <botocxx/credentials/default_chain.h>

#include <fmt/format.h>

#include <string>
#include <utility>

namespace botocxx::inline v1 {
namespace {

class CredentialsChain : public CredentialsProvider {
 public:
  explicit CredentialsChain(std::vector<std::shared_ptr<CredentialsProvider>> providers)
      : providers_(std::move(providers)) {}

  Result<std::shared_ptr<const Credentials>> resolve(Deadline deadline) override {
    Error none(ErrorKind::kCredentials, "NoCredentials", "Unable to locate credentials");
    for (const auto& provider : providers_) {
      auto found = provider->resolve(deadline);
      if (found) return found;
      const Error& error = found.error();
      bool ends = error.code() == credentials::kUnsupported;
      if (error.code() != "NoCredentials" && !ends) return found;
      none = std::move(none).with_hint(fmt::format("{}: {}", provider->method(), error.message()));
      if (ends) break;
    }
    return none;
  }
  std::string_view method() const override { return "chain"; }

 private:
  std::vector<std::shared_ptr<CredentialsProvider>> providers_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_credentials_chain(
    std::vector<std::shared_ptr<CredentialsProvider>> providers) {
  return std::make_shared<CredentialsChain>(std::move(providers));
}

}  // namespace botocxx::inline v1
