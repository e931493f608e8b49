#include <botocxx/message/body.h>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace botocxx {
namespace {

class BodyFile : public testing::Test {
 protected:
  BodyFile() {
    std::string name = testing::TempDir() + "body_XXXXXX";
    folder_ = ::mkdtemp(name.data());
    path_ = folder_ + "/content";
    std::ofstream(path_) << "0123456789";
  }
  ~BodyFile() override { std::system(("rm -rf " + folder_).c_str()); }
  std::string folder_, path_;
};

TEST_F(BodyFile, ReadsTheWantedPartAndRewinds) {
  auto body = Body::from_file(path_, 2, 5);
  ASSERT_TRUE(body);
  EXPECT_EQ(body->size(), 5u);
  EXPECT_EQ(body->read_all().value(), "23456");
  ASSERT_TRUE(body->rewind());
  EXPECT_EQ(body->read_all().value(), "23456");
}

TEST_F(BodyFile, APartBehindTheEndIsEmpty) {
  EXPECT_EQ(Body::from_file(path_, 50)->read_all().value(), "");
}

TEST_F(BodyFile, AFileThatShrinksWhileItIsReadIsAnError) {
  auto body = Body::from_file(path_);
  ASSERT_EQ(::truncate(path_.c_str(), 3), 0);
  auto text = body->read_all();
  ASSERT_FALSE(text);
  EXPECT_NE(text.error().message().find("became shorter"), std::string::npos);
}

TEST_F(BodyFile, MissingFilesAndFoldersAreNamed) {
  for (const std::string& path : {folder_ + "/missing", folder_}) {
    auto body = Body::from_file(path);
    ASSERT_FALSE(body);
    EXPECT_NE(body.error().message().find(path), std::string::npos);
  }
}

TEST_F(BodyFile, AFailedSaveLeavesTheOldFileAndNoOther) {
  Body failing = Body::from_callback([](std::span<std::byte>) -> Result<std::size_t> {
    return Error(ErrorKind::kTransport, "ReadTimeout", "gone");
  });
  EXPECT_FALSE(failing.save(path_));
  EXPECT_EQ(Body::from_file(path_)->read_all().value(), "0123456789");
  EXPECT_EQ(std::system(("test $(ls " + folder_ + " | wc -l) = 1").c_str()), 0);
}

TEST_F(BodyFile, SavingReplacesTheFileAsAWhole) {
  ASSERT_TRUE(Body(std::string("new")).save(path_));
  EXPECT_EQ(Body::from_file(path_)->read_all().value(), "new");
}

TEST(Body, ACallbackCannotBeRewound) {
  Body body =
      Body::from_callback([](std::span<std::byte>) { return Result<std::size_t>(std::size_t{0}); });
  EXPECT_FALSE(body.can_rewind());
  EXPECT_EQ(body.rewind().error().code(), "UnseekableStream");
}

TEST(Body, ReadingMoreThanTheLimitIsRefused) {
  EXPECT_EQ(Body(std::string(100, 'x')).read_all(99).error().code(), "BodyTooLarge");
  EXPECT_TRUE(Body(std::string(100, 'x')).read_all(100));
}

TEST_F(BodyFile, NothingOfAnIncompleteFileIsInItsFolder) {
  std::size_t calls = 0;
  std::string copy = folder_ + "/copy";
  Body body = Body::from_callback([&](std::span<std::byte> out) -> Result<std::size_t> {
    auto entries = std::filesystem::directory_iterator(folder_);
    EXPECT_EQ(std::distance(begin(entries), end(entries)), 1) << "only the other file";
    if (++calls > 2) return std::size_t{0};
    out[0] = std::byte{'x'};
    return std::size_t{1};
  });
  ASSERT_TRUE(body.save(copy));
  EXPECT_EQ(Body::from_file(copy)->read_all().value(), "xx");
}

TEST_F(BodyFile, ASavedFileHasThePermissionsThatTheUmaskLeaves) {
  std::string copy = folder_ + "/copy";
  mode_t before = ::umask(027);
  ASSERT_TRUE(Body(std::string("x")).save(copy));
  ::umask(before);
  struct stat info {};
  ASSERT_EQ(::stat(copy.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0640U);
}

TEST_F(BodyFile, ReplacingAFileKeepsItsPermissions) {
  ASSERT_EQ(::chmod(path_.c_str(), 0600), 0);
  ASSERT_TRUE(Body(std::string("new")).save(path_));
  struct stat info {};
  ASSERT_EQ(::stat(path_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
}

}  // namespace
}  // namespace botocxx
