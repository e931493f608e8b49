// Event streams over real connections: a server in this process that says one thing at a time.
#include "loopback/http_server.h"
#include "unit/client/event_client.h"
#include "unit/protocol/event_messages.h"
#include <botocxx/transport/http_client.h>

#include <gtest/gtest.h>

#include <cstdio>
#include <semaphore>
#include <thread>

namespace botocxx {
namespace {

using protocol::octets_of;
using protocol::plain_event;
using test::HttpServer;
using test::ServerConnection;

constexpr std::string_view kHead =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nx-id: i\r\nx-amzn-requestid: r1\r\n\r\n";

std::string chunk(std::string_view octets) {
  char size[32];
  std::snprintf(size, sizeof size, "%zx\r\n", octets.size());
  return size + std::string(octets) + "\r\n";
}

std::string line(std::string text) { return octets_of({plain_event("Line", std::move(text))}); }

Response tail(const HttpServer& server, std::shared_ptr<HttpClient> http = make_curl_http_client(),
              const CallOptions& options = {}) {
  Client client = make_event_client("rest-xml", server.url(""), std::move(http));
  return client.call("Tail", Value::object(), options).value();
}

std::string text_of(const Result<std::optional<Value>>& event) {
  if (!event) return event.error().code();
  return *event ? std::string((*event)->at("Line.Text").as_string()) : "end";
}

std::size_t memory_kib() {
#if defined(__SANITIZE_ADDRESS__)
  return 0;  // it keeps freed memory for a while
#endif
  std::size_t size = 0;
  if (FILE* file = std::fopen("/proc/self/status", "r")) {
    char text[256];
    while (std::fgets(text, sizeof text, file)) {
      if (std::sscanf(text, "VmRSS: %zu", &size) == 1) break;
    }
    std::fclose(file);
  }
  return size;
}

TEST(EventStreamOverHttp, GivesEachEventBeforeTheNextIsSent) {
  std::binary_semaphore go_on(0);
  HttpServer server([&](ServerConnection& c) {
    c.read_request();
    c.write(kHead);
    for (std::string text : {"one", "two", "three"}) {
      c.write(chunk(line(text)));
      go_on.acquire();
    }
    c.write("0\r\n\r\n");
  });
  Response response = tail(server);
  EXPECT_EQ(response["Id"], Value("i"));
  for (const char* text : {"one", "two", "three"}) {
    EXPECT_EQ(text_of(response.events().next()), text);
    go_on.release();
  }
  EXPECT_EQ(text_of(response.events().next()), "end");
}

TEST(EventStreamOverHttp, JoinsEventsThatDripOctetByOctet) {
  HttpServer server([](ServerConnection& c) {
    c.read_request();
    c.write(kHead);
    for (char octet : line("slow") + line("slower")) c.write(chunk({&octet, 1}));
    c.write("0\r\n\r\n");
  });
  Response response = tail(server);
  EXPECT_EQ(text_of(response.events().next()), "slow");
  EXPECT_EQ(text_of(response.events().next()), "slower");
  EXPECT_EQ(text_of(response.events().next()), "end");
}

TEST(EventStreamOverHttp, KeepsTheConnectionOfAStreamThatWasReadToItsEnd) {
  HttpServer server([](ServerConnection& c) {
    while (c.read_request()) c.write(std::string(kHead) + chunk(line("x")) + "0\r\n\r\n");
  });
  auto http = make_curl_http_client();
  for (int i = 0; i < 3; ++i) {
    Response response = tail(server, http);
    while (response.events().next().value()) {
    }
  }
  EXPECT_EQ(server.accepted(), 1);
}

TEST(EventStreamOverHttp, DropsTheConnectionOfAStreamThatIsLeft) {
  std::binary_semaphore gone(0);
  HttpServer server([&](ServerConnection& c) {
    c.read_request();
    c.write(std::string(kHead) + chunk(line("first")));
    if (c.has_ended(std::chrono::seconds(10))) gone.release();
  });
  auto http = make_curl_http_client();
  {
    Response response = tail(server, http);
    EXPECT_EQ(text_of(response.events().next()), "first");
    response.events().close();
    EXPECT_TRUE(gone.try_acquire_for(std::chrono::seconds(10)));
    EXPECT_EQ(text_of(response.events().next()), "end");
  }
  { EXPECT_EQ(text_of(tail(server, http).events().next()), "first"); }
  EXPECT_TRUE(gone.try_acquire_for(std::chrono::seconds(10)));
}

TEST(EventStreamOverHttp, ReportsAResetAfterTheEventsThatCame) {
  std::binary_semaphore go_on(0);
  HttpServer server([&](ServerConnection& c) {
    c.read_request();
    c.write(std::string(kHead) + chunk(line("whole")) + chunk(line("cut").substr(0, 20)));
    go_on.acquire();
    c.reset();
  });
  Response response = tail(server);
  EXPECT_EQ(text_of(response.events().next()), "whole");
  go_on.release();
  auto cut = response.events().next();
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().kind(), ErrorKind::kTransport) << cut.error().describe();
  EXPECT_EQ(cut.error().request_id(), "r1");
  EXPECT_EQ(text_of(response.events().next()), cut.error().code());
}

TEST(EventStreamOverHttp, ReportsAnEndThatComesBetweenChunksButWithinAMessage) {
  HttpServer server([](ServerConnection& c) {
    c.read_request();
    c.write(std::string(kHead) + chunk(line("whole") + line("cut").substr(0, 20)) + "0\r\n\r\n");
  });
  Response response = tail(server);
  EXPECT_EQ(text_of(response.events().next()), "whole");
  EXPECT_EQ(text_of(response.events().next()), "IncompleteRead");
}

TEST(EventStreamOverHttp, ReportsAConnectionThatEndsWithoutTheLastChunk) {
  HttpServer server([](ServerConnection& c) {
    c.read_request();
    c.write(std::string(kHead) + chunk(line("whole")));
    c.close();
  });
  Response response = tail(server);
  EXPECT_EQ(text_of(response.events().next()), "whole");
  auto end = response.events().next();
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().kind(), ErrorKind::kTransport);
}

