#pragma once

#include <botocxx/base/result.h>

#include <memory>
#include <string>
#include <string_view>

namespace botocxx::auth {

/// An RSA private key. Immutable; copies share it; `sign_sha1` may be called from several threads.
class RsaKey {
 public:
  /// Reads PEM (PKCS #1 or PKCS #8, not encrypted). The error never shows the text.
  static Result<RsaKey> from_pem(std::string_view pem);

  /// RSASSA-PKCS1-v1_5 over SHA-1; octets.
  Result<std::string> sign_sha1(std::string_view text) const;
  /// Whether this key made `signature` of `text`.
  bool verifies_sha1(std::string_view text, std::string_view signature) const;

 private:
  struct State;
  explicit RsaKey(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

}  // namespace botocxx::auth
