#include "client/discovered_endpoints.h"

#include <algorithm>

namespace botocxx::client {
namespace {

constexpr std::size_t kMostKinds = 1000;
constexpr std::int64_t kSecondsAfterFailure = 60;

template <typename Map>
void make_room(Map& map, const std::string& kind) {
  if (map.size() >= kMostKinds && !map.contains(kind)) map.erase(map.begin());
}

}  // namespace

std::optional<std::string> DiscoveredEndpoints::current(const std::string& kind,
                                                        Timestamp now) const {
  std::lock_guard lock(mutex_);
  auto found = addresses_.find(kind);
  if (found == addresses_.end()) return std::nullopt;
  for (const Address& address : found->second) {
    if (now < address.expires) return address.host;
  }
  return std::nullopt;
}

std::optional<std::string> DiscoveredEndpoints::last_known(const std::string& kind) const {
  std::lock_guard lock(mutex_);
  auto found = addresses_.find(kind);
  if (found == addresses_.end() || found->second.empty()) return std::nullopt;
  return found->second.front().host;
}

void DiscoveredEndpoints::set(const std::string& kind, std::vector<Address> addresses) {
  std::lock_guard lock(mutex_);
  make_room(addresses_, kind);
  addresses_[kind] = std::move(addresses);
  ask_again_.erase(kind);
}

void DiscoveredEndpoints::forget(const std::string& kind) {
  std::lock_guard lock(mutex_);
  addresses_.erase(kind);
}

void DiscoveredEndpoints::failed(const std::string& kind, Timestamp now) {
  std::lock_guard lock(mutex_);
  make_room(ask_again_, kind);
  ask_again_[kind] = Timestamp::from_unix(now.seconds() + kSecondsAfterFailure, now.nanoseconds());
}

bool DiscoveredEndpoints::recently_failed(const std::string& kind, Timestamp now) const {
  std::lock_guard lock(mutex_);
  auto found = ask_again_.find(kind);
  return found != ask_again_.end() && now < found->second;
}

}  // namespace botocxx::client
