// Runs one fuzz target over its seeds, so that every ordinary test run keeps found crashes fixed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::vector<std::filesystem::path> seed_files() {
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::is_directory(BOTOCXX_FUZZ_SEEDS)) return files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(BOTOCXX_FUZZ_SEEDS)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

TEST(FuzzSeeds, AreAllAnswered) {
  const auto files = seed_files();
  if (files.empty()) GTEST_SKIP() << "no seeds in " << BOTOCXX_FUZZ_SEEDS;
  for (const auto& file : files) {
    SCOPED_TRACE(file.string());
    std::ifstream in(file, std::ios::binary);
    const std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(LLVMFuzzerTestOneInput(bytes.data(), bytes.size()), 0);
  }
}

}  // namespace
