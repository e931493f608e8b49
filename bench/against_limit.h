#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

namespace botocxx::bench {

inline double seconds_of(auto&& work) {
  auto begin = std::chrono::steady_clock::now();
  work();
  std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  return taken.count();
}

inline double median(std::vector<double> values) {
  if (values.empty()) return 0;
  auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Measures `work` and `limit` by turns, so that whatever disturbs one disturbs the other; use with
/// `UseManualTime`. The counter `of_limit` is the limit's median time by the work's: 1 is as fast.
inline void measure(benchmark::State& state, std::size_t octets, auto&& work, auto&& limit) {
  std::vector<double> ours, theirs;
  for (auto _ : state) {
    double taken = seconds_of(work);
    state.SetIterationTime(taken);
    ours.push_back(taken);
    theirs.push_back(seconds_of(limit));
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(octets));
  double taken = median(ours);
  if (taken > 0) state.counters["of_limit"] = median(theirs) / taken;
}

}  // namespace botocxx::bench
