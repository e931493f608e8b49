#include "client/session_credentials_cache.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>
#include <vector>

namespace botocxx::client {
namespace {

constexpr std::int64_t kNow = 1767323045;

class SessionCredentialsCacheTest : public testing::Test {
 protected:
  SessionCredentialsCache::Create session(std::int64_t expires) {
    return [this, expires]() -> Result<Credentials> {
      ++created_;
      Credentials credentials;
      credentials.access_key = "KEY" + std::to_string(created_);
      credentials.expires = Timestamp::from_unix(expires);
      return credentials;
    };
  }
  SessionCredentialsCache::Create failure() {
    return [this]() -> Result<Credentials> {
      ++created_;
      return Error(ErrorKind::kService, "AccessDenied", "no");
    };
  }
  std::string key(const std::string& bucket, std::int64_t now,
                  const SessionCredentialsCache::Create& create) {
    auto got = cache_.get(bucket, Timestamp::from_unix(now), create);
    return got ? (*got)->access_key : got.error().code();
  }

  SessionCredentialsCache cache_;
  std::atomic<int> created_ = 0;
};

TEST_F(SessionCredentialsCacheTest, ASessionIsSharedByTheCallsOfItsBucketOnly) {
  EXPECT_EQ(key("a", kNow, session(kNow + 300)), "KEY1");
  EXPECT_EQ(key("a", kNow + 255, session(kNow + 300)), "KEY1");
  EXPECT_EQ(key("b", kNow, session(kNow + 300)), "KEY2");
}

TEST_F(SessionCredentialsCacheTest, ASessionThatIsAboutToEndIsRenewed) {
  EXPECT_EQ(key("a", kNow, session(kNow + 300)), "KEY1");
  EXPECT_EQ(key("a", kNow + 256, session(kNow + 600)), "KEY2");
  EXPECT_EQ(key("a", kNow + 257, session(kNow + 600)), "KEY2");
}

TEST_F(SessionCredentialsCacheTest, WhereItCannotBeRenewedTheOldOneServesAlmostToItsEnd) {
  EXPECT_EQ(key("a", kNow, session(kNow + 300)), "KEY1");
  EXPECT_EQ(key("a", kNow + 290, failure()), "KEY1");
  EXPECT_EQ(key("a", kNow + 291, failure()), "AccessDenied");
}

TEST_F(SessionCredentialsCacheTest, AFailureIsNotKept) {
  EXPECT_EQ(key("a", kNow, failure()), "AccessDenied");
  EXPECT_EQ(key("a", kNow, session(kNow + 300)), "KEY2");
}

TEST_F(SessionCredentialsCacheTest, TheBucketUsedLongestAgoGivesWay) {
  key("first", kNow, session(kNow + 300));
  key("second", kNow, session(kNow + 300));
  for (int i = 0; i < 98; ++i) key("b" + std::to_string(i), kNow, session(kNow + 300));
  key("first", kNow, session(kNow + 300));
  key("one too many", kNow, session(kNow + 300));
  EXPECT_EQ(cache_.size(), 100U);
  EXPECT_EQ(key("first", kNow, session(kNow + 300)), "KEY1");
  EXPECT_EQ(key("second", kNow, session(kNow + 300)), "KEY102");
}

TEST_F(SessionCredentialsCacheTest, ManyCallsAtOnceOpenOneSession) {
  std::promise<void> opened;
  std::shared_future<void> may_open = opened.get_future().share();
  auto slow = [&]() -> Result<Credentials> {
    may_open.wait();
    return session(kNow + 300)();
  };
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] { EXPECT_EQ(key("a", kNow, slow), "KEY1"); });
  }
  opened.set_value();
  threads.clear();
  EXPECT_EQ(created_, 1);
}

TEST_F(SessionCredentialsCacheTest, WhileOneCallRenewsASessionOthersUseTheOld) {
  EXPECT_EQ(key("a", kNow, session(kNow + 300)), "KEY1");
  std::string seen;
  auto renewing = [&]() -> Result<Credentials> {
    std::jthread([&] { seen = key("a", kNow + 270, failure()); }).join();
    return session(kNow + 600)();
  };
  EXPECT_EQ(key("a", kNow + 270, renewing), "KEY2");
  EXPECT_EQ(seen, "KEY1");
}

}  // namespace
}  // namespace botocxx::client
