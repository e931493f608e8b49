#include "credentials/refresher.h"

#include "credentials/expiry.h"

#include <fmt/format.h>

#include <utility>

namespace botocxx::credentials {
namespace {

constexpr std::int64_t kAdvisory = std::int64_t{15} * 60;
constexpr std::int64_t kMandatory = std::int64_t{10} * 60;
constexpr std::int64_t kPauseAfterFailure = 60;

Error still_expired() {
  return Error(ErrorKind::kCredentials, "CredentialRetrieval",
               "Credentials were refreshed, but the refreshed credentials are still expired.");
}

Error waited_too_long(const std::string& method) {
  return Error(ErrorKind::kTimeout, "CredentialRetrieval",
               fmt::format("the deadline passed while another thread refreshed credentials from {}",
                           method));
}

// The failure of one thread is everybody's, unless it was that thread's own impatience.
bool is_of_one_caller(const Error& error) {
  return error.kind() == ErrorKind::kTimeout || error.kind() == ErrorKind::kCancelled;
}

}  // namespace

Refresher::Refresher(const Clock& clock, Traits traits)
    : clock_(clock), traits_(std::move(traits)) {}

Refresher::Need Refresher::need() const {
  if (!current_) return Need::kMandatory;
  if (!current_->expires) return Need::kNone;
  const Timestamp now = clock_.now();
  if (next_attempt_ && now < *next_attempt_ && now < *current_->expires) return Need::kNone;
  if (!expires_within(*current_->expires, now, kAdvisory)) return Need::kNone;
  return expires_within(*current_->expires, now, kMandatory) ? Need::kMandatory : Need::kAdvisory;
}

bool Refresher::is_expired() const {
  return current_ && current_->expires && expires_within(*current_->expires, clock_.now(), 0);
}

Result<Snapshot> Refresher::get(Deadline deadline, const Fetch& fetch) {
  std::unique_lock lock(mutex_);
  while (true) {
    const Need needed = need();
    if (needed == Need::kNone || (needed == Need::kAdvisory && busy_)) return current_;
    if (!busy_) return renew(lock, deadline, fetch);
    const std::uint64_t before = renewals_;
    if (!wait(lock, deadline)) return waited_too_long(traits_.method);
    if (renewals_ == before || !last_error_ || is_of_one_caller(*last_error_)) continue;
    if (!current_ || is_expired()) return *last_error_;
    return current_;
  }
}

bool Refresher::wait(std::unique_lock<std::mutex>& lock, Deadline deadline) {
  auto is_free = [this] { return !busy_; };
  if (deadline) return done_.wait_until(lock, *deadline, is_free);
  done_.wait(lock, is_free);
  return true;
}

Result<Snapshot> Refresher::renew(std::unique_lock<std::mutex>& lock, Deadline deadline,
                                  const Fetch& fetch) {
  while (true) {
    const Need needed = need();
    const bool is_first = !current_;
    busy_ = true;
    lock.unlock();
    auto fetched = fetch(deadline);
    lock.lock();
    busy_ = false;
    ++renewals_;
    last_error_.reset();
    done_.notify_all();
    if (!fetched) return failed(std::move(fetched).error(), needed);
    next_attempt_.reset();
    current_ = std::make_shared<const Credentials>(*std::move(fetched));
    if (is_first && traits_.first == First::kLoaded) {
      if (need() == Need::kNone || busy_) return current_;
      continue;
    }
    if (!is_expired()) return current_;
    return last_error_.emplace(still_expired());
  }
}

Result<Snapshot> Refresher::failed(Error error, Need needed) {
  last_error_ = error;
  if (!current_ || is_expired()) return error;
  next_attempt_ = Timestamp::from_unix(clock_.now().seconds() + kPauseAfterFailure);
  if (traits_.warn) {
    traits_.warn(fmt::format("Refreshing temporary credentials failed during {} refresh period: {}",
                             needed == Need::kMandatory ? "mandatory" : "advisory",
                             error.message()));
  }
  return current_;
}

}  // namespace botocxx::credentials
