// How fast bodies are checked. The limit is memcpy of the same octets: whoever reads a body once
// cannot be much faster. The CRC-32 of zlib and libdeflate stand beside ours.
#include "base/crc.h"
#include "bench/against_limit.h"
#include "integrity/checksum.h"
#include <botocxx/base/text_encoding.h>

#include <libdeflate.h>
#include <zlib.h>

#include <cstring>
#include <functional>
#include <string>

namespace botocxx::bench {
namespace {

using integrity::Checksum;
using integrity::ChecksumAlgorithm;

// Enough work between two looks at the clock.
constexpr std::size_t kWork = 4 * 1024 * 1024;

const std::string& content() {
  static const std::string made = [] {
    std::string text(kWork, '\0');
    std::uint32_t state = 1;
    for (char& c : text) c = static_cast<char>((state = state * 1664525U + 1013904223U) >> 24);
    return text;
  }();
  return made;
}

// `piece` octets at a time, from a place that stays in the cache where the pieces are small.
void run(benchmark::State& state, const std::function<void(std::string_view)>& work) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const std::string_view piece = std::string_view(content()).substr(0, size);
  std::string target(size, '\0');
  const std::size_t times = kWork / size;
  measure(
      state, times * size,
      [&] {
        for (std::size_t i = 0; i < times; ++i) work(piece);
      },
      [&] {
        for (std::size_t i = 0; i < times; ++i) {
          std::memcpy(target.data(), piece.data(), size);
          benchmark::ClobberMemory();
        }
      });
}

void ours(benchmark::State& state, ChecksumAlgorithm algorithm) {
  Checksum whole(algorithm), pieces(algorithm);
  whole.update(content());
  for (std::size_t at = 0; at < kWork; at += 1000) {
    pieces.update(std::string_view(content()).substr(at, 1000));
  }
  if (whole.finish() != pieces.finish()) return state.SkipWithError("pieces give something else");
  Checksum checksum(algorithm);
  run(state, [&](std::string_view piece) { checksum.update(piece); });
  benchmark::DoNotOptimize(checksum.finish());
}

std::uint32_t zlib_crc32(std::uint32_t before, std::string_view piece) {
  return static_cast<std::uint32_t>(
      ::crc32_z(before, reinterpret_cast<const Bytef*>(piece.data()), piece.size()));
}

std::uint32_t libdeflate_crc32_of(std::uint32_t before, std::string_view piece) {
  return ::libdeflate_crc32(before, piece.data(), piece.size());
}

using Crc32 = std::uint32_t (*)(std::uint32_t, std::string_view);

void peer(benchmark::State& state, Crc32 crc) {
  if (crc(0, content()) != base::crc32(content())) return state.SkipWithError("wrong CRC-32");
  std::uint32_t value = 0;
  run(state, [&](std::string_view piece) { value = crc(value, piece); });
  benchmark::DoNotOptimize(value);
}

void sizes(benchmark::internal::Benchmark* bench) {
  bench->Arg(1024)->Arg(64 * 1024)->Arg(1024 * 1024)->UseManualTime();
}

BENCHMARK_CAPTURE(ours, crc32, ChecksumAlgorithm::kCrc32)->Apply(sizes);
BENCHMARK_CAPTURE(peer, crc32_libdeflate, libdeflate_crc32_of)->Apply(sizes);
BENCHMARK_CAPTURE(peer, crc32_zlib, zlib_crc32)->Apply(sizes);
BENCHMARK_CAPTURE(ours, crc32c, ChecksumAlgorithm::kCrc32c)->Apply(sizes);
BENCHMARK_CAPTURE(ours, crc64nvme, ChecksumAlgorithm::kCrc64Nvme)->Apply(sizes);
BENCHMARK_CAPTURE(ours, xxhash64, ChecksumAlgorithm::kXxhash64)->Apply(sizes);
BENCHMARK_CAPTURE(ours, xxhash3, ChecksumAlgorithm::kXxhash3)->Apply(sizes);
BENCHMARK_CAPTURE(ours, xxhash128, ChecksumAlgorithm::kXxhash128)->Apply(sizes);
BENCHMARK_CAPTURE(ours, sha1, ChecksumAlgorithm::kSha1)->Apply(sizes);
BENCHMARK_CAPTURE(ours, sha256, ChecksumAlgorithm::kSha256)->Apply(sizes);
BENCHMARK_CAPTURE(ours, sha512, ChecksumAlgorithm::kSha512)->Apply(sizes);
BENCHMARK_CAPTURE(ours, md5, ChecksumAlgorithm::kMd5)->Apply(sizes);

}  // namespace
}  // namespace botocxx::bench
