#pragma once

#include <botocxx/base/result.h>

#include <chrono>
#include <string>

namespace botocxx::credentials {

/// What a browser brought back.
struct Redirect {
  std::string code{}, state{};
  std::string error{};  ///< instead of a code
};

/// A port of the loopback address to which a browser is sent back. One login, one thread.
class RedirectListener {
 public:
  /// Errors: "AuthorizationCodeLoad" when there is no port to be had.
  static Result<RedirectListener> open();
  RedirectListener(RedirectListener&& other) noexcept;
  RedirectListener& operator=(RedirectListener&&) = delete;
  ~RedirectListener();

  int port() const { return port_; }
  /// Answers browsers until one brings a code or an error. Errors: "PendingAuthorizationExpired" at
  /// the deadline.
  Result<Redirect> wait(std::chrono::steady_clock::time_point deadline) const;

 private:
  RedirectListener(int descriptor, int port) : descriptor_(descriptor), port_(port) {}

  int descriptor_;
  int port_;
};

}  // namespace botocxx::credentials
