#include "auth/mismatch.h"

#include "unit/auth/sample_requests.h"

#include <gtest/gtest.h>

namespace botocxx::auth {
namespace {

SignatureAdditions ours() {
  auto request = make_request("GET", "https://b.example/k?a=1&b=2", {{"x-amz-meta-a", "1"}});
  return sign_v4(request, make_credentials("AKID", "secret", "planted-token"),
                 store_options("2026-01-02T03:04:05Z"))
      .value();
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  return text.replace(text.find(from), from.size(), to);
}

TEST(Mismatch, NamesTheLineOfTheCanonicalRequest) {
  auto mine = ours();
  const std::tuple<const char*, const char*, const char*> cases[] = {
      {"GET", "HEAD", "the method differently: it has 'HEAD', we have 'GET'"},
      {"/k\n", "/K\n", "the path differently: it has '/K', we have '/k'"},
      {"b=2", "b=3", "the query differently: it has 'a=1&b=3', we have 'a=1&b=2'"},
      {"b.example", "proxy", "the header 'host' differently"},
      {";x-amz-date", "", "the list of signed headers differently"},
  };
  for (const auto& [from, to, expected] : cases) {
    ServiceStages theirs{.canonical_request = replaced(mine.canonical_request, from, to)};
    auto text = explain_mismatch(mine, theirs);
    ASSERT_TRUE(text);
    EXPECT_NE(text->find(expected), std::string::npos) << *text;
  }
}

TEST(Mismatch, NeverQuotesATokenOrASignature) {
  auto mine = ours();
  ServiceStages theirs{.canonical_request =
                           replaced(mine.canonical_request, "planted-token", "planted-other")};
  auto text = explain_mismatch(mine, theirs).value();
  EXPECT_NE(text.find("x-amz-security-token"), std::string::npos) << text;
  EXPECT_EQ(text.find("planted"), std::string::npos) << text;
}

TEST(Mismatch, ComparesStringsToSignWhenThatIsAllThereIs) {
  auto mine = ours();
  ServiceStages scope{.string_to_sign = replaced(mine.string_to_sign, "us-east-1", "eu-west-1")};
  EXPECT_NE(explain_mismatch(mine, scope)
                ->find("the credential scope differently: it has "
                       "'20260102/eu-west-1/s3/aws4_request'"),
            std::string::npos);
  ServiceStages hash{.string_to_sign = mine.string_to_sign};
  hash.string_to_sign.back() = hash.string_to_sign.back() == '0' ? '1' : '0';
  EXPECT_NE(explain_mismatch(mine, hash)->find("its canonical request is another"),
            std::string::npos);
}

TEST(Mismatch, BlamesTheSecretWhenAllIsTheSame) {
  auto mine = ours();
  ServiceStages same{.canonical_request = mine.canonical_request,
                     .string_to_sign = mine.string_to_sign};
  EXPECT_NE(explain_mismatch(mine, same)->find("secret key"), std::string::npos);
  EXPECT_FALSE(explain_mismatch(mine, {}));
}

TEST(Mismatch, ReadsTheMessagesOfQueryServices) {
  auto mine = ours();
  std::string message =
      "The request signature we calculated does not match.\n\nThe Canonical String for this "
      "request should have been\n'" +
      replaced(mine.canonical_request, "GET", "POST") +
      "'\n\nThe String-to-Sign should have been\n'" + mine.string_to_sign + "'\n";
  ServiceStages stages = stages_in_message(message);
  EXPECT_EQ(stages.string_to_sign, mine.string_to_sign);
  EXPECT_NE(explain_mismatch(mine, stages)->find("the method"), std::string::npos);
  EXPECT_TRUE(stages_in_message("nothing of the kind").canonical_request.empty());
  EXPECT_TRUE(stages_in_message("String-to-Sign should have been '").string_to_sign.empty());
}

TEST(Mismatch, KeepsWhatAServerSaysOnOneShortLine) {
  auto mine = ours();
  ServiceStages theirs{.canonical_request = "\x1b[31m" + std::string(10'000, 'x')};
  auto text = explain_mismatch(mine, theirs).value();
  EXPECT_LT(text.size(), 600u);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace botocxx::auth
