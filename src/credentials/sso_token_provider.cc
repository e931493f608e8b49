#include "credentials/expiry.h"
#include "credentials/sso_settings.h"
#include "credentials/sso_token.h"
#include <botocxx/credentials/token_provider.h>

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>
#include <utility>

namespace botocxx::inline v1 {
namespace {

constexpr std::int64_t kAdvisory = std::int64_t{15} * 60;
constexpr std::int64_t kMandatory = std::int64_t{10} * 60;
constexpr std::int64_t kBetweenAttempts = 60;

using Token = std::shared_ptr<const BearerToken>;

class SsoTokenProvider : public TokenProvider {
 public:
  explicit SsoTokenProvider(CredentialsContext context) : context_(std::move(context)) {}

  Result<Token> resolve(Deadline deadline) override {
    const std::string& profile = context_.config->profile();
    auto session = credentials::sso_token_session(*context_.config, profile);
    if (!session) return std::move(session).error();
    if (!*session) {
      return Error(ErrorKind::kCredentials, "NoAuthToken",
                   fmt::format("profile {} has no sso_session", profile));
    }
    std::unique_lock lock(mutex_);
    while (true) {
      const Need needed = need();
      if (needed == Need::kNone || (needed == Need::kSoon && busy_)) return current_;
      if (!busy_) return renew(lock, **session, deadline);
      if (!wait(lock, deadline)) {
        return Error(ErrorKind::kTimeout, "TokenRetrieval",
                     "the deadline passed while another thread refreshed the SSO token");
      }
    }
  }
  std::string_view method() const override { return "sso"; }

 private:
  enum class Need { kNone, kSoon, kNow };

  Need need() const {
    if (!current_) return Need::kNow;
    const Timestamp now = context_.host.clock->now();
    if (!current_->expires || now < next_attempt_) return Need::kNone;
    if (!credentials::expires_within(*current_->expires, now, kAdvisory)) return Need::kNone;
    return credentials::expires_within(*current_->expires, now, kMandatory) ? Need::kNow
                                                                            : Need::kSoon;
  }

  bool wait(std::unique_lock<std::mutex>& lock, Deadline deadline) {
    auto is_free = [this] { return !busy_; };
    if (deadline) return done_.wait_until(lock, *deadline, is_free);
    done_.wait(lock, is_free);
    return true;
  }

  Result<Token> renew(std::unique_lock<std::mutex>& lock, const credentials::SsoSession& session,
                      Deadline deadline) {
    next_attempt_ = Timestamp::from_unix(context_.host.clock->now().seconds() + kBetweenAttempts);
    busy_ = true;
    lock.unlock();
    auto token = credentials::current_sso_token(context_, session, deadline);
    lock.lock();
    busy_ = false;
    done_.notify_all();
    if (token) current_ = std::make_shared<const BearerToken>(*token);
    if (!current_) return std::move(token).error();
    if (*current_->expires > context_.host.clock->now()) return current_;
    current_.reset();  // the next call looks for a new login
    return Error(ErrorKind::kCredentials, "TokenRetrieval",
                 "Error when retrieving token from sso: Token has expired and refresh failed")
        .with_hint("log in: botocxx sso login, or aws sso login");
  }

  const CredentialsContext context_;
  std::mutex mutex_;
  std::condition_variable done_;
  bool busy_ = false;
  Token current_;
  Timestamp next_attempt_;
};

}  // namespace

std::shared_ptr<TokenProvider> make_sso_token_provider(CredentialsContext context) {
  return std::make_shared<SsoTokenProvider>(std::move(context));
}

}  // namespace botocxx::inline v1
