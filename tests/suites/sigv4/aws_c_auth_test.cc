// Runs the cases of tests/data/signatures/aws_c_auth.json, which say where they are from: both
// forms of Signature V4 and V4a, each stage compared.
#include "auth/signing_key.h"
#include "auth/sigv4.h"
#include "auth/sigv4a.h"
#include "codec/json.h"
#include "suites/sigv4/request_text.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace botocxx {
namespace {

const Value& vectors() {
  static const Value document = [] {
    std::ifstream in(std::string(BOTOCXX_TEST_DATA) + "/signatures/aws_c_auth.json");
    return codec::parse_json(std::string(std::istreambuf_iterator<char>(in), {})).value();
  }();
  return document;
}

std::string text_of(const Value& object, std::string_view name) {
  return std::string(object[name].as_string());
}

class AwsCAuth : public testing::Test {
 public:
  AwsCAuth(const Value& vector, bool in_query) : vector_(vector), in_query_(in_query) {}

  void TestBody() override {
    const Value& all = vectors();
    const std::string region = text_of(all, "region"), service = text_of(all, "service");
    HttpRequest request = parse_request(text_of(vector_, "request"));
    Credentials credentials;
    credentials.access_key = text_of(all, "access_key");
    credentials.secret_key = text_of(all, "secret_key");
    if (vector_.contains("token")) credentials.session_token = text_of(vector_, "token");
    auth::SigV4Options options;
    options.region = region;
    options.service = service;
    options.time = Timestamp::parse(text_of(all, "time")).value();
    options.normalize_path = !vector_.contains("normalize");
    options.sign_session_token = !vector_.contains("token_unsigned");
    options.send_content_sha256 = vector_.contains("sign_body") && !in_query_;
    options.sign_form_type = true;
    if (in_query_) options.expires = std::chrono::seconds(all["expires"].as_int());
    const bool asymmetric = text_of(vector_, "name").starts_with("v4a.");
    auth::SigningKeyCache cache;
    auto additions = asymmetric ? sign_v4a(request, credentials, options, &cache).value()
                                : sign_v4(request, credentials, options, &cache).value();
    compare(additions, asymmetric);
  }

 private:
  void compare(const auth::SignatureAdditions& additions, bool asymmetric) const {
    const Value& stages = vector_[in_query_ ? "query" : "header"];
    EXPECT_EQ(additions.canonical_request, stages[0].as_string());
    EXPECT_EQ(additions.string_to_sign, stages[1].as_string());
    if (!asymmetric) {
      EXPECT_EQ(additions.signature, stages[2].as_string());
      return;
    }
    const Value& point = vectors()["public_key"];
    const auth::EcdsaPublicKey key{.x = text_of(point, "x"), .y = text_of(point, "y")};
    EXPECT_TRUE(verify_ecdsa(key, additions.string_to_sign, additions.signature));
    EXPECT_TRUE(verify_ecdsa(key, stages[1].as_string(), stages[2].as_string()));
    EXPECT_FALSE(verify_ecdsa(key, additions.string_to_sign + "x", additions.signature));
  }

  const Value& vector_;
  bool in_query_;
};

[[maybe_unused]] const bool kRegistered = [] {
  for (const Value& vector : vectors()["cases"].items()) {
    for (bool in_query : {false, true}) {
      std::string name = text_of(vector, "name") + (in_query ? ".query" : ".header");
      testing::RegisterTest(
          "AwsCAuth", name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
          [&vector, in_query]() -> testing::Test* { return new AwsCAuth(vector, in_query); });
    }
  }
  return true;
}();

}  // namespace
}  // namespace botocxx
