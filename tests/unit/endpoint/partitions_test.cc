#include "endpoint/partitions.h"

#include <gtest/gtest.h>

namespace botocxx::endpoint {
namespace {

Value two_partitions() {
  return Value{
      {"partitions", Value::list({Value{{"regionRegex", "^us\\-\\w+\\-\\d+$"},
                                        {"regions", Value::object()},
                                        {"outputs", Value{{"dnsSuffix", "amazonaws.com"}}}},
                                  Value{{"regionRegex", "("},
                                        {"regions", Value{{"cn-north-1", Value::object()}}},
                                        {"outputs", Value{{"dnsSuffix", "amazonaws.com.cn"}}}}})}};
}

TEST(DnsSuffix, ComesFromThePartitionThatClaimsTheRegion) {
  EXPECT_EQ(dns_suffix("us-east-1", two_partitions()), "amazonaws.com");
  EXPECT_EQ(dns_suffix("cn-north-1", two_partitions()), "amazonaws.com.cn");
}

TEST(DnsSuffix, UnknownRegionsAndBrokenDataFallBack) {
  EXPECT_EQ(dns_suffix("nowhere", two_partitions()), "amazonaws.com");
  EXPECT_EQ(dns_suffix("x", Value()), "amazonaws.com");
}

TEST(Region, MustBeAHostLabel) {
  EXPECT_TRUE(is_valid_region("us-east-1"));
  for (const char* region : {"", "-a", "a-", "a.b", "a/b", "123", "a@b", "a b",
                             "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
    EXPECT_FALSE(is_valid_region(region)) << region;
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

}  // namespace
}  // namespace botocxx::endpoint
