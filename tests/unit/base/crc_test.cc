#include "base/crc.h"

#include <botocxx/base/text_encoding.h>

#include <gtest/gtest.h>

#include <string>

namespace botocxx::base {
namespace {

std::string pattern(std::size_t size) {
  std::string text(size, '\0');
  std::uint32_t state = 1;
  for (char& c : text) c = static_cast<char>((state = state * 1664525U + 1013904223U) >> 24);
  return text;
}

TEST(Crc, AnswersOfTheCatalogueAreRight) {
  auto octets = as_byte_span("123456789");
  EXPECT_EQ(crc32(octets), 0xCBF43926U);
  EXPECT_EQ(crc32c(octets), 0xE3069283U);
  EXPECT_EQ(crc64nvme(octets), 0xAE8B14860A799888U);
}

TEST(Crc, NothingHasTheCheckZeroAndChangesNone) {
  EXPECT_EQ(crc32(std::string_view()), 0U);
  EXPECT_EQ(crc32c({}), 0U);
  EXPECT_EQ(crc64nvme({}), 0U);
  EXPECT_EQ(crc32c({}, 0x12345678U), 0x12345678U);
}

TEST(Crc, FoldingAgreesWithTablesAtEverySizeAndAlignment) {
  const std::string text = pattern(9000);
  for (std::size_t size = 0; size < 2500; ++size) {
    auto octets = as_byte_span(text).subspan(size % 17, size);
    ASSERT_EQ(crc32(octets), crc_by_tables::crc32(octets)) << size;
    ASSERT_EQ(crc32c(octets), crc_by_tables::crc32c(octets)) << size;
    ASSERT_EQ(crc64nvme(octets), crc_by_tables::crc64nvme(octets)) << size;
  }
}

TEST(Crc, PiecesGiveTheCheckOfTheWhole) {
  const std::string text = pattern(9000);
  auto octets = as_byte_span(text);
  for (std::size_t cut : {0U, 1U, 7U, 63U, 64U, 127U, 128U, 1023U, 1024U, 1500U, 8999U, 9000U}) {
    auto front = octets.first(cut), back = octets.subspan(cut);
    EXPECT_EQ(crc32(back, crc32(front)), crc32(octets)) << cut;
    EXPECT_EQ(crc32c(back, crc32c(front)), crc32c(octets)) << cut;
    EXPECT_EQ(crc64nvme(back, crc64nvme(front)), crc64nvme(octets)) << cut;
  }
}

TEST(Crc, EveryBitOfALongTextCounts) {
  const std::string text = pattern(1600);
  const auto right32 = crc32c(as_byte_span(text));
  const auto right64 = crc64nvme(as_byte_span(text));
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    std::string wrong = text;
    wrong[bit / 8] = static_cast<char>(wrong[bit / 8] ^ (1 << (bit % 8)));
    ASSERT_NE(crc32c(as_byte_span(wrong)), right32) << bit;
    ASSERT_NE(crc64nvme(as_byte_span(wrong)), right64) << bit;
  }
}

}  // namespace
}  // namespace botocxx::base
