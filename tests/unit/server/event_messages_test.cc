// Lists of events through the server's side and back through the client's.
#include "protocol/serializer.h"
#include "unit/client/event_client.h"
#include "unit/client/stub_http_client.h"
#include "unit/protocol/small_model.h"
#include <botocxx/server/service_codec.h>

#include <gtest/gtest.h>

namespace botocxx {
namespace {

Value two_lines() {
  return Value::list({{{"Line", {{"Text", "one"}}}}, {{"Line", {{"Text", "two"}}}}});
}

TEST(ServerEvents, AreReadAgainByTheClientInEveryProtocol) {
  for (std::string_view protocol : {"rest-xml", "rest-json", "json", "smithy-rpc-v2-cbor"}) {
    auto http = std::make_shared<StubHttpClient>();
    Client client = make_event_client(protocol, "https://tail.example", http);
    Operation tail = client.model().operation("Tail").value();
    Value output{{"Id", "i"}, {"Events", two_lines()}};
    auto answer = encode_response(tail, protocol, output);
    ASSERT_TRUE(answer) << protocol << answer.error().describe();
    EXPECT_EQ(answer->headers.get("Content-Type"), "application/vnd.amazon.eventstream");
    http->answers.push_back(*answer);
    auto response = client.call("Tail");
    ASSERT_TRUE(response) << protocol << response.error().describe();
    EXPECT_EQ(response->output(), (Value{{"Id", "i"}})) << protocol;
    Value events = Value::list();
    for (Result<Value>& event : response->events()) events.push_back(event.value());
    EXPECT_EQ(events, two_lines()) << protocol;
  }
}

TEST(ServerEvents, MayEndWithAnException) {
  for (std::string_view protocol : {"rest-xml", "rest-json", "json", "smithy-rpc-v2-cbor"}) {
    auto http = std::make_shared<StubHttpClient>();
    Client client = make_event_client(protocol, "https://tail.example", http);
    Value output{
        {"Events", Value::list({{{"Line", {{"Text", "one"}}}}, {{"Oops", {{"message", "no"}}}}})}};
    http->answers.push_back(
        encode_response(client.model().operation("Tail").value(), protocol, output).value());
    Response response = client.call("Tail").value();
    EXPECT_TRUE(response.events().next().value());
    auto end = response.events().next();
    ASSERT_FALSE(end) << protocol;
    EXPECT_EQ(end.error().code(), "Oops");
    EXPECT_EQ(end.error().message(), "no") << protocol;
  }
}

TEST(ServerEvents, ThatCannotBeSentAreNamed) {
  auto http = std::make_shared<StubHttpClient>();
  Client client = make_event_client("rest-json", "https://tail.example", http);
  Operation tail = client.model().operation("Tail").value();
  for (const Value& events :
       {Value("text"), Value::list({"text"}), Value::list({{{"Unknown", Value::object()}}})}) {
    auto answer = encode_response(tail, "rest-json", Value::object({{"Events", events}}));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code(), "UnencodableOutput");
  }
}

// A model whose one operation takes events and a member beside them.
std::shared_ptr<const ServiceModel> sending_model(bool rest) {
  return protocol::small_model(
      "{'method':'POST','requestUri':'/'}",
      std::string("'In':{'type':'structure','members':{'Name':{'shape':'S'") +
          (rest ? ",'location':'header','locationName':'x-name'" : "") +
          "},'Events':{'shape':'Stream'}}" + (rest ? ",'payload':'Events'" : "") +
          "},'Stream':{'type':'structure','eventstream':true,'members':{'Line':{'shape':'Line'}}},"
          "'Line':{'type':'structure','event':true,'members':{'Text':{'shape':'S'},'Number':{"
          "'shape':'I','eventheader':true}}}");
}

TEST(ServerEvents, AreTheParametersThatAClientSent) {
  for (std::string_view protocol : {"rest-xml", "rest-json", "json"}) {
    auto model = sending_model(protocol != "json");
    Route route{model->operations()[0], {}};
    Value params{{"Name", "n"},
                 {"Events", Value::list({{{"Line", {{"Text", "one"}, {"Number", 1}}}},
                                         {{"Line", {{"Text", "two"}}}}})}};
    auto serialized = protocol::serialize(route.operation, protocol, params).value();
    HttpRequest request;
    request.method = serialized.method;
    request.url.path = serialized.path;
    request.headers = serialized.headers;
    request.body = serialized.body;
    auto decoded = decode_request(route, protocol, request);
    ASSERT_TRUE(decoded) << protocol << decoded.error().describe();
    EXPECT_EQ(*decoded, params) << protocol;
  }
}

TEST(ServerEvents, ThatAreDamagedAreAMalformedBody) {
  auto model = sending_model(true);
  Route route{model->operations()[0], {}};
  Value params{
      {"Events", Value::list({{{"Line", {{"Text", "one"}}}}, {{"Line", {{"Text", "x"}}}}})}};
  auto serialized = protocol::serialize(route.operation, "rest-json", params).value();
  std::string octets = serialized.body.bytes(), damaged = octets;
  damaged.back() ^= 1;
  for (const std::string& body : {octets.substr(0, octets.size() - 1), damaged}) {
    HttpRequest request;
    request.headers = serialized.headers;
    request.body = Body(body);
    auto decoded = decode_request(route, "rest-json", request);
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().code(), "MalformedBody");
    EXPECT_NE(decoded.error().cause(), nullptr);
  }
}

}  // namespace
}  // namespace botocxx
