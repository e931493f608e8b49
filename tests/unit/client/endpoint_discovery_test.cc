#include "retry_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace botocxx {
namespace {

constexpr const char* kOperations = R"(,
  "DescribeEndpoints": {"name": "DescribeEndpoints", "http": {"method": "POST", "requestUri": "/"},
    "endpointoperation": true, "output": {"shape": "Endpoints"}},
  "Must": {"name": "Must", "http": {"method": "POST", "requestUri": "/"},
    "endpointdiscovery": {"required": true}},
  "May": {"name": "May", "http": {"method": "POST", "requestUri": "/"}, "endpointdiscovery": {}})";

class EndpointDiscovery : public testing::Test {
 protected:
  RetryWorld world_;

  Client client() { return world_.client("shelf", kOperations); }
  void answer_address(const char* address, int minutes = 10) {
    world_.http->add_response(200, {},
                              std::string(R"({"Endpoints": [{"Address": ")") + address +
                                  R"(", "CachePeriodInMinutes": )" + std::to_string(minutes) +
                                  "}]}");
  }
  std::string host(std::size_t number) { return world_.request(number).url.host; }
};

TEST_F(EndpointDiscovery, AsksOnceAndSendsCallsThere) {
  Client shelf = client();
  answer_address("cell1.example.com");
  world_.http->add_response(200);
  world_.http->add_response(200);
  ASSERT_TRUE(shelf.call("Must"));
  ASSERT_TRUE(shelf.call("Must"));
  EXPECT_EQ(host(0), "us-east-1.example.com");
  EXPECT_EQ(world_.request(0).headers.get("x-amz-api-version"), "1");
  EXPECT_EQ(host(1), "cell1.example.com");
  EXPECT_EQ(world_.request(1).url.scheme, "https");
  EXPECT_EQ(host(2), "cell1.example.com");
}

TEST_F(EndpointDiscovery, SignsForTheHostThatItSendsTo) {
  answer_address("http://cell1.example.com:8080");
  world_.http->add_response(200);
  ASSERT_TRUE(client().call("Must"));
  EXPECT_EQ(world_.request(1).url.to_string(), "http://cell1.example.com:8080/");
}

TEST_F(EndpointDiscovery, AsksAgainWhenTheAddressExpired) {
  Client shelf = client();
  answer_address("cell1.example.com", 1);
  world_.http->add_response(200);
  ASSERT_TRUE(shelf.call("Must"));
  world_.time.wait(std::chrono::seconds(61));
  answer_address("cell2.example.com", 1);
  world_.http->add_response(200);
  ASSERT_TRUE(shelf.call("Must"));
  EXPECT_EQ(host(3), "cell2.example.com");
}

TEST_F(EndpointDiscovery, AsksAgainWhenTheServiceDisownsTheAddress) {
  answer_address("cell1.example.com");
  world_.http->add_response(421);
  answer_address("cell2.example.com");
  world_.http->add_response(200);
  auto response = client().call("Must");
  ASSERT_TRUE(response) << response.error().describe();
  EXPECT_EQ(response->attempts(), 2);
  EXPECT_EQ(host(3), "cell2.example.com");
}

TEST_F(EndpointDiscovery, FailsWhereItIsRequiredAndTheServiceCannotBeReached) {
  world_.http->add_error(Error(ErrorKind::kTransport, "EndpointConnection", "down"));
  auto response = client().call("Must");
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code(), "EndpointDiscoveryRefreshFailed");
}

TEST_F(EndpointDiscovery, KeepsAnExpiredAddressWhileTheServiceCannotBeReached) {
  Client shelf = client();
  answer_address("cell1.example.com", 1);
  world_.http->add_response(200);
  ASSERT_TRUE(shelf.call("Must"));
  world_.time.wait(std::chrono::seconds(61));
  world_.http->add_error(Error(ErrorKind::kTransport, "EndpointConnection", "down"));
  world_.http->add_response(200);
  world_.http->add_response(200);
  ASSERT_TRUE(shelf.call("Must"));
  ASSERT_TRUE(shelf.call("Must"));
  EXPECT_EQ(world_.http->requests().size(), 5U);
  EXPECT_EQ(host(4), "cell1.example.com");
}

TEST_F(EndpointDiscovery, LeavesOptionalOperationsWhereTheyAreUnlessItIsOn) {
  world_.http->add_response(200);
  ASSERT_TRUE(client().call("May"));
  EXPECT_EQ(host(0), "us-east-1.example.com");
  world_.config.endpoint_discovery_enabled = "true";
  answer_address("cell1.example.com");
  world_.http->add_response(200);
  ASSERT_TRUE(client().call("May"));
  EXPECT_EQ(host(2), "cell1.example.com");
}

TEST_F(EndpointDiscovery, GoesOnWithoutWhereItIsOptionalAndFails) {
  world_.config.endpoint_discovery_enabled = "true";
  world_.http->add_error(Error(ErrorKind::kTransport, "EndpointConnection", "down"));
  world_.http->add_response(200);
  ASSERT_TRUE(client().call("May"));
  EXPECT_EQ(host(1), "us-east-1.example.com");
}

TEST_F(EndpointDiscovery, RefusesRequiredOperationsWhereItIsOff) {
  world_.config.endpoint_discovery_enabled = "false";
  EXPECT_EQ(client().call("Must").error().code(), "EndpointDiscoveryRequired");
  EXPECT_TRUE(world_.http->requests().empty());
}

TEST_F(EndpointDiscovery, IsOffForAnEndpointOfTheUsers) {
  world_.endpoint_url = "https://shelf.internal";
  world_.http->add_response(200);
  ASSERT_TRUE(client().call("Must"));
  EXPECT_EQ(world_.http->requests().size(), 1U);
}

TEST_F(EndpointDiscovery, CannotShowARequestWithoutAConnection) {
  auto request = client().prepare("Must");
  ASSERT_FALSE(request);
  EXPECT_EQ(request.error().code(), "NeedsConnection");
}

}  // namespace
}  // namespace botocxx
