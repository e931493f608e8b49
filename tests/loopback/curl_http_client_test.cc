// The real HTTP client against a server in this process.
#include "loopback/http_server.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/transport/http_client.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace botocxx {
namespace {

using std::chrono::milliseconds;
using test::HttpServer;
using test::ServerConnection;
using test::ServerRequest;
using testing::HasSubstr;
using testing::Not;
using SteadyClock = std::chrono::steady_clock;

HttpRequest make_request(std::string method, std::string_view url, Body body = {},
                         std::vector<Headers::Field> headers = {}) {
  HttpRequest request;
  request.method = std::move(method);
  request.url = Url::parse(url).value();
  for (auto& field : headers) request.headers.add(field.name, field.value);
  request.body = std::move(body);
  return request;
}

SendOptions streaming() {
  SendOptions options;
  options.stream_response = true;
  return options;
}

// Answers every request with what the server saw of it.
void echo(ServerConnection& connection) {
  while (auto request = connection.read_request()) {
    connection.respond(200, fmt::format("{}\r\n\r\n{}", request->head, request->body));
  }
}

std::string echoed(const HttpRequest& request) {
  HttpServer server(echo);
  auto copy = request;
  copy.url.port = std::to_string(server.port());
  return make_curl_http_client()->send(copy, {}).value().body.bytes();
}

/// `size` octets made as they are read; counts how often it was rewound.
class PatternStream : public ByteStream {
 public:
  explicit PatternStream(std::uint64_t size, bool known = true) : size_(size), known_(known) {}
  Result<std::size_t> read(std::span<std::byte> out) override {
    std::size_t count = std::min<std::uint64_t>(out.size(), size_ - at_);
    for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<std::byte>((at_ + i) % 251);
    at_ += count;
    return count;
  }
  std::optional<std::uint64_t> size() const override {
    return known_ ? std::optional(size_ - at_) : std::nullopt;
  }
  bool can_rewind() const override { return true; }
  Result<void> rewind() override {
    at_ = 0;
    ++rewinds;
    return {};
  }
  int rewinds = 0;

