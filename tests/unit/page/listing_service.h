#pragma once

#include "client/regional_endpoint_resolver.h"
#include "codec/json.h"
#include "model/compiler.h"
#include <botocxx/client/client.h>
#include <botocxx/transport/recorded_http_client.h>

#include <memory>
#include <string>
#include <string_view>

namespace botocxx::testing_support {

inline constexpr std::string_view kListingModel = R"({
  "metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "list", "protocol": "json", "jsonVersion": "1.0",
               "targetPrefix": "L", "serviceId": "Lister", "signatureVersion": "v4"},
  "operations": {
    "ListThings": {"name": "ListThings", "http": {"method": "POST", "requestUri": "/"},
                   "input": {"shape": "ListRequest"}, "output": {"shape": "ListAnswer"}, "authtype": "none"},
    "DescribeThing": {"name": "DescribeThing", "http": {"method": "POST", "requestUri": "/"},
                      "input": {"shape": "DescribeRequest"}, "output": {"shape": "DescribeAnswer"}, "authtype": "none"}
  },
  "shapes": {
    "Text": {"type": "string"}, "Number": {"type": "integer"}, "Flag": {"type": "boolean"}, "Octets": {"type": "blob"},
    "Texts": {"type": "list", "member": {"shape": "Text"}},
    "ListRequest": {"type": "structure", "members": {
      "Token": {"shape": "Text"}, "Limit": {"shape": "Number"}, "Prefix": {"shape": "Text"}}},
    "ListAnswer": {"type": "structure", "members": {
      "Things": {"shape": "Texts"}, "Groups": {"shape": "Texts"}, "Count": {"shape": "Number"}, "Owner": {"shape": "Text"},
      "NextToken": {"shape": "Text"}}},
    "DescribeRequest": {"type": "structure", "members": {"Name": {"shape": "Text"}}},
    "DescribeAnswer": {"type": "structure", "members": {
      "Status": {"shape": "Text"}, "Done": {"shape": "Flag"}, "Count": {"shape": "Number"}, "Parts": {"shape": "Texts"}}}
  }})";

inline constexpr std::string_view kListingPaginators = R"({"pagination": {
  "ListThings": {"input_token": "Token", "output_token": "NextToken", "result_key": ["Things", "Groups", "Count"],
                 "limit_key": "Limit", "non_aggregate_keys": ["Owner"]}}})";

/// A client of a small service that lists things, answered from a queue.
class ListingService {
 public:
  ListingService() {
    parts_.model =
        model::compile_and_open(codec::parse_json(kListingModel).value(), "lister", "2020-01-01")
            .value();
    parts_.region = "eu-west-1";
    parts_.endpoint_url = "http://localhost:1";
    parts_.endpoints = std::make_shared<client::RegionalEndpointResolver>(nullptr);
    parts_.http = http;
    set_document("paginators-1", kListingPaginators);
  }

  void set_document(std::string type, std::string_view json) {
    auto document = std::make_shared<const Value>(codec::parse_json(json).value());
    parts_.documents = [type, document, before = parts_.documents](
                           std::string_view wanted) -> Result<std::shared_ptr<const Value>> {
      if (wanted == type) return document;
      if (before) return before(wanted);
      return Error(ErrorKind::kModel, "DataNotFound", "none");
    };
  }
  Client client() const { return Client::create(parts_).value(); }
  void answer(std::string json) { http->add_response(200, {}, std::move(json)); }
  void fail(int status, std::string code, std::string message) {
    http->add_response(status, {},
                       R"({"__type": ")" + code + R"(", "message": ")" + message + R"("})");
  }
  /// Bodies of the requests so far, joined by blanks.
  std::string asked() const {
    std::string bodies;
    for (HttpRequest& request : http->requests()) {
      bodies += (bodies.empty() ? "" : " ") + request.body.read_all(UINT64_MAX).value();
    }
    return bodies;
  }

  std::shared_ptr<RecordedHttpClient> http = std::make_shared<RecordedHttpClient>();

 private:
  ClientParts parts_;
};

}  // namespace botocxx::testing_support
