#pragma once

#include <botocxx/base/timestamp.h>

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace botocxx::client {

/// Addresses that a service named for calls of a kind, and how long they are good for. Thread-safe;
/// holds a thousand kinds.
class DiscoveredEndpoints {
 public:
  struct Address {
    std::string host;
    Timestamp expires{};
  };

  /// The first that is still good.
  std::optional<std::string> current(const std::string& kind, Timestamp now) const;
  /// The first of all: better than none while the service does not answer.
  std::optional<std::string> last_known(const std::string& kind) const;
  void set(const std::string& kind, std::vector<Address> addresses);
  void forget(const std::string& kind);
  /// The service could not be asked: for a minute it need not be asked again.
  void failed(const std::string& kind, Timestamp now);
  bool recently_failed(const std::string& kind, Timestamp now) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::vector<Address>> addresses_;
  std::map<std::string, Timestamp> ask_again_;
};

}  // namespace botocxx::client
