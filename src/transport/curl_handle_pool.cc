#include "transport/curl_handle_pool.h"

#include <unistd.h>

#include <algorithm>
#include <mutex>
#include <vector>

namespace botocxx::transport {

// Never undone: other users of libcurl may live longer than we do.
void initialize_curl() {
  [[maybe_unused]] static const CURLcode done = curl_global_init(CURL_GLOBAL_DEFAULT);
}

CurlHandles::CurlHandles() : owner(::getpid()) {
  initialize_curl();
  multi = curl_multi_init();
  easy = curl_easy_init();
  if (multi) curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, 1L);
}

CurlHandles::~CurlHandles() {
  if (owner != ::getpid()) return;
  if (easy) curl_easy_cleanup(easy);
  if (multi) curl_multi_cleanup(multi);
}

struct CurlHandlePool::State {
  pid_t owner = ::getpid();
  std::mutex mutex;
  std::vector<std::unique_ptr<CurlHandles>> idle;  // the most recently used last
};

CurlHandlePool::CurlHandlePool(std::size_t kept) : kept_(kept), state_(new State) {}

CurlHandlePool::~CurlHandlePool() {
  State* last = state_.load();
  if (last->owner == ::getpid()) delete last;
}

// The parent's state is left as it is: another thread may have held its mutex during the fork.
CurlHandlePool::State& CurlHandlePool::state() {
  State* current = state_.load();
  if (current->owner == ::getpid()) return *current;
  auto fresh = std::make_unique<State>();
  if (state_.compare_exchange_strong(current, fresh.get())) return *fresh.release();
  return *current;
}

std::unique_ptr<CurlHandles> CurlHandlePool::take(std::string_view origin) {
  State& pool = state();
  {
    std::lock_guard lock(pool.mutex);
    auto found = std::find_if(pool.idle.rbegin(), pool.idle.rend(),
                              [&](const auto& handles) { return handles->origin == origin; });
    if (found != pool.idle.rend()) {
      std::unique_ptr<CurlHandles> handles = std::move(*found);
      pool.idle.erase(std::next(found).base());
      return handles;
    }
  }
  auto handles = std::make_unique<CurlHandles>();
  handles->origin = origin;
  return handles;
}

void CurlHandlePool::give_back(std::unique_ptr<CurlHandles> handles) {
  if (handles->owner != ::getpid()) return;
  State& pool = state();
  std::unique_ptr<CurlHandles> dropped;  // closed after the lock is gone
  std::lock_guard lock(pool.mutex);
  pool.idle.push_back(std::move(handles));
  if (pool.idle.size() <= kept_) return;
  dropped = std::move(pool.idle.front());
  pool.idle.erase(pool.idle.begin());
}

}  // namespace botocxx::transport
