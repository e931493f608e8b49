#include "customize/endpoint_policies.h"

#include "codec/json.h"
#include "customize/bucket_endpoint_policy.h"
#include "customize/store_control_endpoint_policy.h"
#include "model/compiler.h"

#include <gtest/gtest.h>

namespace botocxx::customize {
namespace {

constexpr std::string_view kModel = R"({
  "metadata": {"apiVersion": "2006-03-01", "endpointPrefix": "s3", "protocol": "rest-xml"},
  "operations": {
    "GetObject": {"name": "GetObject", "http": {"method": "GET", "requestUri": "/{Bucket}/{Key}"}},
    "GetBucketLocation": {"name": "GetBucketLocation", "http": {"method": "GET", "requestUri": "/{Bucket}?location"}},
    "GetAccessPoint": {"name": "GetAccessPoint", "http": {"method": "GET", "requestUri": "/x/{name}"},
                       "endpoint": {"hostPrefix": "{AccountId}."}},
    "CreateAccessPoint": {"name": "CreateAccessPoint", "http": {"method": "PUT", "requestUri": "/x/{name}"}}
  }, "shapes": {}})";

std::shared_ptr<const ServiceModel> model(std::string_view service) {
  return model::compile_and_open(codec::parse_json(kModel).value(), std::string(service),
                                 "2006-03-01")
      .value();
}

class PolicyTest : public testing::Test {
 protected:
  // A built-in of S3's, as JSON.
  std::string built_in(std::string_view name, const Value& params = Value::object(),
                       std::string_view operation = "GetObject") {
    Operation view = model_->operation(operation).value();
    EndpointQuery query{view, params, region_, url_, true, config_, nullptr, {}};
    BucketEndpointPolicy policy;
    return codec::write_json(policy.built_in(name, query, policy.region(query)));
  }

  std::shared_ptr<const ServiceModel> model_ = model("s3");
  std::string region_ = "eu-west-1";
  std::string url_;
  Config config_;
};

TEST_F(PolicyTest, ABucketStandsInThePathOfTheUsersOwnEndpoint) {
  EXPECT_EQ(built_in("AWS::S3::ForcePathStyle"), "false");
  config_.s3.addressing_style = "path";
  EXPECT_EQ(built_in("AWS::S3::ForcePathStyle"), "true");
  config_.s3.addressing_style = "auto";
  url_ = "http://localhost:9000";
  EXPECT_EQ(built_in("AWS::S3::ForcePathStyle"), "true");
  config_.s3.addressing_style = "virtual";
  EXPECT_EQ(built_in("AWS::S3::ForcePathStyle"), "false");
  EXPECT_EQ(built_in("AWS::S3::ForcePathStyle", Value::object(), "GetBucketLocation"), "true");
  config_.s3.addressing_style = "auto";
  EXPECT_EQ(built_in("AWS::S3::ForcePathStyle", {{"Bucket", "arn:aws:s3:r:1:accesspoint/a"}}),
            "false");
  config_.s3.use_accelerate_endpoint = true;
  EXPECT_EQ(built_in("AWS::S3::ForcePathStyle"), "false");
  config_.s3.use_accelerate_endpoint = false;
  for (const char* url :
       {"https://s3-accelerate.amazonaws.com", "https://s3-accelerate.dualstack.amazonaws.com"}) {
    url_ = url;
    EXPECT_EQ(built_in("AWS::S3::ForcePathStyle"), "false") << url;
  }
  url_ = "https://s3-accelerate.example.com";
  EXPECT_EQ(built_in("AWS::S3::ForcePathStyle"), "true");
}

TEST_F(PolicyTest, TheFirstRegionMeansTheGlobalHostUnlessItIsToBeRegional) {
  EXPECT_EQ(built_in("AWS::S3::UseGlobalEndpoint"), "false");
  for (const char* region : {"us-east-1", ""}) {
    region_ = region;
    config_.s3.us_east_1_regional_endpoint = "";
    EXPECT_EQ(built_in("AWS::S3::UseGlobalEndpoint"), "true") << region;
    EXPECT_EQ(built_in("AWS::Region"), "\"us-east-1\"");
    config_.s3.us_east_1_regional_endpoint = "regional";
    EXPECT_EQ(built_in("AWS::S3::UseGlobalEndpoint"), "false") << region;
  }
  EXPECT_EQ(built_in("AWS::Region"), "\"aws-global\"");
}

