#pragma once

#include <botocxx/auth/credentials.h>
#include <botocxx/base/result.h>

#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace botocxx::client {

/// Credentials of sessions, one for each bucket, as botocore's `S3ExpressIdentityCache` keeps them:
/// the hundred used last; renewed when less than 45 seconds are left, by one caller while others go
/// on with what there is, and waited for when less than 10 seconds are left. Thread-safe.
class SessionCredentialsCache {
 public:
  using Create = std::function<Result<Credentials>()>;

  /// Those of `bucket`; `create` opens a session where there is none that lasts. An error is not
  /// kept: the next caller tries again.
  Result<std::shared_ptr<const Credentials>> get(const std::string& bucket, Timestamp now,
                                                 const Create& create);
  std::size_t size() const;

 private:
  struct Entry {
    std::mutex creating;
    std::mutex reading;  ///< guards `credentials`; never held while a session is opened
    std::shared_ptr<const Credentials> credentials;
  };

  std::shared_ptr<Entry> entry_of(const std::string& bucket);

  mutable std::mutex mutex_;
  std::list<std::pair<std::string, std::shared_ptr<Entry>>> entries_;  ///< used last in front
};

}  // namespace botocxx::client
