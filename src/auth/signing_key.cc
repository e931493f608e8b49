#include "auth/signing_key.h"

#include <botocxx/base/text_encoding.h>

#include <mutex>

namespace botocxx::auth {
namespace {

// A client signs for one or two scopes at a time; more come only from many credentials in turn.
constexpr std::size_t kKeptKeys = 32;

base::HmacSha256Key derive(std::string_view secret, const SigningScope& scope) {
  auto next = [](const base::Sha256Bytes& key, std::string_view text) {
    return base::hmac_sha256(key, text);
  };
  std::string start = "AWS4";
  start += secret;
  base::Sha256Bytes key = base::hmac_sha256(as_byte_span(start), scope.date);
  key = next(next(next(key, scope.region), scope.service), "aws4_request");
  return base::HmacSha256Key(key);
}

struct KeptKey {
  std::string secret, date, region, service;
  base::HmacSha256Key key;

  bool fits(std::string_view wanted_secret, const SigningScope& scope) const {
    return secret == wanted_secret && date == scope.date && region == scope.region &&
           service == scope.service;
  }
};

struct KeptEcdsaKey {
  std::string access_key, secret;
  EcdsaKey key;
};

// Keeps the newest `kKeptKeys` of what is added.
template <typename T>
struct Ring {
  std::vector<T> kept;
  std::size_t oldest = 0;  // the next to be replaced once the ring is full

  const T& add(T made) {
    if (kept.size() < kKeptKeys) {
      kept.push_back(std::move(made));
      return kept.back();
    }
    T& place = kept[oldest];
    oldest = (oldest + 1) % kKeptKeys;
    return place = std::move(made);
  }
};

}  // namespace

struct SigningKeyCache::State {
  std::mutex mutex;
  Ring<KeptKey> keys;
  Ring<KeptEcdsaKey> ecdsa_keys;
};

SigningKeyCache::SigningKeyCache() : state_(std::make_unique<State>()) {}
SigningKeyCache::~SigningKeyCache() = default;

std::string credential_scope(const SigningScope& scope) {
  std::string text;
  text.reserve(scope.date.size() + scope.region.size() + scope.service.size() + 15);
  text.append(scope.date).append("/").append(scope.region).append("/");
  return text.append(scope.service).append("/aws4_request");
}

base::HmacSha256Key SigningKeyAccess::key(std::string_view secret, const SigningScope& scope,
                                          SigningKeyCache* cache) {
  if (!cache) return derive(secret, scope);
  SigningKeyCache::State& state = *cache->state_;
  std::lock_guard lock(state.mutex);
  for (const KeptKey& kept : state.keys.kept) {
    if (kept.fits(secret, scope)) return kept.key;
  }
  return state.keys
      .add({std::string(secret), std::string(scope.date), std::string(scope.region),
            std::string(scope.service), derive(secret, scope)})
      .key;
}

Result<EcdsaKey> SigningKeyAccess::ecdsa_key(std::string_view access_key, std::string_view secret,
                                             SigningKeyCache* cache) {
  if (!cache) return EcdsaKey::derive(access_key, secret);
  SigningKeyCache::State& state = *cache->state_;
  std::lock_guard lock(state.mutex);
  for (const KeptEcdsaKey& kept : state.ecdsa_keys.kept) {
    if (kept.access_key == access_key && kept.secret == secret) return kept.key;
  }
  auto key = EcdsaKey::derive(access_key, secret);
  if (!key) return key;
  return state.ecdsa_keys.add({std::string(access_key), std::string(secret), *std::move(key)}).key;
}

std::size_t SigningKeyAccess::size(const SigningKeyCache& cache) {
  std::lock_guard lock(cache.state_->mutex);
  return cache.state_->keys.kept.size() + cache.state_->ecdsa_keys.kept.size();
}

}  // namespace botocxx::auth
