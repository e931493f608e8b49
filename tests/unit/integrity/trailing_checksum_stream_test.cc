#include "integrity/trailing_checksum_stream.h"

#include "unit/integrity/sample_bodies.h"
#include <botocxx/server/chunked_payload.h>

#include <gtest/gtest.h>

namespace botocxx::integrity {
namespace {

constexpr std::size_t kMebi = 1024 * 1024;

std::string framed(Body body, std::size_t by = 4096) {
  TrailingChecksumStream stream(std::move(body), ChecksumAlgorithm::kCrc32, "x-amz-checksum-crc32");
  return read_by(stream, by).value();
}

TEST(TrailingChecksumStream, FramesASmallBodyAsBotocoreDoes) {
  EXPECT_EQ(framed(Body("hello")), "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n");
}

TEST(TrailingChecksumStream, AnEmptyBodyIsTheLastChunkAlone) {
  EXPECT_EQ(framed(Body()), "0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n");
  EXPECT_EQ(framed(Body(std::make_shared<TextStream>(""))),
            "0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n");
}

TEST(TrailingChecksumStream, ShortReadsOfTheSourceMakeNoShortChunks) {
  auto source = std::make_shared<TextStream>(std::string(100, 'x'));
  EXPECT_EQ(framed(Body(source)).substr(0, 4), "64\r\n");
}

TEST(TrailingChecksumStream, ChunksAreOneMebibyteAndTheLastIsTheRest) {
  for (bool streamed : {false, true}) {
    for (std::size_t size : {kMebi - 1, kMebi, kMebi + 1, 2 * kMebi + 5}) {
      std::string text(size, 'x');
      auto source = std::make_shared<TextStream>(text);
      source->piece = 70'000;
      std::string frame = framed(streamed ? Body(source) : Body(text), 65'536);
      std::string_view left = frame;
      for (std::size_t rest = size; rest > 0;) {
        std::size_t chunk = std::min(rest, kMebi);
        char line[16];
        std::snprintf(line, sizeof line, "%zx\r\n", chunk);
        ASSERT_TRUE(left.starts_with(line)) << size;
        left.remove_prefix(std::string_view(line).size() + chunk);
        ASSERT_TRUE(left.starts_with("\r\n")) << size;
        left.remove_prefix(2);
        rest -= chunk;
      }
      EXPECT_TRUE(left.starts_with("0\r\nx-amz-checksum-crc32:")) << size;
    }
  }
}

TEST(TrailingChecksumStream, BuffersOfAnySizeGiveTheSameOctets) {
  const std::string whole = framed(Body(std::string(5000, 'y')), 100'000);
  for (std::size_t by : {1U, 2U, 3U, 7U, 4096U, 5011U}) {
    EXPECT_EQ(framed(Body(std::string(5000, 'y')), by), whole) << by;
  }
}

TEST(TrailingChecksumStream, ReadsTheSameAgainAfterRewinding) {
  auto source = std::make_shared<TextStream>("some content");
  TrailingChecksumStream stream(Body(source), ChecksumAlgorithm::kSha256, "x-amz-checksum-sha256");
  ASSERT_TRUE(stream.can_rewind());
  const std::string whole = read_by(stream, 100).value();
  ASSERT_TRUE(stream.rewind());
  EXPECT_EQ(read_by(stream, 100).value(), whole);
  ASSERT_TRUE(stream.rewind());
  std::string few(9, '\0');  // within the content
  ASSERT_TRUE(stream.read(std::as_writable_bytes(std::span(few))));
  ASSERT_TRUE(stream.rewind());
  EXPECT_EQ(read_by(stream, 100).value(), whole);
}

TEST(TrailingChecksumStream, RewindsOnlyWhereTheContentDoes) {
  auto source = std::make_shared<TextStream>("once");
  source->rewindable = false;
  TrailingChecksumStream stream(Body(source), ChecksumAlgorithm::kCrc32, "x");
  EXPECT_FALSE(stream.can_rewind());
  EXPECT_EQ(stream.rewind().error().code(), "UnseekableStream");
}

TEST(TrailingChecksumStream, PassesTheSourcesErrorOn) {
  auto source = std::make_shared<TextStream>(std::string(100, 'x'));
  source->fails_at = 50;
  TrailingChecksumStream stream(Body(source), ChecksumAlgorithm::kCrc32, "x");
  EXPECT_EQ(read_by(stream, 100).error().code(), "Broken");
}

TEST(TrailingChecksumStream, AContentThatIsNotAsLongAsItSaidNeverEndsWell) {
  for (std::uint64_t said : {0U, 99U, 101U, 5'000'000U}) {
    auto source = std::make_shared<TextStream>(std::string(100, 'x'));
    source->said_size = said;
    TrailingChecksumStream stream(Body(source), ChecksumAlgorithm::kCrc32, "x");
    auto read = read_by(stream, 64);
    ASSERT_FALSE(read) << said;
    EXPECT_EQ(read.error().code(), "IncompleteBody");
    EXPECT_NE(read.error().message().find(std::to_string(said)), std::string::npos);
  }
}

TEST(TrailingChecksumStream, ASourceThatHasEndedIsNotAskedAgain) {
  auto source = std::make_shared<TextStream>("abc");
  TrailingChecksumStream stream(Body(source), ChecksumAlgorithm::kCrc32, "x");
  ASSERT_TRUE(read_by(stream, 64));
  ASSERT_TRUE(read_by(stream, 64).value().empty());
  EXPECT_EQ(source->reads_at_end, 1);
}

TEST(TrailingChecksumStream, AServerTakesItApartAgain) {
  std::string text(3'000'000, 'z');
  std::string content;
  ChunkedPayload payload({}, [&](std::span<const std::byte> piece) -> Result<void> {
    content.append(reinterpret_cast<const char*>(piece.data()), piece.size());
    return {};
  });
  std::string frame = framed(Body(text));
  ASSERT_TRUE(payload.feed(std::as_bytes(std::span(frame))));
  ASSERT_TRUE(payload.finish());
  EXPECT_EQ(content, text);
  EXPECT_TRUE(payload.trailers().contains("x-amz-checksum-crc32"));
}

}  // namespace
}  // namespace botocxx::integrity
