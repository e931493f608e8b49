// A client's own choice of proxies, against a server in this process that plays the proxy.
#include "loopback/http_server.h"
#include <botocxx/transport/http_client.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace botocxx {
namespace {

using test::HttpServer;
using test::ServerConnection;

HttpRequest get(std::string_view url) {
  HttpRequest request;
  request.method = "GET";
  request.url = Url::parse(url).value();
  return request;
}

void answer_with_head(ServerConnection& connection) {
  while (auto request = connection.read_request()) connection.respond(200, request->head);
}

HttpClientOptions proxied(std::string scheme, std::string proxy) {
  HttpClientOptions options;
  options.proxies.emplace();
  options.proxies->emplace(std::move(scheme), std::move(proxy));
  return options;
}

TEST(Proxies, AreTakenFromTheClientsOptionsByScheme) {
  HttpServer proxy(answer_with_head);
  auto client = make_curl_http_client(proxied("http", fmt::format("127.0.0.1:{}", proxy.port())));
  auto response = client->send(get("http://store.invalid:81/key?x"), {});
  ASSERT_TRUE(response.has_value()) << response.error().describe();
  EXPECT_THAT(response->body.bytes(),
              testing::StartsWith("GET http://store.invalid:81/key?x HTTP/1.1"));
  EXPECT_THAT(response->body.bytes(), testing::HasSubstr("Host: store.invalid:81"));
}

TEST(Proxies, SchemesThatAreNotNamedGoDirectly) {
  HttpServer server(answer_with_head);
  auto client = make_curl_http_client(proxied("https", "http://127.0.0.1:1"));
  auto response = client->send(get(server.url("/direct")), {});
  ASSERT_TRUE(response.has_value()) << response.error().describe();
  EXPECT_THAT(response->body.bytes(), testing::StartsWith("GET /direct HTTP/1.1"));
}

TEST(Proxies, UserAndPasswordOfTheirUrlBecomeAHeaderOfTheirOwn) {
  HttpServer proxy(answer_with_head);
  auto client = make_curl_http_client(
      proxied("http", fmt::format("http://user:p%40ss@127.0.0.1:{}", proxy.port())));
  auto response = client->send(get("http://store.invalid/"), {});
  ASSERT_TRUE(response.has_value()) << response.error().describe();
  // base64 of "user:p@ss"
  EXPECT_THAT(response->body.bytes(),
              testing::HasSubstr("Proxy-Authorization: Basic dXNlcjpwQHNz"));
}

TEST(Proxies, HttpsIsTunnelledAndARefusedTunnelIsTheProxysError) {
  std::string asked;
  HttpServer proxy([&](ServerConnection& connection) {
    auto request = connection.read_head();
    asked = request->head.substr(0, request->head.find('\r'));
    connection.respond(403, "");
  });
  auto client = make_curl_http_client(
      proxied("https", fmt::format("http://user:secret@127.0.0.1:{}", proxy.port())));
  auto response = client->send(get("https://store.invalid/key"), {});
  ASSERT_FALSE(response.has_value());
  EXPECT_EQ(asked, "CONNECT store.invalid:443 HTTP/1.1");
  EXPECT_EQ(response.error().code(), "ProxyConnection");
  EXPECT_THAT(response.error().describe(), testing::Not(testing::HasSubstr("secret")));
}

TEST(Proxies, OneThatIsNotThereIsNamedInTheError) {
  auto client = make_curl_http_client(proxied("http", "http://127.0.0.1:1"));
  auto response = client->send(get("http://store.invalid/"), {});
  ASSERT_FALSE(response.has_value());
  EXPECT_EQ(response.error().code(), "ProxyConnection");
  EXPECT_THAT(response.error().describe(), testing::HasSubstr("127.0.0.1:1"));
}

}  // namespace
}  // namespace botocxx
