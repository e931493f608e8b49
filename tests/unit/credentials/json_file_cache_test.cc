#include "support/scratch_folder.h"
#include <botocxx/credentials/json_cache.h>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

namespace botocxx {
namespace {

using testing_support::FakeEnvironment;
using testing_support::ScratchFolder;

class JsonFileCacheTest : public testing::Test {
 protected:
  std::shared_ptr<JsonCache> cache() {
    environment_ = FakeEnvironment({{"HOME", folder_.path()}});
    return make_json_file_cache(testing_support::host_with(environment_), "~/a/b");
  }
  ScratchFolder folder_;
  FakeEnvironment environment_;
};

TEST_F(JsonFileCacheTest, WritesPythonsJsonForTheOwnerOnly) {
  ASSERT_TRUE(cache()->put("k", Value{{"x", 1}, {"y", "é"}}));
  const std::string path = folder_.path("a/b/k.json");
  EXPECT_EQ(system_host().files->read_file(path).value(), "{\"x\": 1, \"y\": \"\\u00e9\"}");
  struct stat info {};
  ASSERT_EQ(::stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  EXPECT_EQ(cache()->get("k"), (Value{{"x", 1}, {"y", "é"}}));
}

TEST_F(JsonFileCacheTest, LeavesNothingBesideTheFile) {
  ASSERT_TRUE(cache()->put("k", Value::object({{"x", 1}})));
  ASSERT_TRUE(cache()->put("k", Value::object({{"x", 2}})));
  EXPECT_EQ(system_host().files->list_directory(folder_.path("a/b")).value(),
            std::vector<std::string>{"k.json"});
}

TEST_F(JsonFileCacheTest, WhatIsMissingOrDamagedIsNothing) {
  EXPECT_EQ(cache()->get("k"), std::nullopt);
  folder_.write("a/b/k.json", "{\"x\": ");
  EXPECT_EQ(cache()->get("k"), std::nullopt);
  std::filesystem::create_directories(folder_.path("a/b/d.json"));
  EXPECT_EQ(cache()->get("d"), std::nullopt);
}

TEST_F(JsonFileCacheTest, RemovesWithoutComplaint) {
  ASSERT_TRUE(cache()->put("k", Value::object({{"x", 1}})));
  EXPECT_TRUE(cache()->remove("k"));
  EXPECT_TRUE(cache()->remove("k"));
  EXPECT_EQ(cache()->get("k"), std::nullopt);
}

TEST_F(JsonFileCacheTest, AFolderThatCannotBeMadeIsAnError) {
  folder_.write("a", "a file");
  EXPECT_FALSE(cache()->put("k", Value::object({{"x", 1}})));
}

}  // namespace
}  // namespace botocxx