TEST_F(PolicyTest, TheGroupsOwnDualStackSettingComesFirst) {
  config_.use_dualstack_endpoint = true;
  EXPECT_EQ(built_in("AWS::UseDualStack"), "true");
  config_.s3.use_dualstack_endpoint = false;
  EXPECT_EQ(built_in("AWS::UseDualStack"), "false");
  config_.s3.use_dualstack_endpoint = true;
  url_ = "http://localhost";
  EXPECT_EQ(built_in("AWS::UseDualStack"), "false");
}

TEST_F(PolicyTest, RegionsOfArnsAreCalledByDefaultForBucketsOnly) {
  EXPECT_EQ(built_in("AWS::S3::UseArnRegion"), "true");
  EXPECT_EQ(built_in("AWS::S3::DisableS3ExpressSessionAuth"), "null");
  auto control = model("s3control");
  Operation view = control->operation("GetAccessPoint").value();
  Value params = Value::object();
  EndpointQuery query{view, params, region_, url_, true, config_, nullptr, {}};
  StoreControlEndpointPolicy policy;
  EXPECT_EQ(policy.built_in("AWS::S3Control::UseArnRegion", query, region_), Value(false));
  config_.s3.use_arn_region = true;
  EXPECT_EQ(policy.built_in("AWS::S3Control::UseArnRegion", query, region_), Value(true));
}

class AccountTest : public testing::Test {
 protected:
  std::string completed(std::string_view operation, Value params) {
    Operation view = model_->operation(operation).value();
    auto done = StoreControlEndpointPolicy().complete_params(view, config_, params);
    return done ? codec::write_json(params) : done.error().code() + ": " + done.error().message();
  }

  std::shared_ptr<const ServiceModel> model_ = model("s3control");
  Config config_;
};

TEST_F(AccountTest, OfAnOutpostsArnIsTheAccount) {
  EXPECT_EQ(completed("GetAccessPoint", {{"Name", "plain"}}), R"({"Name":"plain"})");
  constexpr std::string_view kArn = "arn:aws:s3-outposts:r:123:outpost/op/accesspoint/ap";
  EXPECT_EQ(completed("GetAccessPoint", Value{{"Name", kArn}}),
            R"({"Name":"arn:aws:s3-outposts:r:123:outpost/op/accesspoint/ap","AccountId":"123"})");
  EXPECT_EQ(completed("GetAccessPoint", Value{{"Name", kArn}, {"AccountId", "9"}}),
            "UnsupportedS3ControlArn: S3 ARN \"" + std::string(kArn) +
                "\" provided is invalid for this operation. Account ID in arn does not match the "
                "AccountId parameter provided: \"9\"");
  EXPECT_EQ(completed("CreateAccessPoint", Value{{"Name", kArn}}).find("AccountId"),
            std::string::npos);
  config_.s3.use_accelerate_endpoint = true;
  EXPECT_TRUE(completed("GetAccessPoint", Value{{"Name", kArn}})
                  .starts_with("UnsupportedS3ControlConfiguration"));
}

TEST_F(AccountTest, OtherArnsAreRefused) {
  for (const char* arn : {"arn:aws:s3:r:123:accesspoint/ap", "arn:aws:s3-outposts:r:1:outpost/op",
                          "arn:aws:s3-outposts:fips-r:1:outpost/op/accesspoint/ap",
                          "arn:aws:s3-outposts:r:1:outpost/op/bucket/b"}) {
    EXPECT_TRUE(completed("GetAccessPoint", {{"Name", arn}}).starts_with("UnsupportedS3ControlArn"))
        << arn;
  }
  EXPECT_EQ(completed("GetAccessPoint", {{"Name", 5}}), R"({"Name":5})");
}

TEST(Policies, AreChosenByService) {
  EXPECT_NE(dynamic_cast<const BucketEndpointPolicy*>(endpoint_policy_for(*model("s3")).get()),
            nullptr);
  auto plain = endpoint_policy_for(*model("box"));
  EXPECT_EQ(dynamic_cast<const BucketEndpointPolicy*>(plain.get()), nullptr);
}

}  // namespace
}  // namespace botocxx::customize
