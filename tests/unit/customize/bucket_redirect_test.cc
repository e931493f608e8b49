#include "customize/bucket_redirect.h"

#include "../client/retry_client.h"
#include "customize/bucket_regions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace botocxx {
namespace {

constexpr const char* kHeadBucket = R"(,
  "HeadBucket": {"name": "HeadBucket", "http": {"method": "HEAD", "requestUri": "/{Bucket}"},
    "input": {"shape": "HeadInput"}},
  "HeadObject": {"name": "HeadObject", "http": {"method": "HEAD", "requestUri": "/{Bucket}"},
    "input": {"shape": "HeadInput"}},
  "CreateBucket": {"name": "CreateBucket", "http": {"method": "PUT", "requestUri": "/{Bucket}"},
    "input": {"shape": "HeadInput"}})";

class BucketRedirect : public testing::Test {
 protected:
  RetryWorld world_;

  Client client(std::string_view service = "s3") {
    Client made = world_.client(service, kHeadBucket);
    customize::register_bucket_redirect(made.model(), made.events());
    return made;
  }
  void refuse(int status, std::string_view code, const char* region_header = nullptr,
              std::string_view body = "") {
    Headers headers;
    if (!code.empty()) headers.add("x-amzn-errortype", std::string(code));
    if (region_header != nullptr) headers.add("x-amz-bucket-region", region_header);
    world_.http->add_response(status, headers, std::string(body));
  }
  std::string host(std::size_t number) { return world_.request(number).url.host; }
  static Value params(const char* bucket = "b") { return Value{{"Bucket", bucket}}; }
};

TEST_F(BucketRedirect, FollowsTheRegionThatTheAnswerNames) {
  Client s3 = client();
  refuse(301, "PermanentRedirect", "eu-west-1");
  world_.http->add_response(200);
  auto response = s3.call("Put", params());
  ASSERT_TRUE(response.has_value()) << response.error().code() << ": " << response.error().message()
                                    << static_cast<int>(response.error().kind());
  EXPECT_EQ(host(1), "eu-west-1.example.com");
  EXPECT_THAT(std::string(world_.request(1).headers.get("Authorization").value()),
              testing::HasSubstr("/eu-west-1/"));
  EXPECT_EQ(response->attempts(), 2);
  EXPECT_TRUE(world_.time.delays().empty());
  EXPECT_EQ(response->attempt_history()[0].reason, "the bucket is in eu-west-1");
}

TEST_F(BucketRedirect, RemembersTheRegionOfThatBucketAlone) {
  Client s3 = client();
  refuse(301, "PermanentRedirect", "eu-west-1");
  for (int i = 0; i < 3; ++i) world_.http->add_response(200);
  ASSERT_TRUE(s3.call("Put", params()));
  ASSERT_TRUE(s3.call("Put", params()));
  ASSERT_TRUE(s3.call("Put", params("other")));
  EXPECT_EQ(host(2), "eu-west-1.example.com");
  EXPECT_EQ(host(3), "us-east-1.example.com");
}

TEST_F(BucketRedirect, IsMadeOncePerCall) {
  refuse(301, "PermanentRedirect", "eu-west-1");
  refuse(301, "PermanentRedirect", "eu-west-2");
  EXPECT_EQ(client().call("Put", params()).error().attempts(), 2);
}

TEST_F(BucketRedirect, AsksForTheRegionWhereNothingNamesIt) {
  refuse(307, "");
  refuse(400, "", "ap-south-1");
  world_.http->add_response(200);
  world_.http->add_response(200);
  ASSERT_TRUE(client().call("Put", params()));
  EXPECT_EQ(world_.request(1).method, "HEAD");
  EXPECT_EQ(host(2), "ap-south-1.example.com");
  EXPECT_EQ(world_.request(3).method, "PUT");
  EXPECT_EQ(host(3), "ap-south-1.example.com");
}

TEST_F(BucketRedirect, LeavesTheErrorWhereNobodyKnowsTheRegion) {
  refuse(301, "PermanentRedirect");
  refuse(403, "");
  auto response = client().call("Put", params());
  EXPECT_EQ(response.error().code(), "PermanentRedirect");
  EXPECT_EQ(response.error().attempts(), 1);
}

struct Refusal {
  const char* operation;
  int status;
  const char* code;
  const char* region;
  bool followed;
};
class Refusals : public BucketRedirect, public testing::WithParamInterface<Refusal> {};

TEST_P(Refusals, AreFollowedWhereTheyShowAnotherRegion) {
  const Refusal& refusal = GetParam();
  refuse(refusal.status, refusal.code, refusal.region);
  world_.http->add_response(200);
  auto response = client().call(refusal.operation, params());
  EXPECT_EQ(response.has_value(), refusal.followed) << refusal.operation << refusal.code;
}

INSTANTIATE_TEST_SUITE_P(
    , Refusals,
    testing::Values(Refusal{"HeadObject", 400, "", "eu-west-1", true},
                    Refusal{"HeadBucket", 400, "", "eu-west-1", true},
                    Refusal{"HeadBucket", 400, "", nullptr, false},
                    Refusal{"Put", 400, "", "eu-west-1", false},
                    Refusal{"Put", 302, "", "eu-west-1", true},
                    Refusal{"Put", 400, "IllegalLocationConstraintException", "eu-west-1", true},
                    Refusal{"CreateBucket", 400, "IllegalLocationConstraintException", "eu-west-1",
                            false},
                    Refusal{"Put", 400, "AuthorizationHeaderMalformed", "eu-west-1", false},
                    Refusal{"Put", 403, "AccessDenied", "eu-west-1", false},
                    Refusal{"Put", 301, "", "not a region!", false}));

TEST_F(BucketRedirect, DoesNotTouchArnsOrOtherServices) {
  refuse(301, "PermanentRedirect", "eu-west-1");
  EXPECT_FALSE(client().call("Put", params("arn:aws:s3:us-east-1:1:accesspoint/x")));
  refuse(301, "PermanentRedirect", "eu-west-1");
  EXPECT_FALSE(client("shelf").call("Put", params()));
  EXPECT_EQ(world_.http->requests().size(), 2U);
}

TEST(BucketRegions, ForgetsSomeWhenThereAreTooMany) {
  customize::BucketRegions regions;
  for (int i = 0; i < 1500; ++i) regions.set("bucket-" + std::to_string(i), "eu-west-1");
  regions.set("bucket-1499", "eu-west-2");
  EXPECT_EQ(regions.find("bucket-1499"), "eu-west-2");
  int known = 0;
  for (int i = 0; i < 1500; ++i) known += regions.find("bucket-" + std::to_string(i)).has_value();
  EXPECT_EQ(known, 1000);
}

}  // namespace
}  // namespace botocxx
