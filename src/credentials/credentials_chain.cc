#include "credentials/decline.h"
#include <botocxx/credentials/default_chain.h>

#include <fmt/format.h>

#include <atomic>
#include <string>
#include <utility>

namespace botocxx::inline v1 {
namespace {

constexpr std::size_t kNobody = SIZE_MAX;

class CredentialsChain : public CredentialsProvider {
 public:
  explicit CredentialsChain(std::vector<std::shared_ptr<CredentialsProvider>> providers)
      : providers_(std::move(providers)) {}

  // As in botocore, who had credentials once is not passed over again.
  Result<std::shared_ptr<const Credentials>> resolve(Deadline deadline) override {
    const std::size_t winner = winner_.load(std::memory_order_relaxed);
    if (winner == kNobody) return search(deadline);
    auto found = providers_[winner]->resolve(deadline);
    if (found || found.error().code() != credentials::kDeclined) return found;
    return search(deadline);
  }
  std::string_view method() const override { return "chain"; }

 private:
  Result<std::shared_ptr<const Credentials>> search(Deadline deadline) {
    Error none(ErrorKind::kCredentials, credentials::kDeclined, "Unable to locate credentials");
    for (std::size_t i = 0; i < providers_.size(); ++i) {
      auto found = providers_[i]->resolve(deadline);
      if (found) {
        winner_.store(i, std::memory_order_relaxed);
        return found;
      }
      const Error& error = found.error();
      if (error.code() != credentials::kDeclined) return found;
      none = std::move(none).with_hint(
          fmt::format("{}: {}", providers_[i]->method(), error.message()));
    }
    return none;
  }

  const std::vector<std::shared_ptr<CredentialsProvider>> providers_;
  std::atomic<std::size_t> winner_ = kNobody;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_credentials_chain(
    std::vector<std::shared_ptr<CredentialsProvider>> providers) {
  return std::make_shared<CredentialsChain>(std::move(providers));
}

}  // namespace botocxx::inline v1
