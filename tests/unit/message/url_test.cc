#include <botocxx/message/url.h>

#include <gtest/gtest.h>

namespace botocxx {
namespace {

TEST(Url, KeepsEveryOctetOfPathAndQuery) {
  auto url = Url::parse("https://host:8443/a//b/../c%2F?x=%20&y");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->path, "/a//b/../c%2F");
  EXPECT_EQ(url->query, "x=%20&y");
  EXPECT_EQ(url->to_string(), "https://host:8443/a//b/../c%2F?x=%20&y");
}

TEST(Url, HostHeaderLeavesOutTheDefaultPort) {
  EXPECT_EQ(Url::parse("http://h:80/")->host_header(), "h");
  EXPECT_EQ(Url::parse("https://h:80/")->host_header(), "h:80");
  EXPECT_EQ(Url::parse("https://h:443")->host_header(), "h");
}

TEST(Url, Ipv6LiteralsKeepTheirBrackets) {
  auto url = Url::parse("http://[::1]:9000/x");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->host, "[::1]");
  EXPECT_EQ(url->port, "9000");
  EXPECT_EQ(Url::parse("http://[::1]/")->port, "");
}

TEST(Url, AnEmptyQueryIsNotNoQuery) {
  EXPECT_EQ(Url::parse("http://h/?")->to_string(), "http://h/?");
  EXPECT_EQ(Url::parse("http://h")->to_string(), "http://h/");
}

TEST(Url, WhatIsNoPlainHttpUrlIsRefused) {
  for (const char* text : {"", "localhost:9000", "ftp://h/", "http://", "http:///x", "http://h:x/",
                           "http://h:123456/", "http://h /", "http://h/\n", "http:/h"}) {
    EXPECT_FALSE(Url::parse(text)) << text;
  }
}

TEST(Url, UserNamesAreRefusedWithoutBeingShown) {
  auto url = Url::parse("http://user:hunter2@h/");
  ASSERT_FALSE(url);
  EXPECT_EQ(url.error().describe().find("hunter2"), std::string::npos);
}

TEST(Url, APortThatNoServerCanHaveIsRefused) {
  EXPECT_TRUE(Url::parse("http://h:65535"));
  for (const char* text : {"http://h:65536", "http://h:99999", "http://h:123456789012"}) {
    auto url = Url::parse(text);
    ASSERT_FALSE(url) << text;
    EXPECT_NE(url.error().message().find("65535"), std::string::npos);
  }
}

}  // namespace
}  // namespace botocxx