 private:
  std::uint64_t size_, at_ = 0;
  bool known_;
};

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

// --- What goes out

TEST(CurlHttpClient, SendsTheHeadersAsGivenAndNoOthers) {
  std::string seen = echoed(make_request("GET", "http://127.0.0.1:1/path?x=1", {},
                                         {{"X-One", "1"}, {"X-Empty", ""}, {"x-one", "2"}}));
  EXPECT_THAT(seen, testing::MatchesRegex("GET /path\\?x=1 HTTP/1.1\r\n"
                                          "Host: 127.0.0.1:[0-9]+\r\n"
                                          "X-One: 1\r\nX-Empty:\r\nx-one: 2\r\n\r\n"));
}

TEST(CurlHttpClient, LeavesTheTargetUntouched) {
  for (std::string target : {"/a//b/./c/../d%2F%7e%zz/'()*!", "//", "/..", "/?",
                             "/a?b=c?d&e=/../%20+", "/\xc3\xa4", "/a;b=c,d@e:f|g^h`i{j}"}) {
    std::string seen = echoed(make_request("GET", "http://127.0.0.1:1" + target));
    EXPECT_EQ(seen.substr(0, seen.find('\r')), "GET " + target + " HTTP/1.1");
  }
}

TEST(CurlHttpClient, EmptyBodiesAnnounceTheirLengthWhereBotocoreDoes) {
  for (std::string method : {"PUT", "POST", "DELETE", "PATCH"}) {
    EXPECT_THAT(echoed(make_request(method, "http://127.0.0.1:1/")),
                testing::AllOf(testing::StartsWith(method + " /"),
                               HasSubstr("Content-Length: 0\r\n"), Not(HasSubstr("Content-Type"))));
  }
  for (std::string method : {"GET", "OPTIONS"}) {
    EXPECT_THAT(echoed(make_request(method, "http://127.0.0.1:1/")),
                testing::AllOf(testing::StartsWith(method + " /"), Not(HasSubstr("Content-"))));
  }
}

TEST(CurlHttpClient, SendsBodiesOfEveryKindWithLengthAndWithoutExpect) {
  for (std::size_t size : {1U, 1000U, 3'000'000U}) {
    Body in_memory(std::string(size, 'x'));
    Body streamed(std::make_shared<PatternStream>(size));
    for (const Body& body : {in_memory, streamed}) {
      for (std::string method : {"PUT", "POST", "GET", "DELETE"}) {
        ASSERT_TRUE(body.rewind());
        std::string seen = echoed(make_request(method, "http://127.0.0.1:1/", body));
        std::string head = seen.substr(0, seen.find("\r\n\r\n"));
        EXPECT_THAT(head, testing::AllOf(testing::StartsWith(method + " /"),
                                         HasSubstr(fmt::format("Content-Length: {}", size)),
                                         Not(HasSubstr("Expect")), Not(HasSubstr("Accept")),
                                         Not(HasSubstr("Content-Type"))));
        EXPECT_EQ(seen.size(), head.size() + 4 + size);
      }
    }
  }
}

TEST(CurlHttpClient, ABodyOfUnknownLengthOrAskedForSoGoesOutInChunks) {
  auto unknown = make_request("PUT", "http://127.0.0.1:1/",
                              Body(std::make_shared<PatternStream>(100'000, false)));
  auto asked =
      make_request("PUT", "http://127.0.0.1:1/", Body("hello"), {{"Transfer-Encoding", "chunked"}});
  for (const auto& [request, size] : {std::pair(unknown, 100'000U), std::pair(asked, 5U)}) {
    std::string seen = echoed(request);
    std::size_t head = seen.find("\r\n\r\n");
    EXPECT_THAT(seen.substr(0, head), testing::AllOf(HasSubstr("Transfer-Encoding: chunked"),
                                                     Not(HasSubstr("Content-Length"))));
    EXPECT_EQ(seen.size(), head + 4 + size);
  }
}

TEST(CurlHttpClient, RefusesWhatWouldBreakTheHead) {
  auto client = make_curl_http_client();
  std::vector<HttpRequest> bad;
  bad.push_back(make_request("GET", "http://127.0.0.1:1/", {}, {{"X", "a\r\nY: b"}}));
  bad.push_back(make_request("GET", "http://127.0.0.1:1/", {}, {{"X:Y", "a"}}));
  bad.push_back(make_request("GET /x HTTP/1.1\r\n", "http://127.0.0.1:1/"));
  bad.push_back(make_request("GET", "http://127.0.0.1:1/"));
  bad.back().url.path = "/a b";
  bad.push_back(make_request("PUT", "http://127.0.0.1:1/", Body("abc"), {{"Content-Length", "4"}}));
  bad.push_back(make_request("HEAD", "http://127.0.0.1:1/", Body("abc")));
  for (const HttpRequest& request : bad) {
    auto response = client->send(request, {});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind(), ErrorKind::kUsage) << response.error().describe();
  }
}

// --- What comes back

TEST(CurlHttpClient, DeliversStatusReasonHeadersAndBodyUndecoded) {
  HttpServer server([](ServerConnection& c) {
    while (c.read_request()) {
      c.respond(404, "\x1f\x8b not really gzip",
                "Content-Encoding: gzip\r\nX-A: 1\r\nx-a:2 \r\nX-Folded: one\r\n\t two\r\n");
    }
  });
  auto response = make_curl_http_client()->send(make_request("GET", server.url()), {}).value();
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.reason, "Reason 404");
  EXPECT_EQ(response.body.bytes(), "\x1f\x8b not really gzip");
  EXPECT_EQ(response.headers.joined("X-A"), "1, 2");
  EXPECT_EQ(response.headers.get("X-Folded"), "one two");
}

TEST(CurlHttpClient, FollowsNoRedirect) {
  HttpServer server([](ServerConnection& c) {
    while (c.read_request()) c.respond(301, "moved", "Location: /elsewhere\r\n");
  });
  auto response = make_curl_http_client()->send(make_request("GET", server.url()), {}).value();
  EXPECT_EQ(response.status, 301);
  EXPECT_EQ(response.headers.get("Location"), "/elsewhere");
}

TEST(CurlHttpClient, HeadHasALengthButNoBody) {
  HttpServer server([](ServerConnection& c) {
    while (auto request = c.read_request()) {
      EXPECT_EQ(request->method, "HEAD");
      c.write("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n");
    }
  });
  auto client = make_curl_http_client();
  for (int i = 0; i < 3; ++i) {
    auto response = client->send(make_request("HEAD", server.url()), streaming()).value();
    EXPECT_EQ(response.headers.get("Content-Length"), "1234");
    EXPECT_EQ(response.body.read_all().value(), "");
  }
  EXPECT_EQ(server.accepted(), 1);
}

TEST(CurlHttpClient, JoinsChunksAndIgnoresTrailersAndInterimAnswers) {
  HttpServer server([](ServerConnection& c) {
    while (c.read_request()) {
      c.write(
          "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n"
          "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;ext=1\r\n world\r\n0\r\n"
          "X-Trailer: t\r\n\r\n");
    }
  });
  auto client = make_curl_http_client();
  for (auto options : {SendOptions(), streaming()}) {
    auto response = client->send(make_request("GET", server.url()), options).value();
    EXPECT_EQ(response.status, 200);
    EXPECT_FALSE(response.headers.contains("Link"));
    EXPECT_FALSE(response.headers.contains("X-Trailer"));
    EXPECT_EQ(response.body.read_all().value(), "hello world");
  }
  EXPECT_EQ(server.accepted(), 1);
}

TEST(CurlHttpClient, ReadsABodyThatEndsWithTheConnection) {
  HttpServer server([](ServerConnection& c) {
    c.read_request();
    c.write("HTTP/1.1 200 OK\r\n\r\nuntil the end");
  });
  auto client = make_curl_http_client();
  for (auto options : {SendOptions(), streaming()}) {
    auto response = client->send(make_request("GET", server.url()), options).value();
    EXPECT_EQ(response.body.read_all().value(), "until the end");
  }
}

TEST(CurlHttpClient, TakesManyAndLargeHeadersButNoEndlessHead) {
  HttpServer server([](ServerConnection& c) {
    while (auto request = c.read_request()) {
      if (request->target == "/large") {
        c.respond(200, "ok", fmt::format("X-Large: {}\r\n", std::string(60'000, 'h')));
        continue;
      }
      c.write("HTTP/1.1 200 OK\r\n");
      while (c.write(fmt::format("X-Endless: {}\r\n", std::string(1000, 'h')))) {
      }
    }
  });
  auto client = make_curl_http_client();
  auto large = client->send(make_request("GET", server.url("/large")), {}).value();
  EXPECT_EQ(large.headers.get("X-Large")->size(), 60'000U);
  auto endless = client->send(make_request("GET", server.url("/endless")), {});
  ASSERT_FALSE(endless);
  EXPECT_EQ(endless.error().kind(), ErrorKind::kTransport) << endless.error().describe();
}

TEST(CurlHttpClient, RefusesABodyOverTheLimit) {
  HttpServer server([](ServerConnection& c) {
    while (c.read_request()) c.respond(200, std::string(100'000, 'x'));
  });
  SendOptions options;
  options.body_limit = 99'999;
  auto response = make_curl_http_client()->send(make_request("GET", server.url()), options);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code(), "BodyTooLarge");
  options.body_limit = 100'000;
  EXPECT_TRUE(make_curl_http_client()->send(make_request("GET", server.url()), options));
}

// --- Connections

TEST(CurlHttpClient, KeepsAConnectionAlsoAfterErrorsAndStreamsReadToTheEnd) {
  HttpServer server([](ServerConnection& c) {
    while (auto request = c.read_request())
      c.respond(request->target == "/bad" ? 403 : 200, "body");
  });
  auto client = make_curl_http_client();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(client->send(make_request("GET", server.url("/bad")), {}).value().status, 403);
    EXPECT_EQ(client->send(make_request("PUT", server.url(), Body("x")), {}).value().status, 200);
    auto response = client->send(make_request("GET", server.url()), streaming()).value();
    EXPECT_EQ(response.body.stream()->size(), 4U);
    EXPECT_EQ(response.body.read_all().value(), "body");
  }
  EXPECT_EQ(server.accepted(), 1);
}

TEST(CurlHttpClient, AnAbandonedStreamClosesItsConnection) {
  std::atomic<bool> closed = false;
  HttpServer server([&](ServerConnection& c) {
    c.read_request();
    if (c.number() > 0) return (void)c.respond(200, "second");
    c.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\npart");
    closed = c.has_ended(milliseconds(5000));
  });
  auto client = make_curl_http_client();
  {
    auto response = client->send(make_request("GET", server.url()), streaming()).value();
    std::byte one;
    EXPECT_EQ(response.body.stream()->read({&one, 1}).value(), 1U);
  }
  EXPECT_EQ(client->send(make_request("GET", server.url()), {}).value().body.bytes(), "second");
  while (!closed) std::this_thread::sleep_for(milliseconds(1));
  EXPECT_EQ(server.accepted(), 2);
}

TEST(CurlHttpClient, AStreamMayOutliveItsClient) {
  HttpServer server([](ServerConnection& c) {
    while (c.read_request()) c.respond(200, std::string(1'000'000, 'x'));
  });
  Body body;
  body = make_curl_http_client()->send(make_request("GET", server.url()), streaming()).value().body;
  EXPECT_EQ(body.read_all().value().size(), 1'000'000U);
}

TEST(CurlHttpClient, ANewConnectionReplacesOneThatDiedWhileItWasIdle) {
  HttpServer server([](ServerConnection& c) {
    auto request = c.read_request();
    if (request) c.respond(200, request->body);
  });
  auto client = make_curl_http_client();
  auto stream = std::make_shared<PatternStream>(100'000);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(stream->rewind());
    auto response = client->send(make_request("PUT", server.url(), Body(stream)), {});
    ASSERT_TRUE(response) << response.error().describe();
    EXPECT_EQ(response->body.bytes().size(), 100'000U);
    std::this_thread::sleep_for(milliseconds(20));
  }
  EXPECT_EQ(server.accepted(), 3);
}

TEST(CurlHttpClient, KeepsAtMostTheAskedNumberOfIdleConnections) {
  std::atomic<int> open = 0;
  HttpServer server([&](ServerConnection& c) {
    ++open;
    while (c.read_request()) {
      std::this_thread::sleep_for(milliseconds(50));
      c.respond(200, "x");
    }
    --open;
  });
  HttpClientOptions options;
  options.max_pool_connections = 2;
  auto client = make_curl_http_client(options);
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] { EXPECT_TRUE(client->send(make_request("GET", server.url()), {})); });
  }
  for (auto& thread : threads) thread.join();
  for (int i = 0; i < 200 && open > 2; ++i) std::this_thread::sleep_for(milliseconds(10));
  EXPECT_EQ(open, 2);
}

TEST(CurlHttpClient, ServesManyThreadsAndServersAtOnce) {
  HttpServer first(echo), second(echo);
  auto client = make_curl_http_client();
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 30; ++i) {
        const HttpServer& server = (t + i) % 2 ? first : second;
        std::string target = fmt::format("/{}/{}", t, i);
        auto options = i % 3 ? SendOptions() : streaming();
        auto response =
            client->send(make_request("PUT", server.url(target), Body(target)), options);
        ASSERT_TRUE(response) << response.error().describe();
        std::string body = response->body.read_all().value();
        EXPECT_THAT(body, testing::StartsWith("PUT " + target + " "));
        EXPECT_THAT(body, testing::EndsWith(target));
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_LE(first.accepted() + second.accepted(), 80);
}

TEST(CurlHttpClient, AChildProcessUsesNoConnectionOfItsParent) {
#if defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "fork() from a process with threads is out of the sanitizer's reach";
#endif
  HttpServer server([](ServerConnection& c) {
    while (c.read_request()) c.respond(200, std::to_string(c.number()));
  });
  auto client = make_curl_http_client();
  EXPECT_EQ(client->send(make_request("GET", server.url()), {}).value().body.bytes(), "0");
  pid_t child = ::fork();
  if (child == 0) {
    auto response = client->send(make_request("GET", server.url()), {});
    bool good = response && response->body.bytes() == "1";
    client.reset();
    ::_exit(good ? 0 : 1);
  }
  int status = 1;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(client->send(make_request("GET", server.url()), {}).value().body.bytes(), "0");
}

// --- Streams

TEST(CurlHttpClient, AReaderHoldsBackAFastServerAndMemoryStaysFlat) {
  constexpr std::uint64_t kSize = 64ULL << 20;
  HttpServer server([&](ServerConnection& c) {
    if (!c.read_request()) return;
    c.write(fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", kSize));
    std::string piece(1 << 16, 'x');
    for (std::uint64_t sent = 0; sent < kSize && c.write(piece);) sent += piece.size();
  });
  auto client = make_curl_http_client();
  const std::size_t before = memory_kib();
  auto response = client->send(make_request("GET", server.url()), streaming()).value();
  std::this_thread::sleep_for(milliseconds(100));
  std::vector<std::byte> piece(100'000);
  std::uint64_t total = 0;
  std::size_t highest = 0;
  while (true) {
    EXPECT_EQ(response.body.stream()->size(), kSize - total);
    std::size_t got = response.body.stream()->read(piece).value();
    if (got == 0) break;
    EXPECT_TRUE(std::all_of(piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(got),
                            [](std::byte b) { return b == std::byte{'x'}; }));
    total += got;
    if (total % 16 == 0) highest = std::max(highest, memory_kib());
  }
  EXPECT_EQ(total, kSize);
  EXPECT_LT(highest, before + 8 * 1024);
}

TEST(CurlHttpClient, UploadsAStreamPieceByPieceWithFlatMemory) {
  constexpr std::uint64_t kSize = 64ULL << 20;
  std::atomic<std::uint64_t> received = 0;
  HttpServer server([&](ServerConnection& c) {
    auto request = c.read_head();
    if (!request) return;
    EXPECT_EQ(request->headers.get("Content-Length"), std::to_string(kSize));
    while (received < kSize) {
      std::size_t got = c.read_some(1 << 20);
      if (got == 0) return;
      received += got;
    }
    c.respond(200, "done");
  });
  const std::size_t before = memory_kib();
  auto body = Body(std::make_shared<PatternStream>(kSize));
  auto response = make_curl_http_client()->send(make_request("PUT", server.url(), body), {});
  ASSERT_TRUE(response) << response.error().describe();
  EXPECT_EQ(received, kSize);
  EXPECT_LT(memory_kib(), before + 8 * 1024);
}

TEST(CurlHttpClient, ASlowBodyArrivesInPiecesAsItIsSent) {
  HttpServer server([](ServerConnection& c) {
    c.read_request();
    c.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
    for (const char* piece : {"one", "two", "six"}) {
      std::this_thread::sleep_for(milliseconds(60));
      c.write(piece);
    }
  });
  SendOptions options = streaming();
  options.read_timeout = milliseconds(2000);
  auto response = make_curl_http_client()->send(make_request("GET", server.url()), options).value();
  std::byte piece[100];
  std::vector<std::string> pieces;
  while (std::size_t got = response.body.stream()->read(piece).value()) {
    pieces.emplace_back(as_text(std::span(piece).first(got)));
  }
  EXPECT_THAT(pieces, testing::ElementsAre("one", "two", "six"));
}

TEST(CurlHttpClient, ABodyCutShortIsAnErrorHoweverItIsRead) {
  HttpServer server([](ServerConnection& c) {
    auto request = c.read_request();
    if (!request) return;
    c.write(request->target == "/length"
                ? "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"
                : "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nhello");
  });
  auto client = make_curl_http_client();
  for (std::string target : {"/length", "/chunks"}) {
    auto whole = client->send(make_request("GET", server.url(target)), {});
    ASSERT_FALSE(whole);
    EXPECT_EQ(whole.error().code(), "ConnectionClosed");
    auto stream = client->send(make_request("GET", server.url(target)), streaming()).value().body;
    std::byte piece[100];
    EXPECT_EQ(stream.stream()->read(piece).value(), 5U);
    for (int again = 0; again < 2; ++again) {
      auto got = stream.stream()->read(piece);
      ASSERT_FALSE(got);
      EXPECT_EQ(got.error().code(), target == "/length" ? "IncompleteRead" : "ResponseStreaming");
    }
  }
  auto stream = client->send(make_request("GET", server.url("/length")), streaming()).value().body;
  auto all = stream.read_all();
  ASSERT_FALSE(all);
  EXPECT_EQ(all.error().message(), "5 read, but total bytes expected is 10.");
}

// --- 100-continue

TEST(CurlHttpClient, WaitsForContinueOnlyWhenTheRequestSaysSo) {
  HttpServer server([&](ServerConnection& c) {
    while (auto request = c.read_head()) {
      EXPECT_EQ(request->headers.get("Expect"), "100-continue");
      std::this_thread::sleep_for(milliseconds(50));
      c.write("HTTP/1.1 100 Continue\r\n\r\n");
      c.read_body(*request);
      c.respond(200, request->body);
    }
  });
  auto client = make_curl_http_client();
  for (Body body : {Body("hello"), Body(std::make_shared<PatternStream>(5))}) {
    auto request = make_request("PUT", server.url(), body, {{"Expect", "100-continue"}});
    auto response = client->send(request, {}).value();
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body.bytes().size(), 5U);
  }
}

TEST(CurlHttpClient, AFinalAnswerInPlaceOfContinueKeepsTheBodyHere) {
  HttpServer server([&](ServerConnection& c) {
    while (auto request = c.read_head()) {
      c.respond(403, "no");
      if (c.has_ended(milliseconds(300))) return;
    }
  });
  auto stream = std::make_shared<PatternStream>(1000);
  auto request = make_request("PUT", server.url(), Body(stream), {{"Expect", "100-continue"}});
  auto response = make_curl_http_client()->send(request, {}).value();
  EXPECT_EQ(response.status, 403);
  EXPECT_EQ(response.body.bytes(), "no");
  EXPECT_EQ(stream->size(), 1000U);
}

TEST(CurlHttpClient, ARefusedExpectationIsAnAnswerLikeAnyOther) {
  std::atomic<int> requests = 0;
  HttpServer server([&](ServerConnection& c) {
    while (c.read_head()) {
      ++requests;
      c.respond(417, "no");
      if (c.has_ended(milliseconds(300))) return;
    }
  });
  auto request = make_request("PUT", server.url(), Body("hello"), {{"Expect", "100-continue"}});
  EXPECT_EQ(make_curl_http_client()->send(request, {}).value().status, 417);
  EXPECT_EQ(requests, 1);
}

TEST(CurlHttpClient, WithoutContinueTheBodyGoesOutAfterASecond) {
  HttpServer server(echo);
  auto request = make_request("PUT", server.url(), Body("hello"), {{"Expect", "100-continue"}});
  auto begin = SteadyClock::now();
  EXPECT_EQ(make_curl_http_client()->send(request, {}).value().status, 200);
  EXPECT_LT(SteadyClock::now() - begin, milliseconds(3000));
}

// --- Failures

TEST(CurlHttpClient, NobodyListeningIsAnEndpointConnectionError) {
  int port = 0;
  {
    HttpServer server(echo);
    port = server.port();
  }
  auto url = fmt::format("http://127.0.0.1:{}/b/k?X-Amz-Signature=0123abcd&x=1", port);
  auto response = make_curl_http_client()->send(make_request("GET", url), {});
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind(), ErrorKind::kTransport);
  EXPECT_EQ(response.error().code(), "EndpointConnection");
  EXPECT_EQ(response.error().message(),
            fmt::format("Could not connect to the endpoint URL: "
                        "\"http://127.0.0.1:{}/b/k?X-Amz-Signature=<redacted>&x=1\"",
                        port));
  EXPECT_THAT(response.error().describe(), Not(HasSubstr("0123abcd")));
}

TEST(CurlHttpClient, AnUnknownHostIsAnEndpointConnectionError) {
  auto response =
      make_curl_http_client()->send(make_request("GET", "http://no-such-host.invalid/"), {});
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code(), "EndpointConnection") << response.error().describe();
}

TEST(CurlHttpClient, AConnectionThatEndsBeforeAnAnswerIsClosed) {
  HttpServer server([](ServerConnection& c) {
    auto request = c.read_request();
    if (!request || request->target == "/silent") return;
    if (request->target == "/reset") return c.reset();
    if (request->target == "/half") return (void)c.write("HTTP/1.1 200 OK\r\nX: ");
    c.write("this is not HTTP\r\n\r\n");
  });
  auto client = make_curl_http_client();
  for (std::string target : {"/silent", "/reset", "/half", "/garbage"}) {
    auto response = client->send(make_request("GET", server.url(target)), {});
    ASSERT_FALSE(response) << target;
    EXPECT_EQ(response.error().code(), "ConnectionClosed") << response.error().describe();
    EXPECT_EQ(response.error().message(),
              "Connection was closed before we received a valid response from endpoint URL: \"" +
                  server.url(target) + "\".");
  }
}

TEST(CurlHttpClient, PlainTextWhereTlsIsExpectedIsAnSslError) {
  HttpServer server([](ServerConnection& c) {
    c.read_some(100);
    c.write("HTTP/1.1 400 Bad Request\r\n\r\n");
  });
  auto url = fmt::format("https://127.0.0.1:{}/", server.port());
  auto response = make_curl_http_client()->send(make_request("GET", url), {});
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code(), "SSL") << response.error().describe();
  EXPECT_THAT(response.error().message(),
              testing::StartsWith("SSL validation failed for " + url + " "));
}

TEST(CurlHttpClient, AMissingBundleIsAnSslError) {
  HttpServer server(echo);
  HttpClientOptions options;
  options.ca_bundle = "/nowhere/bundle.pem";
  auto url = fmt::format("https://127.0.0.1:{}/", server.port());
  auto response = make_curl_http_client(options)->send(make_request("GET", url), {});
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code(), "SSL") << response.error().describe();
}

TEST(CurlHttpClient, AnErrorOfTheRequestsBodyIsReportedAsItIs) {
  HttpServer server(echo);
  auto client = make_curl_http_client();
  auto failing = Body::from_callback(
      [](std::span<std::byte>) -> Result<std::size_t> {
        return Error(ErrorKind::kUsage, "FileAccess", "disk is gone");
      },
      1000);
  auto throwing = Body::from_callback(
      [](std::span<std::byte>) -> Result<std::size_t> { throw std::runtime_error("thrown"); },
      1000);
  auto shorter = Body::from_callback(
      [](std::span<std::byte>) { return Result<std::size_t>(std::size_t{0}); }, 1000);
  auto code = [&](const Body& body) {
    return client->send(make_request("PUT", server.url(), body), {}).error().code();
  };
  EXPECT_EQ(code(failing), "FileAccess");
  EXPECT_EQ(code(throwing), "HTTPClient");
  EXPECT_EQ(code(shorter), "BodyTooShort");
}

// --- Time

template <typename F>
milliseconds time_of(F&& f) {
  auto begin = SteadyClock::now();
  f();
  return std::chrono::duration_cast<milliseconds>(SteadyClock::now() - begin);
}

void stall(ServerConnection& connection) {
  auto request = connection.read_request();
  if (!request) return;
  if (request->target == "/body") {
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
  }
  connection.has_ended(milliseconds(5000));
}

TEST(CurlHttpClient, SilenceLongerThanTheReadTimeoutEndsTheWait) {
  HttpServer server(stall);
  auto client = make_curl_http_client();
  SendOptions options;
  options.read_timeout = milliseconds(150);
  for (std::string target : {"/head", "/body"}) {
    auto took = time_of([&] {
      auto response = client->send(make_request("GET", server.url(target)), options);
      ASSERT_FALSE(response);
      EXPECT_EQ(response.error().kind(), ErrorKind::kTimeout);
      EXPECT_EQ(response.error().message(),
                "Read timeout on endpoint URL: \"" + server.url(target) + "\"");
    });
    EXPECT_GE(took, milliseconds(150));
    EXPECT_LT(took, milliseconds(1000));
  }
  options.stream_response = true;
  auto stream = client->send(make_request("GET", server.url("/body")), options).value().body;
  auto all = stream.read_all();
  ASSERT_FALSE(all);
  EXPECT_EQ(all.error().code(), "ReadTimeout");
}

TEST(CurlHttpClient, TheReadersOwnTimeCountsForNoTimeout) {
  HttpServer server([](ServerConnection& c) {
    if (!c.read_request()) return;
    c.write("HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n");
    const std::string piece(100'000, 'x');
    for (int i = 0; i < 100 && c.write(piece); ++i) {
    }
  });
  SendOptions options = streaming();
  options.read_timeout = milliseconds(300);
  auto stream =
      make_curl_http_client()->send(make_request("GET", server.url()), options).value().body;
  std::byte one;
  EXPECT_EQ(stream.stream()->read({&one, 1}).value(), 1U);
  std::this_thread::sleep_for(milliseconds(700));
  EXPECT_EQ(stream.read_all().value().size(), 9'999'999U);
}

TEST(CurlHttpClient, AnAddressThatNeverAnswersIsAConnectTimeout) {
  // A listener whose queue is full answers no further SYN.
  int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&place), sizeof place), 0);
  ::listen(listener, 0);
  socklen_t size = sizeof place;
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&place), &size);
  std::vector<int> fillers;
  for (int i = 0; i < 4; ++i) {
    fillers.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
    (void)::connect(fillers.back(), reinterpret_cast<sockaddr*>(&place), sizeof place);
  }
  auto url = fmt::format("http://127.0.0.1:{}/", ntohs(place.sin_port));
  SendOptions options;
  options.connect_timeout = milliseconds(200);
  auto response = make_curl_http_client()->send(make_request("GET", url), options);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code(), "ConnectTimeout");
  EXPECT_EQ(response.error().message(), "Connect timeout on endpoint URL: \"" + url + "\"");
  for (int filler : fillers) ::close(filler);
  ::close(listener);
}

