#include "integrity/xxhash_sum.h"

// All of it comes with the header, so that programs need no library for it.
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace botocxx::integrity {
namespace {

template <typename Canonical>
std::string octets_of(const Canonical& canonical) {
  return {reinterpret_cast<const char*>(canonical.digest), sizeof canonical.digest};
}

struct RunningXxhash64 : Checksum::Running {
  RunningXxhash64() { XXH64_reset(&state, 0); }
  void update(std::span<const std::byte> octets) override {
    XXH64_update(&state, octets.data(), octets.size());
  }
  std::string finish() override {
    XXH64_canonical_t canonical{};
    XXH64_canonicalFromHash(&canonical, XXH64_digest(&state));
    XXH64_reset(&state, 0);
    return octets_of(canonical);
  }
  XXH64_state_t state{};
};

struct RunningXxhash3 : Checksum::Running {
  RunningXxhash3() { XXH3_64bits_reset(&state); }
  void update(std::span<const std::byte> octets) override {
    XXH3_64bits_update(&state, octets.data(), octets.size());
  }
  std::string finish() override {
    XXH64_canonical_t canonical{};
    XXH64_canonicalFromHash(&canonical, XXH3_64bits_digest(&state));
    XXH3_64bits_reset(&state);
    return octets_of(canonical);
  }
  XXH3_state_t state{};
};

struct RunningXxhash128 : Checksum::Running {
  RunningXxhash128() { XXH3_128bits_reset(&state); }
  void update(std::span<const std::byte> octets) override {
    XXH3_128bits_update(&state, octets.data(), octets.size());
  }
  std::string finish() override {
    XXH128_canonical_t canonical{};
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(&state));
    XXH3_128bits_reset(&state);
    return octets_of(canonical);
  }
  XXH3_state_t state{};
};

}  // namespace

std::unique_ptr<Checksum::Running> start_xxhash64() { return std::make_unique<RunningXxhash64>(); }
std::unique_ptr<Checksum::Running> start_xxhash3() { return std::make_unique<RunningXxhash3>(); }
std::unique_ptr<Checksum::Running> start_xxhash128() {
  return std::make_unique<RunningXxhash128>();
}

}  // namespace botocxx::integrity
