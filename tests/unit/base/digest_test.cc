#include "base/digest.h"

#include <botocxx/base/text_encoding.h>

#include <gtest/gtest.h>

#include <string>

namespace botocxx::base {
namespace {

std::string hex(const std::string& octets) { return hex_encode(as_byte_span(octets)); }

TEST(Digest, AnswersAreThePublishedOnes) {
  auto of = [](DigestAlgorithm algorithm) {
    Digest digest(algorithm);
    digest.update("a");
    digest.update("bc");
    return hex(digest.finish());
  };
  EXPECT_EQ(of(DigestAlgorithm::kMd5), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(of(DigestAlgorithm::kSha1), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(of(DigestAlgorithm::kSha256),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(of(DigestAlgorithm::kSha512).substr(0, 32), "ddaf35a193617abacc417349ae204131");
}

TEST(Digest, StartsOverAfterFinish) {
  Digest digest(DigestAlgorithm::kSha256);
  digest.update("other");
  (void)digest.finish();
  digest.update("abc");
  EXPECT_EQ(hex(digest.finish()), sha256_hex("abc"));
}

TEST(Hmac, AnswersAreThoseOfRfc4231And2202AlsoForLongKeys) {
  EXPECT_EQ(hex_encode(hmac_sha256(as_byte_span("Jefe"), "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  const std::string long_key(131, '\xaa');
  EXPECT_EQ(hex_encode(hmac_sha256(as_byte_span(long_key),
                                   "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  EXPECT_EQ(hex(hmac_sha1("Jefe", "what do ya want for nothing?")),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  EXPECT_EQ(hex(hmac_sha1(std::string(80, '\xaa'),
                          "Test Using Larger Than Block-Size Key - Hash Key First")),
            "aa4ae5e15272d00e95705637ce8a3b55ed402112");
}

TEST(Hmac, AKeyCanBeUsedAgain) {
  const HmacSha256Key key(as_byte_span("k"));
  auto first = key.mac("text");
  EXPECT_EQ(key.mac("text"), first);
  EXPECT_EQ(hmac_sha256({}, "text"), HmacSha256Key({}).mac("text"));
}

}  // namespace
}  // namespace botocxx::base
