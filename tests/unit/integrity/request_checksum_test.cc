#include "integrity/request_checksum.h"

#include "unit/integrity/sample_bodies.h"

#include <gtest/gtest.h>

namespace botocxx::integrity {
namespace {

using enum ChecksumAlgorithm;

RequestChecksum in_header() {
  return {kCrc32, ChecksumPlace::kHeader, "x-amz-checksum-crc32", false, {}};
}
RequestChecksum in_trailer() {
  return {kCrc32, ChecksumPlace::kTrailer, "x-amz-checksum-crc32", false, {}};
}

HttpRequest request(Body body) {
  HttpRequest made;
  made.method = "PUT";
  made.body = std::move(body);
  return made;
}

TEST(RequestChecksumInHeader, IsThatOfTheBodyWhichIsReadFromItsBeginningAfterwards) {
  auto source = std::make_shared<TextStream>("hello");
  for (Body body : {Body("hello"), Body(source)}) {
    HttpRequest sent = request(body);
    EXPECT_TRUE(apply_request_checksum(in_header(), sent).value());
    EXPECT_EQ(sent.headers.get("x-amz-checksum-crc32"), "NhCmhg==");
    EXPECT_EQ(sent.headers.size(), 1U);
    EXPECT_EQ(sent.body.read_all().value(), "hello");
  }
}

TEST(RequestChecksumInHeader, ABodyThatCanBeReadOnceIsRefusedUnread) {
  auto source = std::make_shared<TextStream>("hello");
  source->rewindable = false;
  HttpRequest sent = request(Body(source));
  auto applied = apply_request_checksum(in_header(), sent);
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error().code(), "UnseekableStream");
  EXPECT_EQ(source->at, 0U);
}

TEST(RequestChecksumInHeader, IsLeftOutOfSuchABodyWhereNobodyNeedsIt) {
  auto source = std::make_shared<TextStream>("hello");
  source->rewindable = false;
  HttpRequest sent = request(Body(source));
  RequestChecksum checksum = in_header();
  checksum.optional = true;
  checksum.announcement = {"x-algorithm", "CRC32"};
  EXPECT_FALSE(apply_request_checksum(checksum, sent).value());
  EXPECT_TRUE(sent.headers.empty());
  EXPECT_EQ(source->at, 0U);
}

TEST(RequestChecksumInHeader, AFailureOfTheBodyIsTheCallsFailure) {
  auto source = std::make_shared<TextStream>("hello");
  source->fails_at = 0;
  HttpRequest sent = request(Body(source));
  EXPECT_EQ(apply_request_checksum(in_header(), sent).error().code(), "Broken");
}

TEST(RequestChecksumInTrailer, ChangesTheHeadAndFramesTheBody) {
  HttpRequest sent = request(Body("hello"));
  sent.headers.set("Content-Length", "5");
  sent.headers.set("Content-Encoding", "gzip");
  RequestChecksum checksum = in_trailer();
  checksum.announcement = {"x-algorithm", "CRC32"};
  EXPECT_TRUE(apply_request_checksum(checksum, sent).value());
  Headers expected;
  expected.set("Content-Encoding", "gzip,aws-chunked");
  expected.set("Transfer-Encoding", "chunked");
  expected.set("X-Amz-Trailer", "x-amz-checksum-crc32");
  expected.set("X-Amz-Decoded-Content-Length", "5");
  expected.set("x-algorithm", "CRC32");
  EXPECT_EQ(sent.headers, expected);
  EXPECT_FALSE(sent.body.size());
  EXPECT_EQ(sent.body.read_all().value(),
            "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n");
}

TEST(RequestChecksumInTrailer, TheContentsLengthIsTheBodysElseTheCallersElseUnsaid) {
  auto source = std::make_shared<TextStream>("hello");
  HttpRequest unsaid = request(Body(source));
  ASSERT_TRUE(apply_request_checksum(in_trailer(), unsaid));
  EXPECT_FALSE(unsaid.headers.contains("X-Amz-Decoded-Content-Length"));
  HttpRequest stated = request(Body(source));
  stated.headers.set("content-length", "17");
  ASSERT_TRUE(apply_request_checksum(in_trailer(), stated));
  EXPECT_EQ(stated.headers.get("X-Amz-Decoded-Content-Length"), "17");
  EXPECT_FALSE(stated.headers.contains("Content-Length"));
  source->said_size = 5;
  HttpRequest known = request(Body(source));
  known.headers.set("Content-Length", "17");
  ASSERT_TRUE(apply_request_checksum(in_trailer(), known));
  EXPECT_EQ(known.headers.get("X-Amz-Decoded-Content-Length"), "5");
}

TEST(RequestChecksumInTrailer, ABodyIsNotReadBeforeItIsSent) {
  auto source = std::make_shared<TextStream>("hello");
  source->rewindable = false;
  HttpRequest sent = request(Body(source));
  ASSERT_TRUE(apply_request_checksum(in_trailer(), sent));
  EXPECT_EQ(source->at, 0U);
  EXPECT_FALSE(sent.body.can_rewind());
}

TEST(RequestChecksum, AValueThatIsThereAlreadyStays) {
  for (RequestChecksum checksum : {in_header(), in_trailer()}) {
    HttpRequest sent = request(Body("hello"));
    sent.headers.set("X-Amz-Checksum-CRC32", "mine");
    checksum.announcement = {"x-algorithm", "CRC32"};
    EXPECT_TRUE(apply_request_checksum(checksum, sent).value());
    EXPECT_EQ(sent.headers.get("x-amz-checksum-crc32"), "mine");
    EXPECT_EQ(sent.headers.get("x-algorithm"), "CRC32");
    EXPECT_EQ(sent.headers.size(), 2U);
    EXPECT_EQ(sent.body.read_all().value(), "hello");
  }
}

}  // namespace
}  // namespace botocxx::integrity
