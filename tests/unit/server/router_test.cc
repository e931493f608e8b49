#include "server/uri_template.h"
#include <botocxx/model/loader.h>
#include <botocxx/server/router.h>

#include <gtest/gtest.h>

namespace botocxx {
namespace {

class RouterOfS3 : public ::testing::Test {
 protected:
  void SetUp() override {
    auto model = Loader().load_service_model("s3");
    if (!model) GTEST_SKIP() << model.error().message();
    router_.emplace(*model, RouterOptions{.virtual_host_domains = {"Store.test"}});
  }

  std::string route(std::string method, std::string target, Headers headers = {}) {
    HttpRequest request;
    request.method = std::move(method);
    std::size_t question = target.find('?');
    request.url.path = target.substr(0, question);
    if (question != std::string::npos) request.url.query = target.substr(question + 1);
    request.headers = std::move(headers);
    auto found = router_->route(request);
    if (!found) return found.error().code();
    std::string text(found->operation.name());
    for (const auto& [name, value] : found->labels) text += " " + name + "=" + value;
    return text;
  }

  static Headers headers(std::string name, std::string value) {
    Headers result;
    result.add(std::move(name), std::move(value));
    return result;
  }

  std::optional<Router> router_;
};

TEST_F(RouterOfS3, TellsServiceBucketAndObjectApart) {
  EXPECT_EQ(route("GET", "/"), "ListBuckets");
  EXPECT_EQ(route("GET", "/b"), "ListObjects Bucket=b");
  EXPECT_EQ(route("GET", "/b/"), "ListObjects Bucket=b");
  EXPECT_EQ(route("GET", "/b/k"), "GetObject Bucket=b Key=k");
}

TEST_F(RouterOfS3, KeepsSlashesOfKeys) {
  EXPECT_EQ(route("GET", "/b/k/"), "GetObject Bucket=b Key=k/");
  EXPECT_EQ(route("GET", "/b//k"), "GetObject Bucket=b Key=/k");
  EXPECT_EQ(route("GET", "/b/a%2Fb%20c/d"), "GetObject Bucket=b Key=a/b c/d");
}

TEST_F(RouterOfS3, PrefersLiteralQueryKeys) {
  EXPECT_EQ(route("GET", "/b?list-type=2"), "ListObjectsV2 Bucket=b");
  EXPECT_EQ(route("GET", "/b?list-type=3"), "ListObjects Bucket=b");
  EXPECT_EQ(route("GET", "/b?acl"), "GetBucketAcl Bucket=b");
  EXPECT_EQ(route("GET", "/b/k?acl="), "GetObjectAcl Bucket=b Key=k");
  EXPECT_EQ(route("GET", "/b?unknown"), "ListObjects Bucket=b");
}

TEST_F(RouterOfS3, LooksAtRequiredQueryMembers) {
  EXPECT_EQ(route("GET", "/b/k?uploadId=u"), "ListParts Bucket=b Key=k");
  EXPECT_EQ(route("PUT", "/b/k?uploadId=u&partNumber=1"), "UploadPart Bucket=b Key=k");
  EXPECT_EQ(route("PUT", "/b/k?partNumber=1"), "PutObject Bucket=b Key=k");
  EXPECT_EQ(route("GET", "/b?query=Size%3E1&prefix=a"), "MetadataSearch Bucket=b");
  EXPECT_EQ(route("GET", "/b?prefix=a"), "ListObjects Bucket=b");
}

TEST_F(RouterOfS3, LooksAtRequiredHeaders) {
  EXPECT_EQ(route("PUT", "/b/k", headers("X-Amz-Copy-Source", "b/a")), "CopyObject Bucket=b Key=k");
  EXPECT_EQ(route("PUT", "/b/k", headers("x-emc-multipart-copy", "true")),
            "CopyRange Bucket=b Key=k");
  EXPECT_EQ(route("PUT", "/b/k"), "PutObject Bucket=b Key=k");
}

TEST_F(RouterOfS3, PrefersWhatIsNotDeprecated) {
  EXPECT_EQ(route("GET", "/b?notification"), "GetBucketNotificationConfiguration Bucket=b");
}

TEST_F(RouterOfS3, KnowsTheExtras) {
  EXPECT_EQ(route("GET", "/?searchmetadata"), "GetSystemMetadata");
  EXPECT_EQ(route("GET", "/b/?searchmetadata"), "GetSearchMetadata Bucket=b");
  EXPECT_EQ(route("DELETE", "/b?searchmetadata"), "DisableMetadataSearch Bucket=b");
  EXPECT_EQ(route("GET", "/?ping"), "Ping");
}

TEST_F(RouterOfS3, TakesTheBucketFromTheHost) {
  EXPECT_EQ(route("GET", "/", headers("Host", "b.store.TEST:9020")), "ListObjects Bucket=b");
  EXPECT_EQ(route("GET", "/k", headers("Host", "b.c.store.test")), "GetObject Bucket=b.c Key=k");
  EXPECT_EQ(route("GET", "/", headers("Host", "store.test")), "ListBuckets");
  EXPECT_EQ(route("GET", "/", headers("Host", "[::1]:80")), "ListBuckets");
}

TEST_F(RouterOfS3, SaysWhatIsWrong) {
  EXPECT_EQ(route("PATCH", "/b"), "MethodNotAllowed");
  EXPECT_EQ(route("GET", "//k"), "UnknownRoute");
}

TEST(UriTemplate, GreedyLabelsLeaveRoomForWhatFollows) {
  auto uri = server::parse_uri_template("/a/{Middle+}/end?x=1&y");
  EXPECT_EQ(uri.query.size(), 2U);
  EXPECT_EQ(uri.query[0].value, "1");
  auto labels = server::match_path(uri, server::split_path("/a/b/c%20d/end"));
  ASSERT_TRUE(labels);
  EXPECT_EQ(labels->at(0).second, "b/c d");
  EXPECT_FALSE(server::match_path(uri, server::split_path("/a/end")));
  EXPECT_FALSE(server::match_path(uri, server::split_path("/a/b/c")));
}

TEST(UriTemplate, EmptyLabelsDoNotMatch) {
  EXPECT_FALSE(
      server::match_path(server::parse_uri_template("/{A}/{B}"), server::split_path("/a//")));
  EXPECT_FALSE(server::match_path(server::parse_uri_template("/{A}"), server::split_path("//")));
  EXPECT_TRUE(server::match_path(server::parse_uri_template("/"), server::split_path("/")));
}

}  // namespace
}  // namespace botocxx
