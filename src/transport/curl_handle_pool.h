#pragma once

#include <curl/curl.h>
#include <sys/types.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace botocxx::transport {

/// Sets libcurl up, once for the process.
void initialize_curl();

/// One easy handle in its own multi handle, which keeps at most one idle connection. A child
/// process leaks what its parent made: closing a TLS connection there would end it for the parent
/// too.
struct CurlHandles {
  CURLM* multi = nullptr;
  CURL* easy = nullptr;
  pid_t owner;
  std::string origin;  ///< scheme, host and port that the idle connection leads to

  CurlHandles();
  ~CurlHandles();
  CurlHandles(const CurlHandles&) = delete;
  CurlHandles& operator=(const CurlHandles&) = delete;
  bool is_usable() const { return multi != nullptr && easy != nullptr; }
};

/// Handles with live connections that wait for the next request. Thread-safe. A child process after
/// `fork()` leaves its parent's connections alone and starts with none.
class CurlHandlePool {
 public:
  explicit CurlHandlePool(std::size_t kept);
  ~CurlHandlePool();
  CurlHandlePool(const CurlHandlePool&) = delete;
  CurlHandlePool& operator=(const CurlHandlePool&) = delete;

  /// Handles that are connected to `origin` if there are some, otherwise new ones.
  std::unique_ptr<CurlHandles> take(std::string_view origin);
  /// Keeps them for the next request, and drops the longest unused ones where they are too many.
  void give_back(std::unique_ptr<CurlHandles> handles);

 private:
  struct State;
  State& state();

  std::size_t kept_;
  std::atomic<State*> state_;
};

}  // namespace botocxx::transport
