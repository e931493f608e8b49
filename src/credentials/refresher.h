#pragma once

#include <botocxx/auth/credentials.h>
#include <botocxx/base/host.h>
#include <botocxx/base/result.h>
#include <botocxx/credentials/provider.h>

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace botocxx::credentials {

using Deadline = CredentialsProvider::Deadline;
using Snapshot = std::shared_ptr<const Credentials>;
using Warn = std::function<void(std::string_view)>;

/// Keeps credentials and renews them before they expire: from 15 minutes before by one thread,
/// while the others go on with the old ones; from 10 minutes before everybody waits for the one
/// that renews. When that fails, credentials that are still valid are kept, and the next attempt is
/// a minute later; expired ones are an error. Thread-safe.
class Refresher {
 public:
  using Fetch = std::function<Result<Credentials>(Deadline)>;
  enum class First {
    kLoaded,   ///< the first credentials are taken as they are, then renewed if they need it
    kDeferred  ///< the first credentials must be valid
  };
  struct Traits {
    std::string method{};
    First first = First::kDeferred;
    Warn warn{};
  };

  Refresher(const Clock& clock, Traits traits);

  /// Errors are those of `fetch`, "CredentialRetrieval" for credentials that come expired, and kind
  /// kTimeout when the deadline passes while another thread renews.
  Result<Snapshot> get(Deadline deadline, const Fetch& fetch);

 private:
  enum class Need { kNone, kAdvisory, kMandatory };

  Need need() const;
  bool is_expired() const;
  Result<Snapshot> renew(std::unique_lock<std::mutex>& lock, Deadline deadline, const Fetch& fetch);
  Result<Snapshot> failed(Error error, Need need);
  bool wait(std::unique_lock<std::mutex>& lock, Deadline deadline);

  const Clock& clock_;
  const Traits traits_;
  std::mutex mutex_;
  std::condition_variable done_;
  bool busy_ = false;
  std::uint64_t renewals_ = 0;       ///< finished ones, whatever their outcome
  std::optional<Error> last_error_;  ///< of the last renewal
  Snapshot current_;
  std::optional<Timestamp> next_attempt_;
};

}  // namespace botocxx::credentials