TEST(EventStreamOverHttp, FindsDamage) {
  HttpServer server([](ServerConnection& c) {
    c.read_request();
    std::string damaged = line("damaged");
    damaged[damaged.size() - 6] ^= 1;
    c.write(std::string(kHead) + chunk(line("whole") + damaged + line("late")) + "0\r\n\r\n");
  });
  Response response = tail(server);
  EXPECT_EQ(text_of(response.events().next()), "whole");
  EXPECT_EQ(text_of(response.events().next()), "ChecksumMismatch");
  EXPECT_EQ(text_of(response.events().next()), "ChecksumMismatch");
}

TEST(EventStreamOverHttp, IsWokenByTheStopToken) {
  std::binary_semaphore done(0);
  HttpServer server([&](ServerConnection& c) {
    c.read_request();
    c.write(std::string(kHead) + chunk(line("one")));
    done.acquire();
  });
  std::stop_source stop;
  CallOptions options;
  options.stop = stop.get_token();
  Response response = tail(server, make_curl_http_client(), options);
  EXPECT_EQ(text_of(response.events().next()), "one");
  std::jthread other([&] { stop.request_stop(); });
  auto event = response.events().next();
  ASSERT_FALSE(event);
  EXPECT_EQ(event.error().kind(), ErrorKind::kCancelled);
  done.release();
}

TEST(EventStreamOverHttp, NeedsNoMoreMemoryForAHundredMebibytes) {
  constexpr int kEvents = 400;
  const std::string event = line(std::string(256 << 10, 'x'));
  HttpServer server([&](ServerConnection& c) {
    c.read_request();
    c.write(kHead);
    const std::string piece = chunk(event);
    for (int i = 0; i < kEvents && c.write(piece); ++i) {
    }
    c.write("0\r\n\r\n");
  });
  Response response = tail(server);
  std::size_t before = 0, highest = 0;
  int count = 0;
  for (Result<Value>& each : response.events()) {
    ASSERT_TRUE(each);
    EXPECT_EQ(each->at("Line.Text").size(), 256U << 10);
    if (++count == 10) before = memory_kib();
    highest = std::max(highest, memory_kib());
  }
  EXPECT_EQ(count, kEvents);
  EXPECT_LT(highest, before + 8 * 1024);
}

}  // namespace
}  // namespace botocxx
