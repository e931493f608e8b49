// Runs the published Signature Version 4 vectors that botocore's tests carry, each under its own
// name, and compares every stage of signing with them.
#include "auth/sigv4.h"
#include "suites/sigv4/request_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  std::erase(text, '\r');
  return text;
}

// The vectors say nothing about the token; where it is signed, its canonical header shows it.
std::string token_of(const std::string& canonical_request) {
  constexpr std::string_view kName = "\nx-amz-security-token:";
  std::size_t at = canonical_request.find(kName);
  if (at == std::string::npos) return {};
  at += kName.size();
  return canonical_request.substr(at, canonical_request.find('\n', at) - at);
}

class SigV4Suite : public testing::Test {
 public:
  explicit SigV4Suite(fs::path stem) : stem_(std::move(stem)) {}

  void TestBody() override {
    auto expected = [&](const char* extension) { return read_file(stem_.string() + extension); };
    HttpRequest request = parse_request(expected(".req"));
    Credentials credentials{.access_key = "AKIDEXAMPLE",
                            .secret_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                            .session_token = token_of(expected(".creq")),
                            .account_id = {},
                            .expires = {},
                            .source = {}};
    auth::SigV4Options options;
    options.region = "us-east-1";
    options.service = "service";
    options.time = Timestamp::parse("20150830T123600Z").value();

    auth::SigningKeyCache cache;
    for (auth::SigningKeyCache* keys :
         {static_cast<auth::SigningKeyCache*>(nullptr), &cache, &cache}) {
      auto additions = sign_v4(request, credentials, options, keys).value();
      EXPECT_EQ(additions.canonical_request, expected(".creq"));
      EXPECT_EQ(additions.string_to_sign, expected(".sts"));
      EXPECT_EQ(additions.headers.back().name, "Authorization");
      EXPECT_EQ(additions.headers.back().value, expected(".authz"));
    }
  }

 private:
  fs::path stem_;
};

// A token that is added after signing is no part of what is signed: botocore's own runner finds no
// token in that vector either, and signs without one.
void register_vectors() {
  const fs::path root = fs::path(BOTOCXX_UPSTREAM_TESTS) / "unit/auth/aws4_testsuite";
  if (!fs::is_directory(root)) {
    testing::RegisterTest("SigV4Suite", "Data", nullptr, nullptr, __FILE__, __LINE__,
                          []() -> testing::Test* {
                            struct Missing : testing::Test {
                              void TestBody() override { GTEST_SKIP() << "no upstream tests here"; }
                            };
                            return new Missing;
                          });
    return;
  }
  std::vector<fs::path> requests;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().extension() == ".req") requests.push_back(entry.path());
  }
  std::sort(requests.begin(), requests.end());
  for (const fs::path& path : requests) {
    std::string name = path.parent_path().lexically_relative(root).generic_string();
    fs::path stem = path.parent_path() / path.stem();
    testing::RegisterTest("SigV4Suite", name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [stem]() -> testing::Test* { return new SigV4Suite(stem); });
  }
}

[[maybe_unused]] const bool kRegistered = (register_vectors(), true);

}  // namespace
}  // namespace botocxx
