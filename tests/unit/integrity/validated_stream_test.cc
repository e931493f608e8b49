#include "integrity/validated_stream.h"

#include "unit/integrity/sample_bodies.h"

#include <gtest/gtest.h>

namespace botocxx::integrity {
namespace {

using enum ChecksumAlgorithm;

const ExpectedChecksum kOfHello{kCrc32, "NhCmhg=="};

Headers headers(std::initializer_list<Headers::Field> fields) {
  Headers made;
  for (const Headers::Field& field : fields) made.add(field.name, field.value);
  return made;
}

TEST(ValidatedStream, ARightBodyPassesUnchanged) {
  for (Body body : {Body("hello"), Body(std::make_shared<TextStream>("hello"))}) {
    Body checked = validated(body, kOfHello);
    EXPECT_EQ(checked.read_all().value(), "hello");
  }
}

TEST(ValidatedStream, AWrongBodyFailsWhereItsEndIsRead) {
  auto stream = validated(Body("jello"), kOfHello).stream();
  std::string piece(5, '\0');
  auto buffer = std::as_writable_bytes(std::span(piece));
  EXPECT_EQ(stream->read(buffer).value(), 5U);
  auto end = stream->read(buffer);
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().code(), "FlexibleChecksum");
  EXPECT_EQ(end.error().message(),
            "Expected checksum NhCmhg== did not match calculated checksum: TND15g==");
  EXPECT_FALSE(stream->read(buffer)) << "it stays wrong";
}

TEST(ValidatedStream, ARightBodysEndCanBeReadTwice) {
  auto stream = validated(Body("hello"), kOfHello).stream();
  ASSERT_EQ(read_by(*stream, 3).value(), "hello");
  EXPECT_EQ(read_by(*stream, 3).value(), "");
}

TEST(ValidatedStream, AReadForNothingIsNoEnd) {
  auto stream = validated(Body("jello"), kOfHello).stream();
  EXPECT_EQ(stream->read({}).value(), 0U);
  EXPECT_EQ(stream->read({}).value(), 0U);
}

TEST(ValidatedStream, AShorterOrLongerBodyIsWrong) {
  for (std::string text : {"", "hell", "hello!", "hellohello"}) {
    auto read = validated(Body(std::make_shared<TextStream>(text)), kOfHello).read_all();
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code(), "FlexibleChecksum");
  }
}

TEST(ValidatedStream, AFailureOfTheBodyIsNotCoveredUp) {
  auto source = std::make_shared<TextStream>("hello");
  source->piece = 2;
  source->fails_at = 2;
  EXPECT_EQ(validated(Body(source), kOfHello).read_all().error().code(), "Broken");
}

TEST(ValidatedStream, StartsOverWhenRewound) {
  auto source = std::make_shared<TextStream>("hello");
  Body body = validated(Body(source), kOfHello);
  ASSERT_EQ(body.read_all().value(), "hello");
  ASSERT_TRUE(body.rewind());
  EXPECT_EQ(body.read_all().value(), "hello");
}

TEST(ValidatedStream, KnowsAsMuchOfItsSizeAsTheBody) {
  EXPECT_EQ(validated(Body("hello"), kOfHello).size(), 5U);
  auto source = std::make_shared<TextStream>("hello");
  EXPECT_FALSE(validated(Body(source), kOfHello).size());
}

TEST(ExpectedChecksum, TheFirstAlgorithmOfTheListCountsWhateverTheHeadersOrder) {
  const ChecksumAlgorithm list[] = {kCrc64Nvme, kCrc32};
  auto found = find_expected_checksum(
      list, headers({{"X-Amz-Checksum-Crc32", "a"}, {"x-amz-checksum-crc64nvme", "b"}}));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->algorithm, kCrc64Nvme);
  EXPECT_EQ(found->value, "b");
}

TEST(ExpectedChecksum, ThatOfPartsIsPassedOverForTheNext) {
  const ChecksumAlgorithm list[] = {kCrc32c, kCrc32};
  auto found = find_expected_checksum(
      list, headers({{"x-amz-checksum-crc32c", "AAAA==-3"}, {"x-amz-checksum-crc32", "b"}}));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->algorithm, kCrc32);
  EXPECT_FALSE(find_expected_checksum(list, headers({{"x-amz-checksum-crc32", "b-12"}})));
}

TEST(ExpectedChecksum, WhatIsNotOnTheListOrNotThereIsNone) {
  const ChecksumAlgorithm list[] = {kCrc32};
  EXPECT_FALSE(find_expected_checksum(list, headers({{"x-amz-checksum-sha1", "b"}})));
  EXPECT_FALSE(find_expected_checksum({}, headers({{"x-amz-checksum-crc32", "b"}})));
}

TEST(ExpectedChecksum, AValueThatIsNoBase64FitsNothing) {
  for (std::string value : {"", "=", "NhCmhg", "N*Cmhg==", "NhCmhg==NhCmhg=="}) {
    auto checked = check({kCrc32, value}, "hello");
    ASSERT_FALSE(checked) << value;
    EXPECT_EQ(checked.error().code(), "FlexibleChecksum");
  }
  EXPECT_TRUE(check({kCrc32, "NhCmhg=="}, "hello"));
}

}  // namespace
}  // namespace botocxx::integrity
