#include "endpoint/host_names.h"

#include <gtest/gtest.h>

#include <string>

namespace botocxx::endpoint {
namespace {

TEST(Region, MustBeAHostLabel) {
  EXPECT_TRUE(is_valid_region("us-east-1"));
  for (const std::string& region :
       {std::string(), std::string("-a"), std::string("a-"), std::string("a.b"), std::string("a/b"),
        std::string("123"), std::string("a@b"), std::string("a b"), std::string(64, 'a')}) {
    EXPECT_FALSE(is_valid_region(region)) << region;
  }
}

TEST(HostLabel, HasLettersDigitsAndInnerHyphens) {
  EXPECT_TRUE(is_valid_host_label("a", false));
  EXPECT_TRUE(is_valid_host_label("3Aws-4", false));
  EXPECT_TRUE(is_valid_host_label("a.b.c", true));
  for (const char* text : {"", "-a", "a-", "a_b", "a b", "a.b", "\xc3\xa9", "a\n"}) {
    EXPECT_FALSE(is_valid_host_label(text, false)) << text;
  }
  for (const char* text : {"", ".", "a.", ".a", "a..b", "a.-b"}) {
    EXPECT_FALSE(is_valid_host_label(text, true)) << text;
  }
}

TEST(BucketName, GoesInTheHostOnlyWhenItCan) {
  EXPECT_TRUE(is_virtual_hostable_bucket("my-bucket", false));
  EXPECT_TRUE(is_virtual_hostable_bucket("my.bucket", true));
  for (const char* bucket :
       {"", "ab", "My", "UPPER", "a_b_c", "-abc", "abc-", "my.bucket", "a b c"}) {
    EXPECT_FALSE(is_virtual_hostable_bucket(bucket, false)) << bucket;
  }
  for (const char* bucket : {"1.2.3.4", "a..b", ".abc", "abc."}) {
    EXPECT_FALSE(is_virtual_hostable_bucket(bucket, true)) << bucket;
  }
}

TEST(Addresses, AreToldFromNames) {
  for (const char* text : {"1.2.3.4", "255.255.255.255", "999.1.1.1"}) {
    EXPECT_TRUE(is_ipv4_address(text)) << text;
  }
  for (const char* text :
       {"", "1.2.3", "1.2.3.4.5", "1.2.3.", "1.2.3.4444", "a.b.c.d", "1.2.3.4x"}) {
    EXPECT_FALSE(is_ipv4_address(text)) << text;
  }
  for (const char* text : {"::1", "2001:db8::8a2e", "fe80::1%eth0", "::ffff:1.2.3.4",
                           "::", "1::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:1.2.3.4"}) {
    EXPECT_TRUE(is_ipv6_address(text)) << text;
  }
  for (const std::string& text :
       {std::string(), std::string(":::"), std::string("fe80::1%"), std::string("abc"),
        std::string("::1\0x", 5), std::string("1:2:3:4:5:6:7"), std::string("1:2:3:4:5:6:7:8:9"),
        std::string("1::2::3"), std::string("12345::"), std::string("1.2.3.4::"),
        std::string("1:2:3:4::5:6:7:8")}) {
    EXPECT_FALSE(is_ipv6_address(text)) << text;
  }
}

}  // namespace
}  // namespace botocxx::endpoint
