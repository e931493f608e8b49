#include <botocxx/base/timestamp.h>

#include <gtest/gtest.h>

namespace botocxx {
namespace {

std::string reread(std::string_view text) {
  auto time = Timestamp::parse(text);
  return time ? time->to_iso8601() : "error: " + time.error().code();
}

TEST(Timestamp, ReadsTheFormsThatServicesSend) {
  EXPECT_EQ(reread("2014-04-29T18:30:38Z"), "2014-04-29T18:30:38Z");
  EXPECT_EQ(reread("2014-04-29T18:30:38.123Z"), "2014-04-29T18:30:38.123000Z");
  EXPECT_EQ(reread("2014-04-29T20:30:38+02:00"), "2014-04-29T18:30:38Z");
  EXPECT_EQ(reread("2014-04-29 18:30:38"), "2014-04-29T18:30:38Z");
  EXPECT_EQ(reread("20140429T183038Z"), "2014-04-29T18:30:38Z");
  EXPECT_EQ(reread("2014-04-29"), "2014-04-29T00:00:00Z");
  EXPECT_EQ(reread("Tue, 29 Apr 2014 18:30:38 GMT"), "2014-04-29T18:30:38Z");
  EXPECT_EQ(reread("Tuesday, 29-Apr-14 18:30:38 GMT"), "2014-04-29T18:30:38Z");
  EXPECT_EQ(reread("Tue Apr 29 18:30:38 2014"), "2014-04-29T18:30:38Z");
  EXPECT_EQ(reread("1398796238"), "2014-04-29T18:30:38Z");
  EXPECT_EQ(reread("1398796238.123"), "2014-04-29T18:30:38.123000Z");
}

TEST(Timestamp, InstantsBeforeTheEpochKeepTheirFraction) {
  EXPECT_EQ(Timestamp::from_unix_double(-0.5).to_iso8601(), "1969-12-31T23:59:59.500000Z");
  EXPECT_EQ(reread("-1"), "1969-12-31T23:59:59Z");
}

TEST(Timestamp, WritesTheWireForms) {
  Timestamp time = Timestamp::from_unix(1033567200);
  EXPECT_EQ(time.to_rfc822(), "Wed, 02 Oct 2002 14:00:00 GMT");
  EXPECT_EQ(time.to_basic(), "20021002T140000Z");
  EXPECT_EQ(time.to_iso8601_milliseconds(), "2002-10-02T14:00:00.000Z");
}

TEST(Timestamp, WhatIsNoDateIsRefusedWithTheForms) {
  for (const char* text :
       {"", "yesterday", "2014-13-01T00:00:00Z", "2014-02-30", "2014-04-29T25:00:00Z",
        "2014-04-29T18:30:38Zx", "Tue, 29 Foo 2014 18:30:38 GMT", "inf", "1e40",
        "2014-04-29T18:30:38+99:00", "0000-01-01"}) {
    auto time = Timestamp::parse(text);
    ASSERT_FALSE(time) << text;
    EXPECT_NE(time.error().message().find("expected ISO 8601"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace botocxx
