#pragma once

#include "codec/json.h"
#include "model/compiler.h"
#include <botocxx/client/client.h>

#include <memory>
#include <string>
#include <string_view>

namespace botocxx {

/// Sends every request to one place.
class OneEndpoint : public EndpointResolver {
 public:
  explicit OneEndpoint(std::string_view url) : url_(Url::parse(url).value()) {}
  Result<Endpoint> resolve(const EndpointQuery&) const override {
    Endpoint endpoint;
    endpoint.url = url_;
    return endpoint;
  }

 private:
  Url url_;
};

/// A client of a service with two operations that need no signature: "Tail" answers with events
/// ("Line" with a text as its payload, "Oops" as an exception) and a member "Id" beside them,
/// "Ping" with nothing.
inline Client make_event_client(std::string_view protocol, std::string_view url,
                                std::shared_ptr<HttpClient> http) {
  bool rest = protocol.starts_with("rest-");
  std::string model = R"({"metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "tail",
    "targetPrefix": "Tail", "jsonVersion": "1.1", "serviceId": "Tail", "signatureVersion": "v4",
    "protocol": ")";
  model += protocol;
  model += R"("}, "operations": {
    "Tail": {"name": "Tail", "authtype": "none", "http": {"method": "POST", "requestUri": "/"},
             "input": {"shape": "Input"}, "output": {"shape": ")";
  model += rest ? "Output" : "RpcOutput";
  model += R"("}},
    "Ping": {"name": "Ping", "authtype": "none", "http": {"method": "POST", "requestUri": "/"}}},
  "shapes": {
    "Input": {"type": "structure", "members": {}},
    "Output": {"type": "structure", "payload": "Events", "members": {
      "Id": {"shape": "Text", "location": "header", "locationName": "x-id"},
      "Events": {"shape": "Events"}}},
    "RpcOutput": {"type": "structure", "members": {
      "Id": {"shape": "Text"}, "Events": {"shape": "Events"}}},
    "Events": {"type": "structure", "eventstream": true, "members": {
      "Line": {"shape": "Line"}, "Oops": {"shape": "Oops"}}},
    "Line": {"type": "structure", "event": true, "members": {
      "Text": {"shape": "Text", "eventpayload": true}}},
    "Oops": {"type": "structure", "exception": true, "members": {"message": {"shape": "Text"}}},
    "Text": {"type": "string"}}})";
  ClientParts parts;
  parts.model = model::compile_and_open(codec::parse_json(model).value(), "tail", "1").value();
  parts.region = "us-east-1";
  parts.endpoints = std::make_shared<OneEndpoint>(url);
  parts.http = std::move(http);
  return Client::create(std::move(parts)).value();
}

}  // namespace botocxx
