#include "base/crc_folding.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#define BOTOCXX_FOLDS_128 __attribute__((target("pclmul,sse4.1")))
#define BOTOCXX_FOLDS_512 __attribute__((target("pclmul,sse4.1,avx512f,vpclmulqdq")))

namespace botocxx::base {
namespace {

constexpr std::size_t kStep = 64, kWideStep = 256;
// Below that, preparing costs more than the wide steps save.
constexpr std::size_t kWideFrom = 4 * kWideStep;

const auto* lanes(const std::byte* at) { return reinterpret_cast<const __m128i*>(at); }

BOTOCXX_FOLDS_128 __m128i key_of(const FoldingKey& key) {
  return _mm_set_epi64x(static_cast<long long>(key.second), static_cast<long long>(key.first));
}

// (GCC 12 takes the intrinsics that copy a lane into all four, or one out, for a use of nothing.)
BOTOCXX_FOLDS_512 __m512i wide_key_of(const FoldingKey& key) {
  auto first = static_cast<long long>(key.first), second = static_cast<long long>(key.second);
  return _mm512_set4_epi64(second, first, second, first);
}

BOTOCXX_FOLDS_128 inline __m128i moved(__m128i lane, __m128i key, __m128i onto) {
  __m128i first = _mm_clmulepi64_si128(lane, key, 0x00);
  __m128i second = _mm_clmulepi64_si128(lane, key, 0x11);
  return _mm_xor_si128(_mm_xor_si128(first, second), onto);
}

BOTOCXX_FOLDS_512 inline __m512i moved_wide(__m512i lane, __m512i key, __m512i onto) {
  __m512i first = _mm512_clmulepi64_epi128(lane, key, 0x00);
  __m512i second = _mm512_clmulepi64_epi128(lane, key, 0x11);
  return _mm512_ternarylogic_epi64(first, second, onto, 0x96);  // exclusive or of all three
}

BOTOCXX_FOLDS_128 Folded joined(const __m128i (&lane)[4], const FoldingKeys& keys) {
  __m128i key = key_of(keys.by_128);
  __m128i sum = moved(lane[0], key, lane[1]);
  sum = moved(sum, key, lane[2]);
  sum = moved(sum, key, lane[3]);
  Folded out{};
  _mm_storeu_si128(reinterpret_cast<__m128i*>(out.data()), sum);
  return out;
}

BOTOCXX_FOLDS_128 Folded fold_128(std::span<const std::byte> octets, __m128i start,
                                  const FoldingKeys& keys) {
  const std::byte* at = octets.data();
  __m128i lane[4];
  for (int i = 0; i < 4; ++i) lane[i] = _mm_loadu_si128(lanes(at) + i);
  lane[0] = _mm_xor_si128(lane[0], start);
  __m128i key = key_of(keys.by_512);
  for (const std::byte* end = at + octets.size(); (at += kStep) != end;) {
    for (int i = 0; i < 4; ++i) lane[i] = moved(lane[i], key, _mm_loadu_si128(lanes(at) + i));
  }
  return joined(lane, keys);
}

BOTOCXX_FOLDS_512 Folded fold_512(std::span<const std::byte> octets, __m128i start,
                                  const FoldingKeys& keys) {
  const std::byte* at = octets.data();
  const std::byte* end = at + octets.size() / kWideStep * kWideStep;
  __m512i wide[4];
  for (int i = 0; i < 4; ++i) wide[i] = _mm512_loadu_si512(at + 64 * i);
  wide[0] = _mm512_xor_si512(wide[0], _mm512_zextsi128_si512(start));
  __m512i key = wide_key_of(keys.by_2048);
  while ((at += kWideStep) != end) {
    for (int i = 0; i < 4; ++i) {
      wide[i] = moved_wide(wide[i], key, _mm512_loadu_si512(at + 64 * i));
    }
  }
  key = wide_key_of(keys.by_512);
  __m512i sum = moved_wide(wide[0], key, wide[1]);
  sum = moved_wide(sum, key, wide[2]);
  sum = moved_wide(sum, key, wide[3]);
  for (const std::byte* last = octets.data() + octets.size(); at != last; at += kStep) {
    sum = moved_wide(sum, key, _mm512_loadu_si512(at));
  }
  __m128i lane[4];
  _mm512_storeu_si512(lane, sum);
  return joined(lane, keys);
}

enum class Width { kNone, k128, k512 };

Width width() {
  static const Width found = [] {
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("pclmul") || !__builtin_cpu_supports("sse4.1")) return Width::kNone;
    bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("vpclmulqdq");
    return wide ? Width::k512 : Width::k128;
  }();
  return found;
}

}  // namespace

std::size_t foldable(std::size_t size) {
  if (size < 2 * kStep || width() == Width::kNone) return 0;
  return size / kStep * kStep;
}

Folded fold(std::span<const std::byte> octets, std::uint64_t state, const FoldingKeys& keys) {
  __m128i start = _mm_set_epi64x(0, static_cast<long long>(state));
  bool wide = width() == Width::k512 && octets.size() >= kWideFrom;
  return wide ? fold_512(octets, start, keys) : fold_128(octets, start, keys);
}

}  // namespace botocxx::base

#else

namespace botocxx::base {

std::size_t foldable(std::size_t) { return 0; }
Folded fold(std::span<const std::byte>, std::uint64_t, const FoldingKeys&) { return {}; }

}  // namespace botocxx::base

#endif
