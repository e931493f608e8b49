#include "auth/ecdsa_key.h"

#include "auth/signing_key.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace botocxx::auth {
namespace {

// The pair that AWS's own implementation is tested with.
constexpr char kAccess[] = "AKISORANDOMAASORANDOM";
constexpr char kSecret[] = "q+jcrXGc+0zWN6uzclKVhvMmUsIfRPa4rlRandom";

TEST(EcdsaKey, IsDerivedAsPublished) {
  auto point = EcdsaKey::derive(kAccess, kSecret).value().public_key().value();
  EXPECT_EQ(point.x, "15d242ceebf8d8169fd6a8b5a746c41140414c3b07579038da06af89190fffcb");
  EXPECT_EQ(point.y, "0515242cedd82e94799482e4c0514b505afccf2c0c98d6a553bf539f424c5ec0");
}

TEST(EcdsaKey, SignsAnythingAndVerifiesOnlyThat) {
  auto key = EcdsaKey::derive(kAccess, kSecret).value();
  auto point = key.public_key().value();
  for (const std::string& text : {std::string(), std::string(1, '\0'), std::string(100'000, 'x')}) {
    std::string signature = key.sign(text).value();
    EXPECT_TRUE(verify_ecdsa(point, text, signature));
    EXPECT_FALSE(verify_ecdsa(point, text + "y", signature));
    signature[20] = signature[20] == '0' ? '1' : '0';
    EXPECT_FALSE(verify_ecdsa(point, text, signature));
  }
}

TEST(EcdsaKey, RefusesWhatIsNoKeyOrNoSignature) {
  auto key = EcdsaKey::derive(kAccess, kSecret).value();
  auto point = key.public_key().value();
  std::string signature = key.sign("text").value();
  EXPECT_FALSE(verify_ecdsa(point, "text", ""));
  EXPECT_FALSE(verify_ecdsa(point, "text", "zz"));
  EXPECT_FALSE(verify_ecdsa(point, "text", signature + "0"));
  EXPECT_FALSE(verify_ecdsa({.x = "", .y = ""}, "text", signature));
  EXPECT_FALSE(verify_ecdsa({.x = point.x, .y = point.x}, "text", signature)) << "not on the curve";
  EXPECT_FALSE(verify_ecdsa({.x = point.x + "00", .y = point.y}, "text", signature));
}

TEST(EcdsaKey, DependsOnAccessKeyAndSecret) {
  auto x = [](const char* access, const char* secret) {
    return EcdsaKey::derive(access, secret).value().public_key().value().x;
  };
  EXPECT_NE(x("a", "b"), x("a", "c"));
  EXPECT_NE(x("a", "b"), x("c", "b"));
  EXPECT_EQ(x("a", "b"), x("a", "b"));
}

TEST(EcdsaKey, IsCachedAndSignsInManyThreads) {
  SigningKeyCache cache;
  auto point = EcdsaKey::derive(kAccess, kSecret).value().public_key().value();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) {
        auto key = SigningKeyAccess::ecdsa_key(kAccess, kSecret, &cache).value();
        EXPECT_TRUE(verify_ecdsa(point, "text", key.sign("text").value()));
        (void)SigningKeyAccess::ecdsa_key(std::to_string(t * 20 + i), kSecret, &cache);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_LE(SigningKeyAccess::size(cache), 32u);
}

}  // namespace
}  // namespace botocxx::auth
