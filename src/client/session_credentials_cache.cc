#include "client/session_credentials_cache.h"

#include <algorithm>
#include <limits>

namespace botocxx::client {
namespace {

constexpr std::size_t kMostBuckets = 100;
constexpr std::int64_t kRenewBefore = 45;
constexpr std::int64_t kWaitBefore = 10;

std::int64_t seconds_left(const std::shared_ptr<const Credentials>& credentials, Timestamp now) {
  if (!credentials) return std::numeric_limits<std::int64_t>::min();
  if (!credentials->expires) return std::numeric_limits<std::int64_t>::max();
  return credentials->expires->seconds() - now.seconds();
}

}  // namespace

std::shared_ptr<SessionCredentialsCache::Entry> SessionCredentialsCache::entry_of(
    const std::string& bucket) {
  std::lock_guard lock(mutex_);
  auto known = std::find_if(entries_.begin(), entries_.end(),
                            [&](const auto& entry) { return entry.first == bucket; });
  if (known != entries_.end()) {
    entries_.splice(entries_.begin(), entries_, known);
  } else {
    entries_.emplace_front(bucket, std::make_shared<Entry>());
    if (entries_.size() > kMostBuckets) entries_.pop_back();
  }
  return entries_.front().second;
}

Result<std::shared_ptr<const Credentials>> SessionCredentialsCache::get(const std::string& bucket,
                                                                        Timestamp now,
                                                                        const Create& create) {
  std::shared_ptr<Entry> entry = entry_of(bucket);
  auto current = [&] {
    std::lock_guard lock(entry->reading);
    return entry->credentials;
  };
  auto credentials = current();
  if (seconds_left(credentials, now) >= kRenewBefore) return credentials;
  std::unique_lock creating(entry->creating, std::defer_lock);
  if (seconds_left(credentials, now) >= kWaitBefore) {
    if (!creating.try_lock()) return credentials;  // another caller renews them
  } else {
    creating.lock();
  }
  credentials = current();  // the one that was waited for may have renewed them
  const std::int64_t left = seconds_left(credentials, now);
  if (left >= kRenewBefore) return credentials;
  auto created = create();
  if (!created) {
    // What there is still works for a while.
    if (left >= kWaitBefore) return credentials;
    return std::move(created).error();
  }
  auto fresh = std::make_shared<const Credentials>(*std::move(created));
  std::lock_guard lock(entry->reading);
  entry->credentials = fresh;
  return fresh;
}

std::size_t SessionCredentialsCache::size() const {
  std::lock_guard lock(mutex_);
  return entries_.size();
}

}  // namespace botocxx::client