TEST(CurlHttpClient, TheDeadlineEndsAnExchangeThatIsNotSilent) {
  HttpServer server([](ServerConnection& c) {
    c.read_request();
    c.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
    while (c.write("x")) std::this_thread::sleep_for(milliseconds(10));
  });
  SendOptions options;
  options.deadline = SteadyClock::now() + milliseconds(200);
  auto took = time_of([&] {
    auto response = make_curl_http_client()->send(make_request("GET", server.url()), options);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind(), ErrorKind::kTimeout);
    EXPECT_EQ(response.error().code(), "DeadlineExceeded");
  });
  EXPECT_LT(took, milliseconds(1000));
}

TEST(CurlHttpClient, AStopIsHonouredAtOnceWhereverTheExchangeIs) {
  HttpServer server(stall);
  auto client = make_curl_http_client();
  for (std::string target : {"/head", "/body"}) {
    std::stop_source stop;
    SendOptions options;
    options.stop = stop.get_token();
    SteadyClock::time_point stopped;
    std::jthread stopper([&] {
      std::this_thread::sleep_for(milliseconds(100));
      stopped = SteadyClock::now();
      stop.request_stop();
    });
    auto response = client->send(make_request("GET", server.url(target)), options);
    auto ended = SteadyClock::now();
    stopper.join();
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind(), ErrorKind::kCancelled);
    EXPECT_LT(ended - stopped, milliseconds(50));
  }
}

