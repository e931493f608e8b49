#include "retry/retry_after.h"

#include <gtest/gtest.h>

namespace botocxx::retry {
namespace {

std::optional<RetryDelay> asked(const char* value) {
  Headers headers;
  headers.add("Retry-After", value);
  return http_retry_after(headers, Timestamp::from_unix(1445412470));  // 07:27:50 of the day below
}

TEST(HttpRetryAfter, TakesSecondsAndTimesOfDay) {
  EXPECT_EQ(asked("120")->count(), 120);
  EXPECT_EQ(asked("0")->count(), 0);
  EXPECT_EQ(asked("Wed, 21 Oct 2015 07:28:00 GMT")->count(), 10);
}

TEST(HttpRetryAfter, PassesOverWhatItCannotReadAndWhatIsOver) {
  EXPECT_FALSE(asked("-1"));
  EXPECT_FALSE(asked("soon"));
  EXPECT_FALSE(asked(""));
  EXPECT_FALSE(asked("Wed, 21 Oct 2015 07:27:00 GMT"));
  EXPECT_FALSE(http_retry_after(Headers(), Timestamp()));
}

}  // namespace
}  // namespace botocxx::retry
