#pragma once

#include <botocxx/base/result.h>

#include <memory>
#include <string>
#include <string_view>

namespace botocxx::auth {

/// A point of the curve P-256, as lower-case hexadecimal coordinates.
struct EcdsaPublicKey {
  std::string x{};
  std::string y{};
};

/// The private key that Signature Version 4a derives from an access key and its secret. Immutable;
/// copies share it; `sign` may be called from several threads at once.
class EcdsaKey {
 public:
  static Result<EcdsaKey> derive(std::string_view access_key, std::string_view secret_key);

  /// Signature of SHA-256 of `text`, DER in lower-case hexadecimal. Each call gives another one.
  Result<std::string> sign(std::string_view text) const;
  Result<EcdsaPublicKey> public_key() const;

 private:
  struct State;
  explicit EcdsaKey(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

/// Whether `signature` (as `EcdsaKey::sign` gives it) of `text` was made with the key's private
/// half. False also for points that are not on the curve.
bool verify_ecdsa(const EcdsaPublicKey& key, std::string_view text, std::string_view signature);

}  // namespace botocxx::auth
