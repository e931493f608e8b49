#include "integrity/checksum.h"

#include <botocxx/base/text_encoding.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>

namespace botocxx::integrity {
namespace {

struct Known {
  std::string_view name, of_nothing, of_digits, of_pattern;
};

// Made with Python's hashlib and with AWS's own C library.
constexpr std::array<Known, 10> kKnown{{
    {"crc32", "AAAAAA==", "y/Q5Jg==", "hGMuIg=="},
    {"crc32c", "AAAAAA==", "4waSgw==", "rcaTZg=="},
    {"crc64nvme", "AAAAAAAAAAA=", "rosUhgp5mIg=", "W+v3Xgqp+kw="},
    {"sha1", "2jmj7l5rSw0yVb/vlWAYkK/YBwk=", "98O8HYCOBHMq32eZZczDTKeuNEE=",
     "RUi1pqI7q9u9ji5UvJmv8ZrjvzQ="},
    {"sha256",
     "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
     "+1pedDn7uYs9wySnIuCOnonCHw/QcweYDoMc9/l8yCs="},
    {"sha512",
     "z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==",
     "2eZ2LdHI6vbWGzxhkvxAjU1tXxF20MKRabwk5xw/J0rSf81YEbMT1oH35V7ALXPUmclUVba1u1A6z1dPuo/+hQ==",
     "KZ+RGAW8D0U8cu5M4rJsDio20J1/yEYLQlTT4x8wqL2FEjUVjE2NOUOCYkgaErrOhSRldKYfTGGmcE+YtQUBmw=="},
    {"md5", "1B2M2Y8AsgTpgAmY7PhCfg==", "JfnnlDI7RTiF9RgfG2JNCw==", "kTxHbc0YlhSfgHwDL4J9DQ=="},
    {"xxhash64", "70bbN1HY6Zk=", "jLhB20DmroM=", "KeRjBh9nsPo="},
    {"xxhash3", "LQaABTjTlMI=", "ctyxi2ehff8=", "s+rLboHdkPA="},
    {"xxhash128",
     "maoG0wFHmNhgAcMkRo1Jfw==", "MxGUd+3l3NXpcWQnaB1YYA==", "UvHtz6VUqSOz6stugd2Q8A=="},
}};

std::string pattern() {
  std::string text(3000, '\0');
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>(i * 7 % 251);
  return text;
}

std::string base64(Checksum& checksum) { return base64_encode(as_byte_span(checksum.finish())); }

TEST(Checksum, EveryAlgorithmGivesTheKnownAnswers) {
  for (const Known& known : kKnown) {
    Checksum checksum(find_checksum_algorithm(known.name).value());
    EXPECT_EQ(base64(checksum), known.of_nothing) << known.name;
    checksum.update("123456789");
    EXPECT_EQ(base64(checksum), known.of_digits) << known.name << ", after starting over";
    checksum.update(pattern());
    EXPECT_EQ(base64(checksum), known.of_pattern) << known.name;
  }
}

TEST(Checksum, PiecesOfAnySizeGiveTheSameAsTheWhole) {
  const std::string text = pattern();
  for (const Known& known : kKnown) {
    for (std::size_t size : {1U, 3U, 64U, 255U, 1000U}) {
      Checksum checksum(find_checksum_algorithm(known.name).value());
      for (std::size_t at = 0; at < text.size(); at += size) {
        checksum.update(std::string_view(text).substr(at, size));
        checksum.update("");
      }
      EXPECT_EQ(base64(checksum), known.of_pattern) << known.name << " by " << size;
    }
  }
}

TEST(Checksum, NamesAreFoundInAnyCaseAndOthersAreNot) {
  EXPECT_EQ(find_checksum_algorithm("CRC64NVME"), ChecksumAlgorithm::kCrc64Nvme);
  EXPECT_EQ(find_checksum_algorithm("Sha256"), ChecksumAlgorithm::kSha256);
  for (std::string_view wrong : {"", "crc", "crc32 ", "crc64", "sha-256", "xxhash"}) {
    EXPECT_FALSE(find_checksum_algorithm(wrong)) << wrong;
  }
  EXPECT_EQ(checksum_header(ChecksumAlgorithm::kCrc32c), "x-amz-checksum-crc32c");
}

}  // namespace
}  // namespace botocxx::integrity