TEST(CurlHttpClient, AStopEndsTheReadingOfAStreamToo) {
  HttpServer server(stall);
  std::stop_source stop;
  SendOptions options = streaming();
  options.stop = stop.get_token();
  auto stream =
      make_curl_http_client()->send(make_request("GET", server.url("/body")), options).value().body;
  std::jthread stopper([&] {
    std::this_thread::sleep_for(milliseconds(50));
    stop.request_stop();
  });
  auto all = stream.read_all();
  ASSERT_FALSE(all);
  EXPECT_EQ(all.error().kind(), ErrorKind::kCancelled);
}

TEST(CurlHttpClient, AStopBeforeTheBeginSendsNothing) {
  HttpServer server(echo);
  std::stop_source stop;
  stop.request_stop();
  SendOptions options;
  options.stop = stop.get_token();
  auto response = make_curl_http_client()->send(make_request("GET", server.url()), options);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind(), ErrorKind::kCancelled);
  EXPECT_EQ(server.accepted(), 0);
}

// --- The log

TEST(CurlHttpClient, LogsHeadsWithoutSecrets) {
  HttpServer server(echo);
  std::string log;
  HttpClientOptions options;
  options.log = [&](std::string_view line) { log.append(line).append("\n"); };
  auto request =
      make_request("PUT", server.url("/k?X-Amz-Signature=sec-ret1&a=b"), Body("sec-ret-body"),
                   {{"Authorization",
                     "AWS4-HMAC-SHA256 Credential=AKID/x, SignedHeaders=host, Signature=sec-ret2"},
                    {"X-Amz-Security-Token", "sec-ret3"},
                    {"x-amz-server-side-encryption-customer-key", "sec-ret4"},
                    {"X-Plain", "plain"}});
  EXPECT_TRUE(make_curl_http_client(options)->send(request, {}));
  EXPECT_THAT(log, HasSubstr("> PUT /k?X-Amz-Signature=<redacted>&a=b HTTP/1.1\n"));
  EXPECT_THAT(log, HasSubstr("> Authorization: AWS4-HMAC-SHA256 Credential=AKID/x, "
                             "SignedHeaders=host, Signature=<redacted>\n"));
  EXPECT_THAT(log, HasSubstr("> X-Plain: plain\n"));
  EXPECT_THAT(log, HasSubstr("< HTTP/1.1 200 Reason 200\n"));
  EXPECT_THAT(log, Not(HasSubstr("sec-ret")));
}

}  // namespace
}  // namespace botocxx
