#include "integrity/request_compression.h"

#include "integrity/gzip.h"
#include "model/compressed.h"
#include "unit/integrity/sample_bodies.h"
#include "unit/integrity/sample_operations.h"

#include <gtest/gtest.h>

namespace botocxx::integrity {
namespace {

constexpr std::string_view kTakesGzip =
    R"("requestcompression": {"encodings": ["brotli", "gzip"]})";

struct Case {
  explicit Case(std::string_view traits = kTakesGzip, bool streaming = false,
                std::string_view body_traits = "")
      : sample(traits, streaming, body_traits) {
    request.body = Body(std::string(20'000, 'x'));
  }
  bool compress() { return compress_request(sample.operation(), settings, request).value(); }

  SampleOperation sample;
  CompressionSettings settings;
  HttpRequest request;
};

TEST(Gzip, GivesTheSameOctetsEveryTimeAndBackAgain) {
  for (std::size_t size : {0U, 1U, 1000U, 65'535U, 65'536U, 65'537U, 1'000'000U}) {
    std::string text(size, '\0');
    std::uint32_t state = 7;
    for (char& c : text) c = static_cast<char>((state = state * 1664525U + 1013904223U) >> 30);
    std::string compressed = gzip(text).value();
    EXPECT_EQ(gzip(text).value(), compressed);
    EXPECT_EQ(model::gunzip(compressed).value(), text);
  }
}

TEST(Gzip, AStreamGivesWhatItsContentInMemoryGives) {
  std::string text(300'000, 'a');
  for (std::size_t i = 0; i < text.size(); i += 7) text[i] = static_cast<char>(i % 200);
  auto source = std::make_shared<TextStream>(text);
  source->piece = 777;
  auto stream = make_gzip_stream(Body(source)).value();
  const std::string whole = gzip(text).value();
  for (std::size_t by : {1U, 100U, 100'000U}) {
    EXPECT_EQ(read_by(*stream, by).value(), whole) << by;
    ASSERT_TRUE(stream->rewind());
  }
}

TEST(Gzip, AStreamPassesErrorsOnAndRewindsOnlyWhereItsContentDoes) {
  auto source = std::make_shared<TextStream>(std::string(100, 'x'));
  source->rewindable = false;
  source->fails_at = 50;
  auto stream = make_gzip_stream(Body(source)).value();
  EXPECT_FALSE(stream->can_rewind());
  EXPECT_EQ(read_by(*stream, 64).error().code(), "Broken");
  EXPECT_EQ(stream->rewind().error().code(), "UnseekableStream");
}

TEST(RequestCompression, CompressesWhatIsLargeEnoughAndSaysSo) {
  Case large;
  EXPECT_TRUE(large.compress());
  EXPECT_EQ(large.request.headers.get("Content-Encoding"), "gzip");
  EXPECT_EQ(model::gunzip(large.request.body.bytes()).value(), std::string(20'000, 'x'));
}

TEST(RequestCompression, TheLeastSizeCountsItself) {
  Case edge;
  edge.settings.min_size = 20'000;
  EXPECT_TRUE(edge.compress());
  Case below;
  below.settings.min_size = 20'001;
  EXPECT_FALSE(below.compress());
  EXPECT_FALSE(below.request.headers.contains("Content-Encoding"));
  EXPECT_EQ(below.request.body.bytes().size(), 20'000U);
}

TEST(RequestCompression, GoesBehindAnEncodingThatIsThereAndDropsTheOldLength) {
  Case encoded;
  encoded.request.headers.set("Content-Encoding", "custom");
  encoded.request.headers.set("Content-Length", "20000");
  EXPECT_TRUE(encoded.compress());
  EXPECT_EQ(encoded.request.headers.get("Content-Encoding"), "custom,gzip");
  EXPECT_FALSE(encoded.request.headers.contains("Content-Length"));
}

TEST(RequestCompression, NothingHappensWhereItIsNotWanted) {
  Case disabled;
  disabled.settings.disabled = true;
  EXPECT_FALSE(disabled.compress());
  Case older;
  older.settings.signature_version = "v2";
  EXPECT_FALSE(older.compress());
  for (std::string_view traits : {"", R"("requestcompression": {"encodings": ["brotli"]})",
                                  R"("requestcompression": {})", R"("requestcompression": [])"}) {
    Case other(traits);
    EXPECT_FALSE(other.compress()) << traits;
  }
}

TEST(RequestCompression, AStreamingInputIsCompressedWhateverItsSize) {
  Case small(kTakesGzip, true);
  small.request.body = Body("tiny");
  EXPECT_TRUE(small.compress());
  Case streamed(kTakesGzip, true);
  streamed.request.body = Body(std::make_shared<TextStream>("tiny"));
  EXPECT_TRUE(streamed.compress());
  EXPECT_FALSE(streamed.request.body.size());
  EXPECT_EQ(model::gunzip(streamed.request.body.read_all().value()).value(), "tiny");
}

TEST(RequestCompression, AStreamingInputThatNeedsItsLengthStaysAsItIs) {
  Case sized(kTakesGzip, true, R"(, "requiresLength": true)");
  EXPECT_FALSE(sized.compress());
}

TEST(RequestCompression, ABodyOfUnknownSizeWithoutStreamingInputStaysAsItIs) {
  Case unknown;
  unknown.request.body = Body(std::make_shared<TextStream>(std::string(20'000, 'x')));
  EXPECT_FALSE(unknown.compress());
}

}  // namespace
}  // namespace botocxx::integrity
