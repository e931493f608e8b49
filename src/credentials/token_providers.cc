#include "credentials/expiry.h"
#include "credentials/sso_settings.h"
#include "credentials/sso_token.h"
#include <botocxx/credentials/token_provider.h>

#include <fmt/format.h>

#include <utility>

namespace botocxx::inline v1 {
namespace {

constexpr char kDeclined[] = "NoAuthToken";

Error declined(std::string why) {
  return Error(ErrorKind::kCredentials, kDeclined, std::move(why));
}

class StaticTokenProvider : public TokenProvider {
 public:
  explicit StaticTokenProvider(std::string token)
      : token_(std::make_shared<const BearerToken>(
            BearerToken{std::move(token), std::nullopt, "explicit"})) {}

  Result<std::shared_ptr<const BearerToken>> resolve(Deadline) override { return token_; }
  std::string_view method() const override { return "explicit"; }

 private:
  const std::shared_ptr<const BearerToken> token_;
};

class EnvironmentTokenProvider : public TokenProvider {
 public:
  EnvironmentTokenProvider(Host host, std::string_view signing_name)
      : host_(host), variable_("AWS_BEARER_TOKEN_") {
    for (char c : signing_name) {
      if (c == '-' || c == ' ') c = '_';
      variable_ += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    is_named_ = signing_name.find_first_not_of(" \t") != std::string_view::npos;
  }

  Result<std::shared_ptr<const BearerToken>> resolve(Deadline) override {
    auto token = is_named_ ? host_.environment->get(variable_) : std::nullopt;
    if (!token) return declined(variable_ + " is not set");
    return std::make_shared<const BearerToken>(
        BearerToken{*std::move(token), std::nullopt, std::string(method())});
  }
  std::string_view method() const override { return "env"; }

 private:
  const Host host_;
  std::string variable_;
  bool is_named_ = false;
};

class TokenChain : public TokenProvider {
 public:
  explicit TokenChain(std::vector<std::shared_ptr<TokenProvider>> providers)
      : providers_(std::move(providers)) {}

  Result<std::shared_ptr<const BearerToken>> resolve(Deadline deadline) override {
    Error none(ErrorKind::kCredentials, kDeclined, "Unable to locate authorization token");
    for (const auto& provider : providers_) {
      auto found = provider->resolve(deadline);
      if (found || found.error().code() != kDeclined) return found;
      none = std::move(none).with_hint(
          fmt::format("{}: {}", provider->method(), found.error().message()));
    }
    return none;
  }
  std::string_view method() const override { return "chain"; }

 private:
  const std::vector<std::shared_ptr<TokenProvider>> providers_;
};

}  // namespace

std::shared_ptr<TokenProvider> make_static_token_provider(std::string token) {
  return std::make_shared<StaticTokenProvider>(std::move(token));
}

std::shared_ptr<TokenProvider> make_environment_token_provider(Host host,
                                                               std::string signing_name) {
  return std::make_shared<EnvironmentTokenProvider>(host, signing_name);
}

std::shared_ptr<TokenProvider> make_token_chain(
    std::vector<std::shared_ptr<TokenProvider>> providers) {
  return std::make_shared<TokenChain>(std::move(providers));
}

}  // namespace botocxx::inline v1
