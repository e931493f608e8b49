#include "unit/client/event_client.h"
#include "unit/client/stub_http_client.h"
#include "unit/protocol/event_messages.h"

#include <gtest/gtest.h>

#include <ranges>

namespace botocxx {
namespace {

using protocol::event_message;
using protocol::octets_of;
using protocol::plain_event;

static_assert(std::ranges::input_range<EventStream>);

class EventStreamOfAClient : public testing::Test {
 protected:
  Client make_client(std::string_view protocol) {
    return make_event_client(protocol, "https://tail.example", http_);
  }

  void answer(std::string octets, int status = 200) {
    HttpResponse response;
    response.status = status;
    response.headers.add("x-amzn-requestid", "request-1");
    response.headers.add("x-id", "head");
    response.body = Body(std::move(octets));
    http_->answers.push_back(std::move(response));
  }

  Response tail(std::string_view protocol = "rest-xml") {
    return make_client(protocol).call("Tail").value();
  }

  std::shared_ptr<StubHttpClient> http_ = std::make_shared<StubHttpClient>();
};

std::string texts(EventStream& events) {
  std::string out;
  for (Result<Value>& event : events) {
    out += event ? std::string(event->at("Line.Text").as_string()) : "!" + event.error().code();
  }
  return out;
}

TEST_F(EventStreamOfAClient, GivesTheEventsInOrderAndThenNothing) {
  answer(octets_of({plain_event("Line", "a"), plain_event("Unknown"), plain_event("Line", "b")}));
  Response response = tail();
  EXPECT_EQ(response.output(), (Value{{"Id", "head"}}));
  EXPECT_EQ(http_->streamed, std::vector<bool>{true});
  EXPECT_EQ(texts(response.events()), "ab");
  EXPECT_FALSE(response.events().next().value());
  EXPECT_EQ(texts(response.events()), "");
}

TEST_F(EventStreamOfAClient, MayOutliveItsResponseAndClient) {
  answer(octets_of({plain_event("Line", "a")}));
  std::optional<EventStream> events;
  {
    Response response = tail();
    events = std::move(response.events());
    EXPECT_FALSE(response.events().next().value());
  }
  EXPECT_EQ(texts(*events), "a");
}

TEST_F(EventStreamOfAClient, ReportsAnExceptionInTheStreamOnceInARangeAndThenForGood) {
  answer(octets_of({plain_event("Line", "a"),
                    event_message({{":message-type", "exception"}, {":exception-type", "Oops"}},
                                  "<Oops><message>no more</message></Oops>"),
                    plain_event("Line", "never seen")}));
  Response response = tail();
  EXPECT_EQ(texts(response.events()), "a!Oops");
  auto again = response.events().next();
  ASSERT_FALSE(again);
  const Error& error = again.error();
  EXPECT_EQ(error.kind(), ErrorKind::kService);
  EXPECT_EQ(error.message(), "no more");
  EXPECT_EQ(error.service(), "tail");
  EXPECT_EQ(error.operation(), "Tail");
  EXPECT_EQ(error.request_id(), "request-1");
  EXPECT_EQ(error.status(), 200);
  EXPECT_EQ(error.fields()->at("message"), Value("no more"));
}

TEST_F(EventStreamOfAClient, ReportsDamageAndATruncatedEnd) {
  std::string octets = octets_of({plain_event("Line", "a"), plain_event("Line", "b")});
  std::string damaged = octets;
  damaged[damaged.size() - 5] ^= 1;
  answer(damaged);
  EXPECT_EQ(texts(tail().events()), "a!ChecksumMismatch");
  answer(octets.substr(0, octets.size() - 1));
  Response response = tail();
  EXPECT_EQ(texts(response.events()), "a!IncompleteRead");
  EXPECT_EQ(response.events().next().error().operation(), "Tail");
}

TEST_F(EventStreamOfAClient, EndsWhereItIsClosed) {
  answer(octets_of({plain_event("Line", "a"), plain_event("Line", "b")}));
  Response response = tail();
  EXPECT_TRUE(response.events().next().value());
  response.events().close();
  response.events().close();
  EXPECT_FALSE(response.events().next().value());
}

TEST_F(EventStreamOfAClient, CanBeLeftInTheMiddleOfARange) {
  answer(octets_of({plain_event("Line", "a"), plain_event("Line", "b"), plain_event("Line", "c")}));
  Response response = tail();
  for (Result<Value>& event : response.events()) {
    if (event) break;
  }
  EXPECT_EQ(texts(response.events()), "bc");
}

TEST_F(EventStreamOfAClient, HasWhatCameFirstAsItsOutputInRpcProtocols) {
  std::string id = "\xa1\x62Id\x62xy";  // {"Id": "xy"}
  answer(octets_of({plain_event("initial-response", id), plain_event("Line", "a")}));
  Response response = tail("smithy-rpc-v2-cbor");
  EXPECT_EQ(response.output(), (Value{{"Id", "xy"}}));
  EXPECT_EQ(texts(response.events()), "a");
}

TEST_F(EventStreamOfAClient, NeedsTheInitialResponseInRpcProtocols) {
  Client client = make_client("smithy-rpc-v2-cbor");
  for (const std::string& octets : {octets_of({plain_event("Line", "a")}), std::string()}) {
    answer(octets);
    auto response = client.call("Tail");
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), "ResponseParser");
    EXPECT_EQ(response.error().request_id(), "request-1");
  }
}

TEST_F(EventStreamOfAClient, FailsTheCallWhereAnExceptionComesFirstInRpcProtocols) {
  answer(octets_of({event_message({{":message-type", "exception"}, {":exception-type", "Oops"}},
                                  "\xa1\x67message\x62no")}));
  auto response = make_client("smithy-rpc-v2-cbor").call("Tail");
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code(), "Oops");
  EXPECT_EQ(response.error().message(), "no");
  EXPECT_EQ(response.error().attempts(), 1);
}

TEST_F(EventStreamOfAClient, IsNoStreamWhereTheServiceRefuses) {
  answer("<Error><Code>Busy</Code></Error>", 503);
  auto response = make_client("rest-xml").call("Tail");
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code(), "Busy");
  EXPECT_EQ(response.error().status(), 503);
}

TEST_F(EventStreamOfAClient, IsAnErrorForOtherOperations) {
  answer("");
  Response response = make_client("rest-xml").call("Ping").value();
  auto event = response.events().next();
  ASSERT_FALSE(event);
  EXPECT_EQ(event.error().code(), "NoEventStream");
  EXPECT_EQ(event.error().operation(), "Ping");
  EXPECT_EQ(texts(response.events()), "!NoEventStream");
}

}  // namespace
}  // namespace botocxx
