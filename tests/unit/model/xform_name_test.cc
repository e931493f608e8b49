#include <botocxx/model/service_model.h>

#include <gtest/gtest.h>

namespace botocxx {
namespace {

TEST(XformName, SplitsWordsAsBotocoreDoes) {
  EXPECT_EQ(xform_name("ListObjectsV2"), "list_objects_v2");
  EXPECT_EQ(xform_name("GetBucketACL"), "get_bucket_acl");
  EXPECT_EQ(xform_name("SSEKMSKeyId", '-'), "ssekms-key-id");
  EXPECT_EQ(xform_name("EC2InstanceIDs"), "ec2_instance_ids");
  EXPECT_EQ(xform_name("IPv6"), "i_pv6");
}

TEST(XformName, PluralAcronymsAreOneWord) {
  EXPECT_EQ(xform_name("GatewayARNs"), "gateway_arns");
  EXPECT_EQ(xform_name("ListWebACLs"), "list_web_acls");
}

TEST(XformName, NamesThatHoldTheSeparatorStay) {
  EXPECT_EQ(xform_name("already_Snake"), "already_Snake");
}

TEST(XformName, BrandsOfListedOperationsAreOneWord) {
  EXPECT_EQ(xform_name("CreateCachediSCSIVolume"), "create_cached_iscsi_volume");
  EXPECT_EQ(xform_name("ExecutePartiQLBatch", '-'), "execute-partiql-batch");
  EXPECT_EQ(xform_name("ListHITs"), "list_hits");
}

}  // namespace
}  // namespace botocxx
