#pragma once

#include <botocxx/base/result.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace botocxx::auth {

/// What a proof of possession (RFC 9449) says.
struct DpopClaims {
  std::string method{};  ///< "POST"
  std::string url{};
  std::int64_t issued_at = 0;  ///< seconds since 1970
  std::string id{};            ///< unique
};

/// A private key of the curve P-256 that proves who holds a token. Immutable; copies share it;
/// `prove` may be called from several threads at once.
class DpopKey {
 public:
  /// Reads PEM (SEC 1 or PKCS #8). The error says nothing of its content.
  static Result<DpopKey> from_pem(std::string_view pem);

  /// The value of a DPoP header: a JSON web token signed with ES256. Each call gives another one.
  Result<std::string> prove(const DpopClaims& claims) const;

 private:
  struct State;
  explicit DpopKey(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

}  // namespace botocxx::auth
