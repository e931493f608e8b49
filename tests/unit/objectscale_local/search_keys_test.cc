#include "search_keys.h"

#include "byte_range.h"
#include "checksum.h"
#include "page_marker.h"
#include <botocxx/base/text_encoding.h>

#include <gtest/gtest.h>

namespace botocxx::objectscale {
namespace {

TEST(SearchKeys, KeepsTheCaseOfSystemKeysOnly) {
  auto keys = parse_search_keys(" size , x-amz-meta-COLOUR;String,LastModified;datetime");
  ASSERT_TRUE(keys) << keys.error().describe();
  ASSERT_EQ(keys->size(), 3U);
  EXPECT_EQ((*keys)[0].shown, "Size");
  EXPECT_EQ((*keys)[1].shown, "x-amz-meta-colour");
  EXPECT_EQ((*keys)[2].datatype, Datatype::kDatetime);
}

TEST(SearchKeys, EveryDefectHasTheServicesCode) {
  for (std::string_view header :
       {"", ",", "Size,", "Colour", "Etag", "Size;string", "x-amz-meta-a", "x-amz-meta-a;",
        "x-amz-meta-a;bool", "x-amz-meta-;string", "Size,SIZE", "x-amz-meta-a;string;string"}) {
    auto keys = parse_search_keys(header);
    ASSERT_FALSE(keys) << header;
    EXPECT_EQ(keys.error().code(), "Invalid metadata search list entered") << header;
    EXPECT_EQ(keys.error().status(), 400) << header;
  }
}

TEST(SearchKeys, AllowsThirty) {
  std::string header = "Size";
  for (int i = 0; i < 29; ++i) header += ",x-amz-meta-k" + std::to_string(i) + ";string";
  EXPECT_TRUE(parse_search_keys(header));
  EXPECT_FALSE(parse_search_keys(header + ",Owner"));
}

TEST(PageMarker, ComesBackAsItWent) {
  SearchPosition position{std::string("value"), "key \x1d é", 7};
  std::string marker = write_marker(position, "binding");
  for (char sign : {'+', '/', '='}) EXPECT_NE(marker.find(sign), std::string::npos) << sign;
  auto read = read_marker(marker, "binding");
  ASSERT_TRUE(read) << read.error().describe();
  EXPECT_EQ(read->sort_value, position.sort_value);
  EXPECT_EQ(read->key, position.key);
  EXPECT_EQ(read->id, 7);
}

TEST(PageMarker, IsBoundToItsQuery) {
  std::string marker = write_marker({std::int64_t{1}, "k", 1}, "binding");
  EXPECT_FALSE(read_marker(marker, "other"));
  EXPECT_FALSE(read_marker(marker.substr(4), "binding"));
  EXPECT_FALSE(read_marker("", "binding"));
  marker[marker.size() / 2] = marker[marker.size() / 2] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(read_marker(marker, "binding"));
}

TEST(ByteRanges, ReadWhatHttpAllows) {
  auto one = [](std::string_view header) {
    RangeRequest request = parse_range(header, 10);
    return request.ranges.size() == 1
               ? std::pair(request.ranges[0].offset, request.ranges[0].length)
               : std::pair<std::uint64_t, std::uint64_t>(99, request.ranges.size());
  };
  using Range = std::pair<std::uint64_t, std::uint64_t>;
  EXPECT_EQ(one("bytes=0-0"), Range(0, 1));
  EXPECT_EQ(one("bytes=5-"), Range(5, 5));
  EXPECT_EQ(one("bytes=-3"), Range(7, 3));
  EXPECT_EQ(one("bytes=-99"), Range(0, 10));
  EXPECT_EQ(one("bytes=9-99999999999999999999"), Range(9, 1));
  EXPECT_EQ(parse_range("bytes=0-1, 4-5", 10).ranges.size(), 2U);
  for (std::string_view whole : {"", "bytes=", "bytes=a-b", "bytes=5-4", "items=0-1", "bytes=-"}) {
    EXPECT_EQ(parse_range(whole, 10).kind, RangeRequest::Kind::kWhole) << whole;
  }
  EXPECT_EQ(parse_range("bytes=10-", 10).kind, RangeRequest::Kind::kUnsatisfiable);
  EXPECT_EQ(parse_range("bytes=-0", 10).kind, RangeRequest::Kind::kUnsatisfiable);
  EXPECT_EQ(parse_range("bytes=0-", 0).kind, RangeRequest::Kind::kUnsatisfiable);
}

TEST(Checksums, GiveThePublishedCheckValues) {
  auto value = [](std::string_view name, std::size_t piece) {
    auto checksum = make_checksum(name);
    std::string_view text = "123456789";
    while (!text.empty()) {
      std::string_view part = text.substr(0, piece);
      checksum->update(as_byte_span(part));
      text.remove_prefix(part.size());
    }
    return hex_encode(as_byte_span(checksum->finish()));
  };
  for (std::size_t piece : {1U, 4U, 9U}) {
    EXPECT_EQ(value("crc32", piece), "cbf43926");
    EXPECT_EQ(value("crc32c", piece), "e3069283");
    EXPECT_EQ(value("crc64nvme", piece), "ae8b14860a799888");
  }
  EXPECT_EQ(make_checksum("crc16"), nullptr);
  EXPECT_EQ(checksum_member("crc64nvme"), "ChecksumCRC64NVME");
}

}  // namespace
}  // namespace botocxx::objectscale
