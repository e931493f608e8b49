// Calls that a loop drives, through a whole client and real connections.
#include "loopback/http_server.h"
#include <botocxx/events/payloads.h>
#include <botocxx/session/session.h>
#include <botocxx/transport/event_loop.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <coroutine>
#include <latch>
#include <string>
#include <thread>
#include <vector>

namespace botocxx {
namespace {

using std::chrono::milliseconds;
using test::HttpServer;
using test::ServerConnection;
using testing::ElementsAre;

Client table_client(const HttpServer& server) {
  SessionOptions options;
  options.read_configuration = false;
  options.region_name = "us-east-1";
  options.aws_access_key_id = "AKID";
  options.aws_secret_access_key = "SECRET";
  ClientOptions client;
  client.endpoint_url = server.url("");
  return Session::create(options).value().client("dynamodb", client).value();
}

constexpr std::string_view kTables = R"({"TableNames": ["a", "b"]})";

void answer_with_tables(ServerConnection& connection) {
  while (connection.read_request()) connection.respond(200, kTables);
}

// Instead of the client's own policy.
void retry_failures(Client& client, std::chrono::nanoseconds delay) {
  auto added = client.events().register_first("needs-retry.dynamodb", [delay](NeedsRetry& event) {
    if (event.error != nullptr) return event.retry_after(delay);
    event.stop();
  });
  ASSERT_TRUE(added.has_value());
}

/// A coroutine that nobody waits for.
struct Detached {
  struct promise_type {
    Detached get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

TEST(CallAsync, AFutureHasTheResultThatACallHas) {
  HttpServer server(answer_with_tables);
  Client client = table_client(server);
  CallFuture future = client.call_async("ListTables");
  Result<Response> response = future.get();
  ASSERT_TRUE(response.has_value()) << response.error().describe();
  EXPECT_EQ((*response)["TableNames"][1], Value("b"));
  EXPECT_EQ(future.get().error().code(), "ResultTaken");
}

TEST(CallAsync, AThousandCallsAreInFlightOnOneThread) {
  std::latch all(1000);
  HttpServer server([&](ServerConnection& connection) {
    if (!connection.read_request()) return;
    all.arrive_and_wait();
    connection.respond(200, kTables);
  });
  Client client = table_client(server);
  auto loop = EventLoop::create();
  int right = 0;
  for (int i = 0; i < 1000; ++i) {
    client.call_async("ListTables", Value::object(), {}, loop).then([&](Result<Response> response) {
      if (response && (*response)["TableNames"].size() == 2) ++right;
    });
  }
  loop->run();
  EXPECT_EQ(right, 1000);
}

TEST(CallAsync, ACoroutineGoesOnWithTheResult) {
  HttpServer server(answer_with_tables);
  Client client = table_client(server);
  auto loop = EventLoop::create();
  std::vector<std::string> seen;
  auto list_twice = [&]() -> Detached {
    for (int i = 0; i < 2; ++i) {
      Result<Response> response = co_await client.call_async("ListTables", {}, {}, loop);
      seen.emplace_back((*response)["TableNames"][0].as_string());
    }
    Result<Response> failed = co_await client.call_async("DescribeTable", {}, {}, loop);
    seen.push_back(failed.error().code());
  };
  list_twice();
  loop->run();
  EXPECT_THAT(seen, ElementsAre("a", "a", "ParamValidation"));
}

TEST(CallAsync, WhatFailsBeforeTheNetworkIsInTheFutureAtOnce) {
  HttpServer server(answer_with_tables);
  Client client = table_client(server);
  CallFuture invalid = client.call_async("DescribeTable", {{"TabelName", "x"}});
  EXPECT_TRUE(invalid.is_ready());
  EXPECT_EQ(invalid.get().error().code(), "ParamValidation");
  EXPECT_EQ(client.call_async("DescribeTabel").get().error().code(), "UnknownOperation");
  EXPECT_EQ(server.accepted(), 0);
}

TEST(CallAsync, AServicesErrorIsTheErrorOfACall) {
  HttpServer server([](ServerConnection& connection) {
    while (connection.read_request()) {
      connection.respond(400, R"({"__type": "x#ResourceNotFoundException", "message": "none"})");
    }
  });
  Client client = table_client(server);
  auto response = client.call_async("DescribeTable", {{"TableName", "table"}}).get();
  ASSERT_FALSE(response.has_value());
  EXPECT_TRUE(response.error().is("ResourceNotFoundException"));
  EXPECT_EQ(response.error().operation(), "DescribeTable");
}

TEST(CallAsync, TheLoopWaitsBetweenAttempts) {
  std::atomic<int> requests = 0;
  HttpServer server([&](ServerConnection& connection) {
    while (connection.read_request()) {
      connection.respond(++requests < 3 ? 500 : 200, kTables);
    }
  });
  Client client = table_client(server);
  retry_failures(client, milliseconds(1));
  auto loop = EventLoop::create();
  bool good = false;
  client.call_async("ListTables", {}, {}, loop).then([&](Result<Response> response) {
    good = response.has_value();
  });
  loop->run();
  EXPECT_TRUE(good);
  EXPECT_EQ(requests, 3);
}

TEST(CallAsync, AStopEndsTheWaitForTheNextAttempt) {
  HttpServer server([&](ServerConnection& connection) {
    while (connection.read_request()) connection.respond(500, "{}");
  });
  Client client = table_client(server);
  retry_failures(client, std::chrono::hours(1));
  std::stop_source stop;
  CallOptions options;
  options.stop = stop.get_token();
  CallFuture future = client.call_async("ListTables", {}, options);
  EXPECT_FALSE(future.wait_until(std::chrono::steady_clock::now() + milliseconds(50)));
  stop.request_stop();
  EXPECT_EQ(future.get().error().code(), "Cancelled");
}

TEST(CallAsync, AWaitBeyondTheDeadlineIsNotBegun) {
  HttpServer server([&](ServerConnection& connection) {
    while (connection.read_request()) connection.respond(500, "{}");
  });
  Client client = table_client(server);
  retry_failures(client, std::chrono::hours(1));
  CallOptions options;
  options.deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  auto response = client.call_async("ListTables", {}, options).get();
  ASSERT_FALSE(response.has_value());
  EXPECT_EQ(response.error().code(), "DeadlineExceeded");
}

TEST(CallAsync, WaitingOnTheLoopsOwnThreadIsRefused) {
  HttpServer server(answer_with_tables);
  Client client = table_client(server);
  auto loop = EventLoop::create();
  std::string code;
  loop->post([&] { code = client.call_async("ListTables", {}, {}, loop).get().error().code(); });
  loop->run();
  EXPECT_EQ(code, "WouldBlock");
}

TEST(CallAsync, CallsFromManyThreadsShareALoop) {
  HttpServer server(answer_with_tables);
  Client client = table_client(server);
  auto loop = EventLoop::start();
  std::atomic<int> right = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        for (int call = 0; call < 20; ++call) {
          if (client.call_async("ListTables", {}, {}, loop).get()) ++right;
        }
      });
    }
  }
  EXPECT_EQ(right, 160);
}

}  // namespace
}  // namespace botocxx
