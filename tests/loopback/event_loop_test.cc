// Many exchanges of one thread, against a server in this process.
#include "loopback/http_server.h"
#include <botocxx/transport/event_loop.h>
#include <botocxx/transport/http_client.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace botocxx {
namespace {

using std::chrono::milliseconds;
using test::HttpServer;
using test::ServerConnection;

HttpRequest get(const HttpServer& server, std::string_view target = "/") {
  HttpRequest request;
  request.method = "GET";
  request.url = Url::parse(server.url(target)).value();
  return request;
}

void answer_with_target(ServerConnection& connection) {
  while (auto request = connection.read_request()) connection.respond(200, request->target);
}

SendOptions streaming() {
  SendOptions options;
  options.stream_response = true;
  return options;
}

// The answer of one exchange, awaited on this thread while the loop runs on its own.
Result<HttpResponse> send_and_wait(const std::shared_ptr<EventLoop>& loop, HttpClient& client,
                                   HttpRequest request, SendOptions options = {}) {
  std::promise<Result<HttpResponse>> promise;
  auto future = promise.get_future();
  client.send_async(loop, std::move(request), std::move(options),
                    [&](Result<HttpResponse> response) { promise.set_value(std::move(response)); });
  return future.get();
}

TEST(EventLoop, AThousandExchangesAreInFlightOnTheThreadThatRunsIt) {
  std::latch all(1000);
  HttpServer server([&](ServerConnection& connection) {
    auto request = connection.read_request();
    if (!request) return;
    all.arrive_and_wait();  // nobody is answered before all have asked
    connection.respond(200, request->target);
  });
  auto loop = EventLoop::create();
  auto client = make_curl_http_client();
  auto caller = std::this_thread::get_id();
  int right = 0;
  for (int i = 0; i < 1000; ++i) {
    std::string target = fmt::format("/{}", i);
    client->send_async(loop, get(server, target), {}, [&, target](Result<HttpResponse> response) {
      EXPECT_EQ(std::this_thread::get_id(), caller);
      if (response && response->body.bytes() == target) ++right;
    });
  }
  loop->run();
  EXPECT_EQ(right, 1000);
}

TEST(EventLoop, KeepsConnectionsForTheNextExchanges) {
  HttpServer server(answer_with_target);
  auto loop = EventLoop::create();
  auto client = make_curl_http_client();
  int left = 20;
  std::function<void()> next = [&] {
    client->send_async(loop, get(server), {}, [&](Result<HttpResponse> response) {
      EXPECT_TRUE(response.has_value());
      if (--left > 0) next();
    });
  };
  next();
  loop->run();
  EXPECT_EQ(left, 0);
  EXPECT_EQ(server.accepted(), 1);
}

TEST(EventLoop, AFailedExchangeSaysWhyAndLeavesTheOthersAlone) {
  HttpServer server([](ServerConnection& connection) {
    auto request = connection.read_request();
    if (request && request->target == "/bad") return connection.reset();
    connection.respond(200, "good");
  });
  auto loop = EventLoop::start();
  auto client = make_curl_http_client();
  EXPECT_EQ(send_and_wait(loop, *client, get(server, "/bad")).error().code(), "ConnectionClosed");
  EXPECT_EQ(send_and_wait(loop, *client, get(server, "/good"))->body.bytes(), "good");
  auto request = get(server);
  request.headers.set("bad name", "x");
  EXPECT_EQ(send_and_wait(loop, *client, request).error().code(), "InvalidRequest");
}

TEST(EventLoop, DeadlineSilenceAndStopEndAnExchangeEachWithItsOwnError) {
  HttpServer server([](ServerConnection& connection) {
    connection.read_request();
    connection.has_ended(std::chrono::seconds(60));
  });
  auto loop = EventLoop::start();
  auto client = make_curl_http_client();
  SendOptions silence;
  silence.read_timeout = milliseconds(30);
  EXPECT_EQ(send_and_wait(loop, *client, get(server), silence).error().code(), "ReadTimeout");
  SendOptions late;
  late.deadline = std::chrono::steady_clock::now() + milliseconds(30);
  EXPECT_EQ(send_and_wait(loop, *client, get(server), late).error().code(), "DeadlineExceeded");
  std::stop_source stop;
  SendOptions stoppable;
  stoppable.stop = stop.get_token();
  std::jthread stopper([&] {
    std::this_thread::sleep_for(milliseconds(30));
    stop.request_stop();
  });
  EXPECT_EQ(send_and_wait(loop, *client, get(server), stoppable).error().code(), "Cancelled");
}

TEST(EventLoop, AStreamedBodyIsReadOnAnotherThreadAndHoldsTheServerBack) {
  constexpr std::size_t kPieces = 2000;
  const std::string piece(10'000, 'x');
  std::atomic<std::size_t> written = 0;
  HttpServer server([&](ServerConnection& connection) {
    connection.read_request();
    connection.write(
        fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", kPieces * piece.size()));
    for (std::size_t i = 0; i < kPieces && connection.write(piece); ++i) ++written;
  });
  auto loop = EventLoop::start();
  auto client = make_curl_http_client();
  SendOptions options = streaming();
  options.read_timeout = milliseconds(500);
  auto response = send_and_wait(loop, *client, get(server), options);
  ASSERT_TRUE(response.has_value());
  EXPECT_EQ(response->body.size(), kPieces * piece.size());
  // A reader's pause is nobody's timeout.
  std::this_thread::sleep_for(milliseconds(700));
  EXPECT_LT(written, kPieces);
  EXPECT_EQ(response->body.read_all().value().size(), kPieces * piece.size());
}

TEST(EventLoop, ABodyCutShortIsAnErrorOfItsReader) {
  HttpServer server([](ServerConnection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
  });
  auto loop = EventLoop::start();
  auto client = make_curl_http_client();
  auto response = send_and_wait(loop, *client, get(server), streaming());
  ASSERT_TRUE(response.has_value());
  auto body = response->body.read_all();
  ASSERT_FALSE(body.has_value());
  EXPECT_EQ(body.error().code(), "IncompleteRead");
}

TEST(EventLoop, AnAbandonedStreamEndsItsConnectionAndNoOther) {
  std::promise<void> ended;
  HttpServer server([&](ServerConnection& connection) {
    auto request = connection.read_request();
    if (request->target != "/endless") return connection.respond(200, "x"), void();
    connection.write("HTTP/1.1 200 OK\r\n\r\n");
    while (connection.write(std::string(1000, 'x'))) {
    }
    ended.set_value();
  });
  auto loop = EventLoop::start();
  auto client = make_curl_http_client();
  auto abandoned = send_and_wait(loop, *client, get(server, "/endless"), streaming());
  ASSERT_TRUE(abandoned.has_value());
  abandoned->body = Body();
  ended.get_future().wait();
  EXPECT_TRUE(send_and_wait(loop, *client, get(server)).has_value());
}

TEST(EventLoop, ReadingAStreamOnTheLoopsThreadIsRefusedInPlaceOfWaitingForever) {
  HttpServer server([](ServerConnection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
    connection.has_ended(std::chrono::seconds(60));
  });
  auto loop = EventLoop::create();
  auto client = make_curl_http_client();
  std::string code;
  client->send_async(loop, get(server), streaming(), [&](Result<HttpResponse> response) {
    code = response->body.read_all().error().code();
  });
  loop->run();
  EXPECT_EQ(code, "WouldBlock");
}

TEST(EventLoop, WhatIsInFlightWhenTheLoopGoesIsCancelled) {
  HttpServer server([](ServerConnection& connection) {
    connection.read_request();
    connection.has_ended(std::chrono::seconds(60));
  });
  auto client = make_curl_http_client();
  std::vector<std::string> codes;
  auto note = [&](Result<HttpResponse> response) { codes.push_back(response.error().code()); };
  auto loop = EventLoop::start();
  client->send_async(loop, get(server), {}, note);
  loop.reset();
  auto never_run = EventLoop::create();
  client->send_async(never_run, get(server), {}, note);
  never_run.reset();
  EXPECT_THAT(codes, testing::ElementsAre("Cancelled", "Cancelled"));
}

TEST(EventLoop, RunsTasksInTheOrderOfTheirTimesAndTheLoopMayEndOnItsOwnThread) {
  auto loop = EventLoop::create();
  std::string order;
  auto now = EventLoop::Clock::now();
  loop->post_at(now + milliseconds(20), [&] { order += 'c'; });
  loop->post_at(now + milliseconds(10), [&] { order += 'b'; });
  loop->post([&] {
    order += 'a';
    EXPECT_TRUE(loop->is_current_thread());
  });
  EXPECT_FALSE(loop->is_current_thread());
  loop->run();
  EXPECT_EQ(order, "abc");

  auto own = EventLoop::start();
  std::promise<void> dropped;
  EventLoop* raw = own.get();
  raw->post([held = std::move(own), &dropped]() mutable {
    held.reset();
    dropped.set_value();
  });
  dropped.get_future().wait();
}

}  // namespace
}  // namespace botocxx
