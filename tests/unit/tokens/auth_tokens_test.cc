#include <botocxx/base/text_encoding.h>
#include <botocxx/tokens/auth_tokens.h>

#include <gtest/gtest.h>

#include <algorithm>

namespace botocxx {
namespace {

TokenRequest request() {
  TokenRequest request;
  request.credentials.access_key = "akid";
  request.credentials.secret_key = "skid";
  request.region = "us-east-1";
  request.time = Timestamp::parse("2016-11-07T17:39:33Z").value();
  return request;
}

// The signatures are botocore's for the same input.
TEST(RdsToken, IsBotocores) {
  EXPECT_EQ(
      rds_auth_token("prod-instance.us-east-1.rds.amazonaws.com", 3306, "mySQLUser", request())
          .value(),
      "prod-instance.us-east-1.rds.amazonaws.com:3306/?Action=connect&DBUser=mySQLUser&"
      "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=akid%2F20161107%2Fus-east-1%2Frds-db%2F"
      "aws4_request&X-Amz-Date=20161107T173933Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&"
      "X-Amz-Signature=c22b65b4b0d7e441e26a586a93cc3f01d5d14a4ff20cf608d38214c60046879f");
}

TEST(DsqlToken, HasItsActionAndName) {
  auto token = dsql_auth_token("test.dsql.us-east-1.on.aws", DsqlAction::kConnectAdmin, request());
  EXPECT_TRUE(token.value().starts_with(
      "test.dsql.us-east-1.on.aws/?Action=DbConnectAdmin&X-Amz-Algorithm=AWS4-HMAC-SHA256&"
      "X-Amz-Credential=akid%2F20161107%2Fus-east-1%2Fdsql%2Faws4_request&"))
      << *token;
}

TEST(EksToken, HoldsAUrlThatNamesTheCluster) {
  auto token =
      eks_auth_token("my-cluster", "https://sts.us-east-1.amazonaws.com", request()).value();
  ASSERT_TRUE(token.starts_with("k8s-aws-v1."));
  std::string text = token.substr(11);
  EXPECT_EQ(text.find_first_of("+/="), std::string::npos);
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  std::string url = base64_decode(text).value();
  EXPECT_TRUE(
      url.starts_with("https://sts.us-east-1.amazonaws.com/?Action=GetCallerIdentity&"
                      "Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&"))
      << url;
  EXPECT_NE(url.find("&X-Amz-Expires=60&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id&"),
            std::string::npos);
}

TEST(Tokens, AreRefusedWithoutHostKeysOrRegion) {
  for (const char* host : {"", "https://h", "h/path", "h?x", "user@h", "a b"}) {
    EXPECT_EQ(rds_auth_token(host, 1, "u", request()).error().code(), "InvalidHost") << host;
    EXPECT_EQ(dsql_auth_token(host, DsqlAction::kConnect, request()).error().code(), "InvalidHost");
  }
  auto anonymous = request();
  anonymous.credentials = {};
  EXPECT_EQ(rds_auth_token("h", 1, "u", anonymous).error().code(), "NoCredentials");
  auto nowhere = request();
  nowhere.region.clear();
  EXPECT_EQ(dsql_auth_token("h", DsqlAction::kConnect, nowhere).error().code(), "NoRegion");
  EXPECT_FALSE(eks_auth_token("c", "no url", request()));
}

}  // namespace
}  // namespace botocxx
