#include "credentials/refresher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <string>
#include <thread>
#include <vector>

namespace botocxx::credentials {
namespace {

using testing::HasSubstr;

class SetClock : public Clock {
 public:
  Timestamp now() const override { return Timestamp::from_unix(seconds.load()); }
  std::atomic<std::int64_t> seconds = 1'000'000;
};

Error failure() { return Error(ErrorKind::kService, "Throttling", "slow down"); }

class RefresherTest : public testing::Test {
 protected:
  Credentials valid_for(std::int64_t seconds) {
    Credentials keys;
    keys.access_key = "AK" + std::to_string(++made_);
    keys.expires = Timestamp::from_unix(clock_.seconds + seconds);
    return keys;
  }
  Refresher::Fetch gives(std::int64_t seconds) {
    return [this, seconds](Deadline) -> Result<Credentials> { return valid_for(seconds); };
  }
  static Refresher::Fetch fails() {
    return [](Deadline) -> Result<Credentials> { return failure(); };
  }
  static Refresher::Fetch must_not_be_asked() {
    return [](Deadline) -> Result<Credentials> {
      ADD_FAILURE() << "nothing was to be fetched";
      return failure();
    };
  }
  std::string key(const Refresher::Fetch& fetch) {
    return refresher_.get(std::nullopt, fetch).value()->access_key;
  }

  SetClock clock_;
  std::atomic<int> made_ = 0;
  std::string said_;
  Refresher refresher_{
      clock_, {.method = "test", .warn = [this](std::string_view line) { said_ += line; }}};
};

TEST_F(RefresherTest, RenewsFromFifteenMinutesBeforeTheEnd) {
  EXPECT_EQ(key(gives(3600)), "AK1");
  clock_.seconds += 3600 - 15 * 60;
  EXPECT_EQ(key(must_not_be_asked()), "AK1") << "exactly 15 minutes are enough";
  clock_.seconds += 1;
  EXPECT_EQ(key(gives(3600)), "AK2");
}

TEST_F(RefresherTest, WhatHasNoEndIsNeverRenewed) {
  auto fetch = [](Deadline) -> Result<Credentials> { return Credentials{.access_key = "AK"}; };
  EXPECT_EQ(key(fetch), "AK");
  clock_.seconds += 1'000'000'000;
  EXPECT_EQ(key(must_not_be_asked()), "AK");
}

TEST_F(RefresherTest, KeepsWhatIsValidWhenRenewalFailsAndAsksAgainAMinuteLater) {
  EXPECT_EQ(key(gives(3600)), "AK1");
  clock_.seconds += 3000;
  EXPECT_EQ(key(fails()), "AK1");
  EXPECT_THAT(said_, HasSubstr("during advisory refresh period: slow down"));
  clock_.seconds += 59;
  EXPECT_EQ(key(must_not_be_asked()), "AK1");
  clock_.seconds += 1;
  EXPECT_EQ(key(fails()), "AK1");
  clock_.seconds += 480;
  EXPECT_EQ(key(fails()), "AK1");
  EXPECT_THAT(said_, HasSubstr("during advisory refresh period"));
  clock_.seconds += 61;
  EXPECT_EQ(refresher_.get(std::nullopt, fails()).error().code(), "Throttling");
}

TEST_F(RefresherTest, APauseAfterAFailureEndsWithTheCredentials) {
  EXPECT_EQ(key(gives(3600)), "AK1");
  clock_.seconds += 3590;
  EXPECT_EQ(key(fails()), "AK1");
  clock_.seconds += 15;
  EXPECT_EQ(key(gives(3600)), "AK2");
}

TEST_F(RefresherTest, WithoutAnyTheFailureIsTheError) {
  EXPECT_EQ(refresher_.get(std::nullopt, fails()).error().message(), "slow down");
  EXPECT_EQ(said_, "");
  EXPECT_EQ(key(gives(3600)), "AK1");
}

TEST_F(RefresherTest, WhatComesExpiredIsAnError) {
  auto result = refresher_.get(std::nullopt, gives(-1));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code(), "CredentialRetrieval");
}

TEST_F(RefresherTest, WhatIsLoadedMayBeExpiredAndIsRenewedAtOnce) {
  Refresher loaded(clock_, {.method = "test", .first = Refresher::First::kLoaded});
  int asked = 0;
  auto fetch = [&](Deadline) -> Result<Credentials> { return valid_for(asked++ == 0 ? -5 : 3600); };
  EXPECT_EQ(loaded.get(std::nullopt, fetch).value()->access_key, "AK2");
  EXPECT_EQ(asked, 2);
}

// Each of the threads that ask at once must get the one new pair.
TEST_F(RefresherTest, SixtyFourThreadsMakeOneRenewal) {
  constexpr int kThreads = 64;
  std::atomic<int> asked = 0;
  std::atomic<int> right = 0;
  std::latch all_there(kThreads);
  auto fetch = [&](Deadline) -> Result<Credentials> {
    ++asked;
    all_there.wait();  // the others are at the door
    return valid_for(3600);
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      all_there.count_down();
      auto found = refresher_.get(std::nullopt, fetch);
      if (found && (*found)->access_key == "AK1") ++right;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(right, kThreads);
}

TEST_F(RefresherTest, InTheAdvisoryTimeOnlyOneThreadWaits) {
  EXPECT_EQ(key(gives(3600)), "AK1");
  clock_.seconds += 3000;
  std::latch begun(1), may_end(1);
  std::thread renews([&] {
    auto fetch = [&](Deadline) -> Result<Credentials> {
      begun.count_down();
      may_end.wait();
      return valid_for(3600);
    };
    EXPECT_EQ(refresher_.get(std::nullopt, fetch).value()->access_key, "AK2");
  });
  begun.wait();
  EXPECT_EQ(key(must_not_be_asked()), "AK1");
  may_end.count_down();
  renews.join();
  EXPECT_EQ(key(must_not_be_asked()), "AK2");
}

TEST_F(RefresherTest, WaitingEndsAtTheCallsDeadline) {
  std::latch begun(1), may_end(1);
  std::thread renews([&] {
    auto fetch = [&](Deadline) -> Result<Credentials> {
      begun.count_down();
      may_end.wait();
      return valid_for(3600);
    };
    EXPECT_TRUE(refresher_.get(std::nullopt, fetch));
  });
  begun.wait();
  auto late = refresher_.get(std::chrono::steady_clock::now(), must_not_be_asked());
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind(), ErrorKind::kTimeout);
  may_end.count_down();
  renews.join();
}

// One failure answers all who waited for it, but for one that was its caller's own impatience.
TEST_F(RefresherTest, ThreadsThatWaitedShareAFailureAndNotATimeout) {
  for (bool impatient : {false, true}) {
    Refresher refresher(clock_, {.method = "test"});
    std::latch begun(1), may_end(1);
    std::thread first([&] {
      auto fetch = [&](Deadline) -> Result<Credentials> {
        begun.count_down();
        may_end.wait();
        if (impatient) return Error(ErrorKind::kTimeout, "ReadTimeout", "too late");
        return failure();
      };
      EXPECT_FALSE(refresher.get(std::nullopt, fetch));
    });
    begun.wait();
    std::atomic<int> asked = 0;
    std::thread second([&] {
      auto fetch = [&](Deadline) -> Result<Credentials> {
        ++asked;
        return valid_for(3600);
      };
      static_cast<void>(refresher.get(std::nullopt, fetch));
    });
    may_end.count_down();
    first.join();
    second.join();
    if (impatient) {
      EXPECT_EQ(asked, 1);
    }
  }
}

}  // namespace
}  // namespace botocxx::credentials
