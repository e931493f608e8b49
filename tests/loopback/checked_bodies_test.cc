// Bodies with checksums over real connections, in constant memory.
#include "integrity/request_checksum.h"
#include "integrity/validated_stream.h"
#include "loopback/http_server.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/transport/http_client.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <string>

namespace botocxx {
namespace {

using integrity::Checksum;
using integrity::ChecksumAlgorithm;
using integrity::ChecksumPlace;
using test::HttpServer;
using test::ServerConnection;

constexpr std::uint64_t kLarge = 192ULL * 1024 * 1024;
constexpr std::size_t kMostExtraKib = 16 * 1024;

// Zero under the address sanitizer, which keeps freed memory for a while.
std::size_t memory_kib() {
#if defined(__SANITIZE_ADDRESS__)
  return 0;
#endif
  std::size_t size = 0;
  if (FILE* file = std::fopen("/proc/self/status", "r")) {
    char line[256];
    while (std::fgets(line, sizeof line, file)) {
      if (std::sscanf(line, "VmRSS: %zu", &size) == 1) break;
    }
    std::fclose(file);
  }
  return size;
}

// A piece of 64 KiB, over and over; made from a callback, so that it can be read once only.
const std::string& piece() {
  static const std::string made = [] {
    std::string text(65'536, '\0');
    for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>(i * 7 % 251);
    return text;
  }();
  return made;
}

Body large_body(std::size_t* most_memory) {
  auto at = std::make_shared<std::uint64_t>(0);
  auto read = [at, most_memory](std::span<std::byte> out) -> Result<std::size_t> {
    std::size_t count = std::min<std::uint64_t>({out.size(), piece().size(), kLarge - *at});
    std::copy_n(as_byte_span(piece()).begin(), count, out.begin());
    *at += count;
    *most_memory = std::max(*most_memory, memory_kib());
    return count;
  };
  return Body::from_callback(read, kLarge);
}

std::string checksum_of_large(ChecksumAlgorithm algorithm) {
  Checksum checksum(algorithm);
  std::size_t memory = 0;
  auto copied = large_body(&memory).copy_to([&](std::span<const std::byte> octets) {
    checksum.update(octets);
    return Result<void>();
  });
  copied.value();
  return base64_encode(as_byte_span(checksum.finish()));
}

HttpRequest request(std::string method, const HttpServer& server, Body body = {}) {
  HttpRequest made;
  made.method = std::move(method);
  made.url = Url::parse(server.url()).value();
  made.body = std::move(body);
  return made;
}

TEST(CheckedBodies, ALargeUploadFromACallbackEndsWithItsChecksumInConstantMemory) {
  std::string head, tail;
  std::uint64_t received = 0;
  HttpServer server([&](ServerConnection& connection) {
    auto read = connection.read_head();
    if (!read) return;
    head = read->head;
    // What is read here is not kept, so that the memory measured is the client's. The test ends by
    // the last HTTP chunk, which stands alone.
    while (!tail.ends_with("\r\n0\r\n\r\n")) {
      std::string octets = connection.read_piece(65'536);
      if (octets.empty()) return;
      received += octets.size();
      tail += octets;
      if (tail.size() > 200) tail.erase(0, tail.size() - 200);
    }
    connection.respond(200, "");
  });
  const std::string expected = checksum_of_large(ChecksumAlgorithm::kCrc64Nvme);
  const std::size_t before = memory_kib();
  std::size_t most = 0;
  HttpRequest sent = request("PUT", server, large_body(&most));
  ASSERT_TRUE(integrity::apply_request_checksum({ChecksumAlgorithm::kCrc64Nvme,
                                                 ChecksumPlace::kTrailer,
                                                 "x-amz-checksum-crc64nvme",
                                                 false,
                                                 {}},
                                                sent));
  auto response = make_curl_http_client()->send(sent, {});
  ASSERT_TRUE(response) << response.error().describe();
  EXPECT_EQ(response->status, 200);
  EXPECT_THAT(head, testing::HasSubstr(fmt::format("X-Amz-Decoded-Content-Length: {}", kLarge)));
  EXPECT_THAT(head, testing::HasSubstr("Transfer-Encoding: chunked"));
  EXPECT_THAT(head, testing::Not(testing::HasSubstr("\r\nContent-Length: ")));
  EXPECT_THAT(tail, testing::HasSubstr("x-amz-checksum-crc64nvme:" + expected));
  EXPECT_GT(received, kLarge);
  EXPECT_LT(most, before + kMostExtraKib);
}

struct Download {
  std::optional<Error> error;
  std::uint64_t size = 0;
  std::size_t extra_kib = 0;
};

Download download(const std::string& checksum) {
  HttpServer server([&](ServerConnection& connection) {
    if (!connection.read_request()) return;
    connection.write(fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", kLarge));
    for (std::uint64_t at = 0; at < kLarge; at += piece().size()) connection.write(piece());
  });
  const std::size_t before = memory_kib();
  SendOptions options;
  options.stream_response = true;
  auto response = make_curl_http_client()->send(request("GET", server), options).value();
  Body body = integrity::validated(response.body, {ChecksumAlgorithm::kCrc32c, checksum});
  Download done;
  auto copied = body.copy_to([&](std::span<const std::byte> octets) {
    done.size += octets.size();
    std::size_t now = memory_kib();
    if (now > before) done.extra_kib = std::max(done.extra_kib, now - before);
    return Result<void>();
  });
  if (!copied) done.error = copied.error();
  return done;
}

TEST(CheckedBodies, ALargeDownloadIsComparedInConstantMemory) {
  Download right = download(checksum_of_large(ChecksumAlgorithm::kCrc32c));
  EXPECT_FALSE(right.error);
  EXPECT_EQ(right.size, kLarge);
  EXPECT_LT(right.extra_kib, kMostExtraKib);
}

TEST(CheckedBodies, AWrongDownloadFailsAtItsEnd) {
  Download wrong = download("AAAAAA==");
  ASSERT_TRUE(wrong.error);
  EXPECT_EQ(wrong.error->code(), "FlexibleChecksum");
  EXPECT_EQ(wrong.size, kLarge);
}

}  // namespace
}  // namespace botocxx
