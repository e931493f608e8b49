#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace botocxx::client {

/// How far the clocks of hosts are ahead of this machine's, as far as it matters. Thread-safe.
class ClockOffsets {
 public:
  /// 0 for a host that nothing is known of.
  std::chrono::seconds get(const std::string& host) const;
  void set(const std::string& host, std::chrono::seconds offset);

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::chrono::seconds, std::less<>> offsets_;
};

}  // namespace botocxx::client
