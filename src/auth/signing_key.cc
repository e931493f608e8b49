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

}  // namespace

struct SigningKeyCache::State {
  std::mutex mutex;
  std::vector<KeptKey> keys;
  std::size_t oldest = 0;  // the next to be replaced once the cache is full
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
  for (const KeptKey& kept : state.keys) {
    if (kept.fits(secret, scope)) return kept.key;
  }
  KeptKey made{std::string(secret), std::string(scope.date), std::string(scope.region),
               std::string(scope.service), derive(secret, scope)};
  if (state.keys.size() < kKeptKeys) {
    state.keys.push_back(std::move(made));
    return state.keys.back().key;
  }
  KeptKey& place = state.keys[state.oldest];
  state.oldest = (state.oldest + 1) % kKeptKeys;
  place = std::move(made);
  return place.key;
}

std::size_t SigningKeyAccess::size(const SigningKeyCache& cache) {
  std::lock_guard lock(cache.state_->mutex);
  return cache.state_->keys.size();
}

}  // namespace botocxx::auth
