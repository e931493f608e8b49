#include <botocxx/transport/recorded_http_client.h>

#include <gtest/gtest.h>

namespace botocxx {
namespace {

HttpRequest make_request(std::string_view url, Body body = {}) {
  HttpRequest request;
  request.method = "PUT";
  request.url = Url::parse(url).value();
  request.body = std::move(body);
  return request;
}

TEST(RecordedHttpClient, AnswersInOrderAndRemembersWhatWasAsked) {
  RecordedHttpClient client;
  client.add_response(200, {}, "one");
  client.add_error(Error(ErrorKind::kTimeout, "ReadTimeout", "slow"));
  auto stream = Body::from_callback([left = 1](std::span<std::byte> out) mutable {
    if (left-- == 0) return Result<std::size_t>(std::size_t{0});
    out[0] = std::byte{'x'};
    return Result<std::size_t>(std::size_t{1});
  });
  EXPECT_EQ(client.send(make_request("http://h/1", stream), {}).value().body.bytes(), "one");
  EXPECT_EQ(client.send(make_request("http://h/2"), {}).error().code(), "ReadTimeout");
  ASSERT_EQ(client.requests().size(), 2U);
  EXPECT_EQ(client.requests()[0].body.bytes(), "x");
  EXPECT_EQ(client.requests()[1].url.path, "/2");
  EXPECT_EQ(client.remaining(), 0U);
}

TEST(RecordedHttpClient, DeliversAStreamWhenAskedForOne) {
  RecordedHttpClient client;
  client.add_response(200, {}, "body");
  SendOptions options;
  options.stream_response = true;
  Body body = client.send(make_request("http://h/"), options).value().body;
  EXPECT_TRUE(body.is_stream());
  EXPECT_EQ(body.size(), 4U);
  EXPECT_EQ(body.read_all().value(), "body");
}

TEST(RecordedHttpClient, AnEmptyQueueIsAnErrorThatNamesTheRequest) {
  RecordedHttpClient client;
  auto response = client.send(make_request("http://h/k?Signature=secret"), {});
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().message(),
            "no response is recorded for PUT http://h/k?Signature=<redacted>");
}

TEST(RecordedHttpClient, HonoursTheLimitAndAStop) {
  RecordedHttpClient client;
  client.add_response(200, {}, "body");
  SendOptions options;
  options.body_limit = 3;
  EXPECT_EQ(client.send(make_request("http://h/"), options).error().code(), "BodyTooLarge");
  std::stop_source stop;
  stop.request_stop();
  options.stop = stop.get_token();
  EXPECT_EQ(client.send(make_request("http://h/"), options).error().kind(), ErrorKind::kCancelled);
}

}  // namespace
}  // namespace botocxx
