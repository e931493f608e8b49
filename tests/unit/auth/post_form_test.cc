#include "auth/post_form.h"

#include "codec/json.h"
#include "unit/auth/sample_requests.h"
#include <botocxx/base/text_encoding.h>

#include <gtest/gtest.h>

#include <algorithm>

namespace botocxx::auth {
namespace {

std::string field(const PostForm& form, std::string_view name) {
  for (const auto& [key, value] : form.fields) {
    if (key == name) return value;
  }
  return "absent";
}

PostPolicy policy() {
  PostPolicy policy;
  policy.fields = {{"acl", "private"}};
  policy.conditions =
      codec::parse_json(R"([{"acl":"private"},["content-length-range",1,9]])").value();
  return for_object(std::move(policy), "bucket", "user/${filename}");
}

TEST(PostForm, IsSignedWithVersion4AsBotocoreDoes) {
  auto credentials = make_credentials("AKID", "secret", "token");
  auto form = sign_post_v4(policy(), credentials, store_options("2014-03-10T17:02:55Z")).value();
  EXPECT_EQ(
      form.policy_json,
      R"({"expiration": "2014-03-10T18:02:55Z", "conditions": [{"acl": "private"}, )"
      R"(["content-length-range", 1, 9], {"bucket": "bucket"}, ["starts-with", "$key", "user/"], )"
      R"({"x-amz-algorithm": "AWS4-HMAC-SHA256"}, )"
      R"({"x-amz-credential": "AKID/20140310/us-east-1/s3/aws4_request"}, )"
      R"({"x-amz-date": "20140310T170255Z"}, {"x-amz-security-token": "token"}]})");
  std::vector<std::string> names;
  for (const auto& entry : form.fields) names.push_back(entry.first);
  EXPECT_EQ(names, (std::vector<std::string>{"acl", "key", "x-amz-algorithm", "x-amz-credential",
                                             "x-amz-date", "x-amz-security-token", "policy",
                                             "x-amz-signature"}));
  EXPECT_EQ(field(form, "key"), "user/${filename}");
  EXPECT_EQ(field(form, "policy"), base64_encode(as_byte_span(form.policy_json)));
  EXPECT_EQ(field(form, "x-amz-signature"), form.signature);
  EXPECT_EQ(form.signature.size(), 64u);
}

// From the S3 documentation's page on browser uploads; its policy is laid out as people write it.
TEST(PostForm, SignatureIsTheDocumentedOne) {
  const std::string policy =
      "{ \"expiration\": \"2015-12-30T12:00:00.000Z\",\r\n"
      "  \"conditions\": [\r\n"
      "    {\"bucket\": \"sigv4examplebucket\"},\r\n"
      "    [\"starts-with\", \"$key\", \"user/user1/\"],\r\n"
      "    {\"acl\": \"public-read\"},\r\n"
      "    {\"success_action_redirect\": "
      "\"http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html\"},\r\n"
      "    [\"starts-with\", \"$Content-Type\", \"image/\"],\r\n"
      "    {\"x-amz-meta-uuid\": \"14365123651274\"},\r\n"
      "    {\"x-amz-server-side-encryption\": \"AES256\"},\r\n"
      "    [\"starts-with\", \"$x-amz-meta-tag\", \"\"],\r\n"
      "\r\n"
      "    {\"x-amz-credential\": "
      "\"AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request\"},\r\n"
      "    {\"x-amz-algorithm\": \"AWS4-HMAC-SHA256\"},\r\n"
      "    {\"x-amz-date\": \"20151229T000000Z\" }\r\n"
      "  ]\r\n"
      "}";
  EXPECT_EQ(post_signature_v4(base64_encode(as_byte_span(policy)), documented_credentials(),
                              store_options("2015-12-29T00:00:00Z")),
            "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e");
}

TEST(PostForm, OfASessionBucketNamesTheSessionsToken) {
  auto options = store_options("2014-03-10T17:02:55Z");
  options.session_auth = true;
  auto form = sign_post_v4(policy(), make_credentials("AKID", "secret", "token"), options).value();
  EXPECT_EQ(field(form, "X-Amz-S3session-Token"), "token");
  EXPECT_EQ(field(form, "x-amz-security-token"), "absent");
}

TEST(PostForm, IsSignedAsBeforeVersion4) {
  auto form = sign_post_v1(for_object({}, "b", "k"), make_credentials("AKID", "secret"),
                           store_options("2014-03-10T17:02:55Z"))
                  .value();
  EXPECT_EQ(
      form.policy_json,
      R"({"expiration": "2014-03-10T18:02:55Z", "conditions": [{"bucket": "b"}, {"key": "k"}]})");
  EXPECT_EQ(field(form, "AWSAccessKeyId"), "AKID");
  EXPECT_EQ(field(form, "signature"), form.signature);
  EXPECT_EQ(form.fields.back().first, "signature");
}

TEST(PostForm, RefusesConditionsThatAreNoList) {
  PostPolicy wrong;
  wrong.conditions = Value("x");
  auto options = store_options("2014-03-10T17:02:55Z");
  EXPECT_EQ(sign_post_v4(wrong, make_credentials("a", "b"), options).error().code(),
            "InvalidPolicy");
  EXPECT_EQ(sign_post_v1({}, {}, options).error().code(), "NoCredentials");
}

TEST(PostForm, PolicyTextIsAscii) {
  auto form = sign_post_v1(for_object({}, "b", "ä\n\""), make_credentials("a", "b"),
                           store_options("2014-03-10T17:02:55Z"))
                  .value();
  EXPECT_NE(form.policy_json.find(R"({"key": "\u00e4\n\""})"), std::string::npos);
}

}  // namespace
}  // namespace botocxx::auth
